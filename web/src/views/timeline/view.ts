/** The overview, the lanes and what is around them. */

import { fill, h } from "../../dom.js";
import { type Colours, coloursOf, watchColours } from "../../drawing/colours.js";
import { listen } from "../../drawing/gestures.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { type Clock, clocksOf } from "../../values/clocks.js";
import { datePrecisionColumn, imprecise } from "../../values/dates.js";
import { extentOf, histogram } from "../../values/histogram.js";
import { overlap, type Span } from "../../values/span.js";
import { helpOf } from "../help.js";
import type { Drawing } from "../lazy.js";
import { legend } from "../legend.js";
import { rowList, Tip } from "../tip.js";
import { say } from "../words.js";
import { zoomButtons, zoomKeys } from "../zoom.js";
import type { Bar, LanesInput } from "./lanes.js";
import { type Counts, Overview } from "./overview.js";
import { TimelineRows } from "./rows.js";
import { Sheet } from "./sheet.js";
import { spanText } from "./times.js";

const DAY = 86_400_000;

export class TimelineView implements Drawing {
  readonly #clocks: readonly Clock[];
  readonly #rows: TimelineRows;
  readonly #precision: number;
  readonly #sheet: Sheet;
  readonly #tip: Tip;
  readonly #count = h("output", { class: "view-count" });
  readonly #legend = h("div", {});
  readonly #off: HTMLButtonElement;
  readonly #observer: ResizeObserver;
  readonly #ends: readonly (() => void)[];
  #clock: Clock;
  #colours: Colours;
  #whole: Span;
  #overview: Overview;
  /** Whether the change that is told of next is the range of this view. */
  #ours = false;

