/** The timeline view: an overview with a range, lanes below it, and the two clocks. */

import { fill, h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import { coloursOf, watchColours } from "../../drawing/colours.js";
import { listen } from "../../drawing/gestures.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { textOf } from "../../terms.js";
import { type Clock, clocksOf } from "../../values/clocks.js";
import { datePrecisionColumn, imprecise } from "../../values/dates.js";
import { extentOf, histogram } from "../../values/histogram.js";
import { overlap, type Span } from "../../values/span.js";
import { labelColumns, layerColumn, mainColumn, titleOf } from "../../values/titles.js";
import type { Drawing } from "../lazy.js";
import { legend } from "../legend.js";
import { rowList, Tip } from "../tip.js";
import { helpOf } from "../help.js";
import { say } from "../words.js";
import { type Bar, drawLanes, type Lane, laid, type Laid, type LanesInput } from "./lanes.js";
import { Overview } from "./overview.js";
import { spanText } from "./times.js";

const DAY = 86_400_000;
/** More kinds than this share a lane. */
const LANES = 10;
const TALLEST = 4000;

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  const clocks = clocksOf(table);
  const lanes = new TimelineLanes(table);
  const column = datePrecisionColumn(table);
  let clock = clocks[0] as Clock;
  let colours = coloursOf(host);
  let whole = wholeOf(clock, reported());
  let domain = whole;
  let input: LanesInput | undefined;
  /** Whether the change that is told of next is the range of this view. */
  let ours = false;
  let found: Laid = { bars: [], strips: [], headings: [], height: 0 };

  const canvas = new Canvas((context) => {
    if (input !== undefined) drawLanes(context, input, found, colours, selection.selected);
  });
  const sheet = h("div", { class: "timeline-sheet" }, canvas.element);
  const stage = h("div", { class: "timeline-lanes", tabindex: 0, role: "group", "aria-label": say("lanes"), "aria-describedby": "timeline-help" }, sheet);
  const tip = new Tip(sheet);
  const count = h("output", { class: "view-count" });
  const off = h("button", { type: "button", onclick: () => overview.choose(undefined) }, say("no-range"));
  const key = h("div", {});
  let overview = overviewOf();

  function reported(): Clock | undefined {
    return clock.reported ? undefined : clocks.find((each) => each.reported);
  }

  function overviewOf(): Overview {
    return new Overview(whole, { colours: () => colours, counts, chosen }, say("overview"));
  }

  function counts(thresholds: readonly number[]) {
    const passing = [...table.rows.keys()].filter((row) => selection.passes(row, "timeline"));
    const told = reported();
    return {
      thresholds,
      all: histogram(clock.spans, table.rows.keys(), thresholds),
      passing: histogram(clock.spans, passing, thresholds),
      ...(told === undefined ? {} : { reported: histogram(told.spans, passing, thresholds) }),
    };
  }

  /** The range filters the other views, and the lanes show it. */
  function chosen(range: Span | undefined): void {
    domain = range === undefined ? whole : padded(range, 0.02);
    const { spans } = clock;
    ours = true;
    selection.brush("timeline", range && ((row) => {
      const span = spans[row];
      return span !== undefined && overlap(span, range);
    }));
  }

  function lay(): void {
    if (canvas.width === 0) return;
    input = {
      lanes: lanes.shown((row) => clock.spans[row] !== undefined && selection.passes(row, "timeline"), colours),
      domain, width: canvas.width, spans: clock.spans, reported: reported()?.spans,
      title: (row) => lanes.title(row),
      vague: (row) => imprecise(table, column, row),
    };
    found = laid(input);
    const height = Math.min(TALLEST, Math.max(found.height, stage.clientHeight - 2));
    sheet.style.height = `${height}px`;
    canvas.fit();
    canvas.soon();
  }

  function update(): void {
    if (overview.range !== undefined && !selection.brushed) {
      overview.range = undefined;
      domain = whole;
    }
    // Its own range does not change what the overview counts.
    if (!ours) overview.refresh();
    ours = false;
    lay();
    const shown = [...table.rows.keys()].filter((row) => clock.spans[row] !== undefined && selection.passes(row)).length;
    fill(count, say("rows-in-time", { shown, count: table.rows.length }), overview.range !== undefined && ` · ${spanText(overview.range)}`);
    off.hidden = overview.range === undefined;
    fill(key, clocksLegend());
  }

  function clocksLegend(): HTMLElement | null {
    if (reported() === undefined) return null;
    return legend([{ name: say("happened"), colour: colours.token("--series-1") }, { name: say("reported"), colour: colours.token("--series-2") }]);
  }

  function zoom(factor: number, x = canvas.width / 2): void {
    const long = (domain.until - domain.from) / factor;
    if (long < 60_000 || long > 3 * (whole.until - whole.from)) return;
    const at = domain.from + (x / canvas.width) * (domain.until - domain.from);
    const from = at - (x / canvas.width) * long;
    domain = { from, until: from + long };
    lay();
  }

  function pan(right: number): void {
    const by = (-right / canvas.width) * (domain.until - domain.from);
    domain = { from: domain.from + by, until: domain.until + by };
    lay();
  }

  function barAt(x: number, y: number): Bar | undefined {
    return found.bars.find((bar) => x >= bar.left - 3 && x <= bar.right + 3 && y >= bar.top - 2 && y <= bar.top + bar.height + 2)
      ?? found.bars.find((bar) => bar.title !== "" && y >= bar.top - 2 && y <= bar.top + bar.height + 2 && x > bar.right && x < bar.right + bar.title.length * 7);
  }

  function describe(bar: Bar, x: number, pinned: boolean): void {
    const span = clock.spans[bar.row];
    const told = reported()?.spans[bar.row];
    tip.show(x, bar.top + bar.height, pinned,
      span && h("span", { class: "tip-about" }, spanText(span)),
      told && h("span", { class: "tip-about" }, ` · ${say("reported-on", { date: spanText(told) })}`),
      rowList(table, [bar.row]));
  }

  function useClock(index: number): void {
    clock = clocks[index] ?? clock;
    whole = wholeOf(clock, reported());
    domain = whole;
    const old = overview;
    overview = overviewOf();
    old.element.replaceWith(overview.element);
    old.destroy();
    overview.resize();
    selection.brush("timeline", undefined);
  }

  listen(sheet, {
    brushing: () => false,
    pan: (right, down) => {
      pan(right);
      stage.scrollTop -= down;
    },
    zoom: (factor, x) => zoom(factor, x),
    brush: () => undefined,
    point: (x, y) => {
      const bar = barAt(x, y);
      sheet.classList.toggle("over", bar !== undefined);
      if (tip.pinned) return;
      if (bar === undefined) tip.hide();
      else describe(bar, x, false);
    },
    leave: () => tip.pinned || tip.hide(),
    choose: (x, y, toggle) => {
      const bar = barAt(x, y);
      if (bar === undefined) {
        tip.hide();
        return selection.select([]);
      }
      selection.select([...(toggle ? selection.selected : []), bar.row]);
      describe(bar, x, true);
    },
  });
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      "+": () => zoom(1.5), "-": () => zoom(1 / 1.5), "0": fit,
      ArrowLeft: () => pan(80), ArrowRight: () => pan(-80),
      Escape: () => (tip.hide(), overview.choose(undefined)),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  });

  function fit(): void {
    domain = overview.range === undefined ? whole : padded(overview.range, 0.02);
    lay();
  }

  function resize(): void {
    overview.resize();
    if (canvas.fit()) lay();
  }

  const choice = h("select", { "aria-label": say("clock"), onchange: () => useClock(Number(choice.value)) },
    ...clocks.map((each, index) => h("option", { value: index }, nameOfClock(each, clocks))));
  choice.hidden = clocks.length < 2;
  const button = (name: "nearer" | "farther" | "fit", sign: string, act: () => void): HTMLElement =>
    h("button", { type: "button", "aria-label": say(name), title: say(name), onclick: act }, sign);
  host.append(
    h("div", { class: "view-tools" }, count, choice, off, button("nearer", "+", () => zoom(1.5)), button("farther", "−", () => zoom(1 / 1.5)), button("fit", "⤢", fit)),
    overview.element, stage, key,
    helpOf("timeline-help", say("timeline-help")),
  );
  const unwatch = selection.watch(update);
  const uncolour = watchColours(() => {
    colours = coloursOf(host);
    update();
  });
  const observer = new ResizeObserver(resize);
  observer.observe(stage);
  update();
  return {
    resize,
    destroy() {
      observer.disconnect();
      unwatch();
      uncolour();
      overview.destroy();
      canvas.destroy();
    },
  };
}

