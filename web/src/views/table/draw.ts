/** The table view: filter, count, grid, and the chosen cell in full. */

import { fill, h } from "../../dom.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { labelColumns } from "../../values/titles.js";
import type { Drawing } from "../lazy.js";
import { helpOf } from "../help.js";
import { say } from "../words.js";
import { contentOf, tabbed } from "./cells.js";
import { Grid } from "./grid.js";
import { handle } from "./handling.js";
import { RowModel } from "./model.js";

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  const labels = labelColumns(table);
  const filter = h("input", { type: "search", placeholder: say("filter"), "aria-label": say("filter"), oninput: () => void model.filter(filter.value) });
  const count = h("output", { class: "view-count" });
  const copying = h("button", { type: "button", onclick: () => void copy() }, say("copy"));
  const clearing = h("button", { type: "button", onclick: clear }, say("clear"));
  const folding = h("button", { type: "button", "aria-pressed": "false", onclick: fold });
  const full = h("div", { class: "cell-full", tabindex: 0 });
  const model = new RowModel(table, selection, () => refresh());
  const grid = new Grid(table, labels, model, { activated: showCell }, say("table"));
  const hidden = table.columns.map((column, index) => (column.kind === "empty" || labels.includes(index) ? index : -1)).filter((index) => index >= 0);
  let folded = hidden.length < table.columns.length;

  function refresh(): void {
    grid.refresh();
    const counted = { shown: model.shown.length, count: table.rows.length };
    const chosen = selection.selected.size;
    fill(count, say("rows-of", counted), chosen > 0 && ` · ${say("rows-selected", { count: chosen })}`, table.truncated && ` · ${say("truncated")}`);
    copying.hidden = chosen === 0;
    clearing.hidden = chosen === 0 && !selection.brushed;
    note.hidden = model.shown.length > 0;
    fill(note, say(table.rows.length === 0 ? "no-rows" : "none-left"));
  }

  function columns(): number[] {
    return [...table.columns.keys()].filter((index) => !folded || !hidden.includes(index));
  }

  function fold(): void {
    folded = !folded;
    folding.setAttribute("aria-pressed", String(!folded));
    grid.show(columns());
  }

  function clear(): void {
    filter.value = "";
    void model.filter("");
    selection.clear();
  }

  function showCell(): void {
    const number = model.shown[grid.active.row];
    const column = table.columns[grid.columns[grid.active.column] ?? -1];
    const index = grid.columns[grid.active.column] ?? -1;
    const row = number === undefined ? undefined : table.rows[number];
    if (row === undefined || column === undefined) return fill(full, say("nothing-chosen"));
    const content = contentOf(row[index], column, row[labels[index] ?? -1]);
    fill(full, h("span", { class: "cell-name" }, column.name), " ", ...content);
    for (const link of full.querySelectorAll("a")) link.removeAttribute("tabindex");
  }

  async function copy(): Promise<void> {
    const rows = [...model.shown].filter((row) => selection.selected.has(row));
    await navigator.clipboard.writeText(tabbed(table, rows));
    fill(count, say("copied", { count: rows.length }));
  }

  const note = h("p", { class: "view-note" });
  const help = helpOf(grid.element, say("table-help"));
  fill(folding, say("all-columns", { count: hidden.length }));
  folding.hidden = hidden.length === 0 || hidden.length === table.columns.length;
  host.append(h("div", { class: "view-tools" }, filter, count, copying, clearing, folding), grid.element, note, full, help);
  handle(grid, model, () => void copy());
  grid.show(columns());
  refresh();
  showCell();
  return {
    resize: () => grid.resized(),
    destroy() {
      model.destroy();
      grid.destroy();
    },
  };
}
