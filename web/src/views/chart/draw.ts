/** The chart view: one quantity of the answer, by row or over time. Nothing is summed that the query did not sum. */

import { fill, h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import { coloursOf, watchColours } from "../../drawing/colours.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { textOf } from "../../terms.js";
import { clocksOf } from "../../values/clocks.js";
import { extentOf } from "../../values/histogram.js";
import { amountOf, hasBounds, quantitiesOf, type Quantity } from "../../values/quantities.js";
import { labelColumns, layerColumn, mainColumn, titleOf } from "../../values/titles.js";
import type { Drawing } from "../lazy.js";
import { rowList, Tip } from "../tip.js";
import { helpOf } from "../help.js";
import { say } from "../words.js";
import { amountText, drawBars, type Entry, LINE, TOP } from "./bars.js";
import { type Dot, drawDots, type Timed } from "./dots.js";

/** More bars than this nobody reads; the table has all. */
const MOST = 400;
const REACH = 9;
/** With more rows than this a chart over time says more than bars do. */
const FEW = 40;

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  const quantities = quantitiesOf(table);
  const clock = clocksOf(table)[0];
  const labels = labelColumns(table);
  const categories = categoryColumns(table);
  const layer = layerColumn(table);
  let quantity = quantities[0] as Quantity;
  let by = clock !== undefined && (table.rows.length > FEW || categories.length === 0) ? -1 : (categories[0] ?? 0);
  let colours = coloursOf(host);
  let entries: readonly Entry[] = [];
  let timed: readonly Timed[] = [];
  let dots: readonly Dot[] = [];

  const canvas = new Canvas((context) => {
    const common = { bounded: hasBounds(quantity), width: canvas.width, selected: selection.selected };
    if (by >= 0) return drawBars(context, { ...common, entries }, colours);
    const domain = extentOf(timed.map(({ span }) => span)) ?? { from: 0, until: 1 };
    const wide = { from: domain.from, until: Math.max(domain.until, domain.from + 86_400_000) };
    dots = drawDots(context, { ...common, entries: timed, domain: wide, height: canvas.height }, colours);
  });
  const sheet = h("div", { class: "chart-sheet" }, canvas.element);
  const stage = h("div", { class: "chart-stage", tabindex: 0, role: "group", "aria-label": say("chart") }, sheet);
  const tip = new Tip(sheet);
  const count = h("output", { class: "view-count" });
  const alternative = h("ul", { class: "view-list" });
  const list = h("details", { class: "view-alternative", ontoggle: tellList }, h("summary", {}, say("as-list")), alternative);
  const which = h("select", { "aria-label": say("quantity"), onchange: () => ((quantity = quantities[Number(which.value)] ?? quantity), update()) },
    ...quantities.map(({ name }, index) => h("option", { value: index }, name)));
  const along = h("select", { "aria-label": say("by"), onchange: () => ((by = Number(along.value)), update()) },
    ...categories.map((index) => h("option", { value: index, selected: index === by }, table.columns[index]?.name)),
    clock && h("option", { value: -1, selected: by < 0 }, say("over-time")));

  function update(): void {
    const rows = [...table.rows.keys()].filter((row) => selection.passes(row) && amountOf(table, quantity, row) !== undefined);
    const shown = by >= 0 ? rows.slice(0, MOST) : rows;
    const amount = (row: number) => amountOf(table, quantity, row) as Entry["amount"];
    entries = by < 0 ? [] : shown.map((row) => ({ row, amount: amount(row), title: titleOfBar(row) }));
    timed = by >= 0 || clock === undefined ? [] : shown.flatMap((row) => {
      const span = clock.spans[row];
      return span === undefined ? [] : [{ row, span, amount: amount(row) }];
    });
    fill(count, say("rows-in-chart", { shown: by < 0 ? timed.length : shown.length, count: table.rows.length }));
    tip.hide();
    sheet.style.height = `${Math.max(stage.clientHeight - 2, by < 0 ? 0 : TOP + entries.length * LINE + 6)}px`;
    canvas.fit();
    canvas.soon();
    tellList();
  }

  /** What it is about and, where that is told, of which kind it is: one event has killed and injured. */
  function titleOfBar(row: number): string {
    const cells = table.rows[row] ?? [];
    const kind = cells[layer];
    return [layer === by || kind === undefined ? "" : textOf(kind), titleOf(cells, by, labels)].filter((text) => text !== "").join(" · ");
  }

  function tellList(): void {
    if (!list.open) return;
    const bounded = hasBounds(quantity);
    const main = by >= 0 ? by : mainColumn(table);
    fill(alternative, ...(by < 0 ? timed : entries).slice(0, MOST).map(({ row, amount }) =>
      h("li", {}, h("button", { type: "button", class: "as-link", onclick: () => selection.select([row]) }, titleOf(table.rows[row] ?? [], main, labels)), ` ${amountText(amount, bounded)}`)));
  }

  /** The row at a place of the sheet. */
  function rowAt(x: number, y: number): number | undefined {
    if (by >= 0) return entries[Math.floor((y - TOP) / LINE)]?.row;
    const near = dots.map((dot) => ({ dot, far: Math.hypot(dot.x - x, dot.y - y) })).filter(({ far }) => far <= REACH);
    return near.sort((a, b) => a.far - b.far)[0]?.dot.row;
  }

  sheet.addEventListener("click", (event) => {
    if (tip.element.contains(event.target as Node)) return;
    const box = sheet.getBoundingClientRect();
    const row = rowAt(event.clientX - box.left, event.clientY - box.top);
    if (row === undefined) {
      tip.hide();
      return selection.select([]);
    }
    selection.select([...(event.ctrlKey || event.metaKey || event.shiftKey ? selection.selected : []), row]);
    const amount = amountOf(table, quantity, row);
    tip.show(event.clientX - box.left, event.clientY - box.top, true,
      h("span", { class: "tip-about" }, quantity.name, " ", amount && amountText(amount, hasBounds(quantity))), rowList(table, [row]));
  });

  host.append(
    h("div", { class: "view-tools" }, count, which, along),
    stage,
    h("div", { class: "view-foot" }, helpOf(stage, say("chart-help")), list),
  );
  const refresh = (): void => canvas.soon();
  const unwatch = selection.watch(() => (selectionOnly() ? refresh() : update()));
  const uncolour = watchColours(() => {
    colours = coloursOf(host);
    refresh();
  });
  let passing = "";
  /** Whether nothing but what is selected has changed. */
  function selectionOnly(): boolean {
    const now = table.rows.reduce((sum, _, row) => (selection.passes(row) ? (sum * 31 + row) | 0 : sum), 7).toString();
    const same = now === passing;
    passing = now;
    return same;
  }
  const observer = new ResizeObserver(update);
  observer.observe(stage);
  selectionOnly();
  update();
  return {
    resize: update,
    destroy() {
      observer.disconnect();
      unwatch();
      uncolour();
      canvas.destroy();
    },
  };
}

/** Columns whose things or texts can stand beside bars; those that name others are used through these. */
function categoryColumns(table: Table): number[] {
  return [...table.columns.keys()].filter((index) => {
    const column = table.columns[index];
    if (column === undefined || (column.role === "label" && column.about !== undefined)) return false;
    return column.kind === "iri" || column.kind === "text" || column.kind === "date" || column.kind === "mixed";
  });
}