/** "When it happened" where there is but one such clock; several are told apart by their columns. */
function nameOfClock(clock: Clock, clocks: readonly Clock[]): string {
  if (clock.reported) return say("reported");
  return clocks.filter(({ reported }) => !reported).length === 1 ? say("happened") : clock.name;
}

/** The rows by kind. */
class TimelineLanes {
  readonly #labels: readonly number[];
  readonly #main: number;
  readonly #names: readonly string[];
  readonly #laneOf: Uint16Array;

  constructor(readonly table: Table) {
    this.#labels = labelColumns(table);
    this.#main = mainColumn(table);
    const column = layerColumn(table);
    const counts = new Map<string, number>();
    const nameOf = (row: Table["rows"][number]): string => {
      const cell = row[column];
      return cell === undefined ? "" : textOf(cell);
    };
    for (const row of table.rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1);
    const named = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    this.#names = named.length > LANES ? [...named.slice(0, LANES - 1), say("others")] : named;
    const index = new Map(named.map((name, at) => [name, Math.min(at, LANES - 1)]));
    this.#laneOf = Uint16Array.from(table.rows, (row) => index.get(nameOf(row)) ?? 0);
  }

  title(row: number): string {
    return titleOf(this.table.rows[row] ?? [], this.#main, this.#labels);
  }

  shown(passes: (row: number) => boolean, colours: ReturnType<typeof coloursOf>): Lane[] {
    const kinds = colours.kinds(this.#names);
    const rows = this.#names.map((): number[] => []);
    this.#laneOf.forEach((lane, row) => {
      if (passes(row)) rows[lane]?.push(row);
    });
    return this.#names
      .map((name, lane) => ({ name, colour: name === "" ? colours.token("--series-1") : (kinds.get(name) ?? ""), rows: rows[lane] ?? [] }))
      .filter(({ rows: within }) => within.length > 0);
  }
}

function wholeOf(clock: Clock, told: Clock | undefined): Span {
  const extent = extentOf([...clock.spans, ...(told?.spans ?? [])]) ?? { from: 0, until: DAY };
  return padded({ from: extent.from, until: Math.max(extent.until, extent.from + DAY) }, 0.01);
}

function padded({ from, until }: Span, part: number): Span {
  const by = (until - from) * part;
  return { from: from - by, until: until + by };
}