  constructor(
    host: HTMLElement,
    readonly table: Table,
    readonly selection: Selection,
  ) {
    this.#clocks = clocksOf(table);
    this.#clock = this.#clocks[0] ?? { name: "", reported: false, spans: [] };
    this.#rows = new TimelineRows(table);
    this.#precision = datePrecisionColumn(table);
    this.#colours = coloursOf(host);
    this.#whole = wholeOf(this.#clock, this.#told());
    this.#overview = this.#newOverview();
    this.#sheet = new Sheet({
      input: (domain, width) => this.#input(domain, width),
      colours: () => this.#colours,
      selected: () => selection.selected,
      whole: () => this.#shownWhole(),
    });
    this.#tip = new Tip(this.#sheet.surface);
    this.#off = h("button", { type: "button", onclick: () => this.#overview.choose(undefined) }, say("no-range"));
    host.append(...this.#parts());
    this.#listen();
    this.#ends = [selection.watch(() => this.#update()), watchColours(() => this.#recolour(host))];
    this.#observer = new ResizeObserver(() => this.resize());
    this.#observer.observe(this.#sheet.element);
    this.#update();
  }

  resize(): void {
    this.#overview.resize();
    this.#sheet.resize();
  }

  destroy(): void {
    this.#observer.disconnect();
    for (const end of this.#ends) end();
    this.#overview.destroy();
    this.#sheet.destroy();
  }

  #parts(): HTMLElement[] {
    const options = this.#clocks.map((clock, index) => h("option", { value: index }, nameOfClock(clock, this.#clocks)));
    const choice = h("select", { "aria-label": say("clock"), onchange: () => this.#use(Number(choice.value)) }, ...options);
    choice.hidden = this.#clocks.length < 2;
    return [
      h("div", { class: "view-tools" }, this.#count, choice, this.#off, zoomButtons(this.#sheet)),
      this.#overview.element,
      this.#sheet.element,
      this.#legend,
      h("div", { class: "view-foot" }, helpOf(this.#sheet.element, say("timeline-help"))),
    ];
  }

  /** The clock of reports, where it stands beside another. */
  #told(): Clock | undefined {
    return this.#clock.reported ? undefined : this.#clocks.find((each) => each.reported);
  }

  #newOverview(): Overview {
    const acts = { colours: () => this.#colours, counts: (edges: readonly number[]) => this.#counts(edges), chosen: (range: Span | undefined) => this.#chosen(range) };
    return new Overview(this.#whole, acts, say("overview"));
  }

  #counts(thresholds: readonly number[]): Counts {
    const passing = [...this.table.rows.keys()].filter((row) => this.selection.passes(row, "timeline"));
    const told = this.#told();
    return {
      thresholds,
      all: histogram(this.#clock.spans, this.table.rows.keys(), thresholds),
      passing: histogram(this.#clock.spans, passing, thresholds),
      ...(told === undefined ? {} : { reported: histogram(told.spans, passing, thresholds) }),
    };
  }

  #input(domain: Span, width: number): LanesInput {
    const { spans } = this.#clock;
    return {
      lanes: this.#rows.lanes((row) => spans[row] !== undefined && this.selection.passes(row, "timeline"), this.#colours),
      domain,
      width,
      spans,
      reported: this.#told()?.spans,
      title: (row) => this.#rows.title(row),
      vague: (row) => imprecise(this.table, this.#precision, row),
    };
  }

  #shownWhole(): Span {
    return this.#overview.range === undefined ? this.#whole : padded(this.#overview.range, 0.02);
  }

  /** The range filters the other views, and the lanes show it. */
  #chosen(range: Span | undefined): void {
    this.#sheet.domain = this.#shownWhole();
    const { spans } = this.#clock;
    this.#ours = true;
    this.selection.brush("timeline", range && ((row) => {
      const span = spans[row];
      return span !== undefined && overlap(span, range);
    }));
  }

  #update(): void {
    if (this.#overview.range !== undefined && !this.selection.brushed) {
      this.#overview.range = undefined;
      this.#sheet.domain = this.#whole;
    }
    // Its own range does not change what the overview counts.
    if (!this.#ours) this.#overview.refresh();
    this.#ours = false;
    this.#sheet.lay();
    this.#tell();
  }

  #tell(): void {
    const { range } = this.#overview;
    let shown = 0;
    this.#clock.spans.forEach((span, row) => (shown += Number(span !== undefined && this.selection.passes(row))));
    fill(this.#count, say("rows-in-time", { shown, count: this.table.rows.length }), range !== undefined && ` · ${spanText(range)}`);
    this.#off.hidden = range === undefined;
    const clocks = [{ name: say("happened"), colour: this.#colours.token("--series-1") }, { name: say("reported"), colour: this.#colours.token("--series-2") }];
    fill(this.#legend, this.#told() === undefined ? null : legend(clocks));
  }

  #recolour(host: HTMLElement): void {
    this.#colours = coloursOf(host);
    this.#update();
  }

  #use(index: number): void {
    this.#clock = this.#clocks[index] ?? this.#clock;
    this.#whole = wholeOf(this.#clock, this.#told());
    const old = this.#overview;
    this.#overview = this.#newOverview();
    old.element.replaceWith(this.#overview.element);
    old.destroy();
    this.#overview.resize();
    this.#sheet.domain = this.#whole;
    this.selection.brush("timeline", undefined);
  }

  #describe(bar: Bar, x: number, pinned: boolean): void {
    const span = this.#clock.spans[bar.row];
    const told = this.#told()?.spans[bar.row];
    this.#tip.show(
      x, bar.top + bar.height, pinned,
      span && h("span", { class: "tip-about" }, spanText(span)),
      told && h("span", { class: "tip-about" }, ` · ${say("reported-on", { date: spanText(told) })}`),
      rowList(this.table, [bar.row]),
    );
  }

  #listen(): void {
    const sheet = this.#sheet;
    listen(sheet.surface, {
      brushing: () => false,
      pan: (right, down) => sheet.pan(-right, -down),
      zoom: (factor, x) => sheet.zoom(factor, x),
      brush: () => undefined,
      point: (x, y) => this.#point(sheet.at(x, y), x),
      leave: () => this.#tip.pinned || this.#tip.hide(),
      choose: (x, y, toggle) => this.#pick(sheet.at(x, y), x, toggle),
    });
    zoomKeys(sheet.element, sheet, { Escape: () => (this.#tip.hide(), this.#overview.choose(undefined)) });
  }

  #point(bar: Bar | undefined, x: number): void {
    this.#sheet.surface.classList.toggle("over", bar !== undefined);
    if (this.#tip.pinned) return;
    if (bar === undefined) this.#tip.hide();
    else this.#describe(bar, x, false);
  }

  #pick(bar: Bar | undefined, x: number, toggle: boolean): void {
    if (bar === undefined) {
      this.#tip.hide();
      return this.selection.select([]);
    }
    this.selection.select([...(toggle ? this.selection.selected : []), bar.row]);
    this.#describe(bar, x, true);
  }
}

/** "When it happened" where there is but one such clock; several are told apart by their columns. */
function nameOfClock(clock: Clock, clocks: readonly Clock[]): string {
  if (clock.reported) return say("reported");
  return clocks.filter(({ reported }) => !reported).length === 1 ? say("happened") : clock.name;
}

function wholeOf(clock: Clock, told: Clock | undefined): Span {
  const extent = extentOf([...clock.spans, ...(told?.spans ?? [])]) ?? { from: 0, until: DAY };
  return padded({ from: extent.from, until: Math.max(extent.until, extent.from + DAY) }, 0.01);
}

function padded({ from, until }: Span, part: number): Span {
  const by = (until - from) * part;
  return { from: from - by, until: until + by };
}
