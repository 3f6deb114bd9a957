/** The grid: only the rows that can be seen are in the document, however many there are. */

import { fill, h } from "../../dom.js";
import type { Table } from "../../table.js";
import { contentOf } from "./cells.js";
import { heading } from "./heading.js";
import type { RowModel } from "./model.js";
import { adjustedWidth, firstWidths } from "./widths.js";

/** The height of a row in CSS pixels; views.css has the same. */
export const ROW = 34;
/** Rows kept ready above and below those that can be seen. */
const SPARE = 6;
let grids = 0;

/** A place in the grid: the row's place among those shown, -1 for the headings; the shown column's. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export class Grid {
  readonly element: HTMLElement;
  /** The columns shown, by their numbers in the table. */
  columns: readonly number[] = [];
  active: Place = { row: -1, column: 0 };
  readonly #id = `grid-${(grids += 1)}`;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #rows = new Map<number, HTMLElement>();
  readonly #widths: number[];
  #due = 0;

  constructor(
    readonly table: Table,
    readonly labels: readonly number[],
    readonly model: RowModel,
    readonly acts: { activated(): void },
    label: string,
  ) {
    this.#widths = firstWidths(table, labels);
    this.#head = h("div", { role: "rowgroup", class: "grid-head" });
    this.#body = h("div", { role: "rowgroup", class: "grid-body" });
    this.element = h(
      "div",
      { role: "grid", class: "grid", tabindex: 0, id: this.#id, "aria-label": label, "aria-multiselectable": "true" },
      this.#head,
      this.#body,
    );
    this.element.addEventListener("scroll", () => this.#soon(), { passive: true });
  }

  /** Show these columns. */
  show(columns: readonly number[]): void {
    this.columns = columns;
    this.element.setAttribute("aria-colcount", String(columns.length));
    this.active = { row: this.active.row, column: Math.min(this.active.column, columns.length - 1) };
    this.refresh();
  }

  /** Draw all anew: the rows, their order or what is selected has changed. */
  refresh(): void {
    const count = this.model.shown.length;
    this.element.setAttribute("aria-rowcount", String(count + 1));
    this.#body.style.height = `${count * ROW}px`;
    if (this.active.row >= count) this.active = { row: count - 1, column: this.active.column };
    this.#headings();
    this.#forget();
    this.#draw();
  }

  /** Move to a place and bring it into sight. */
  go(place: Place): void {
    this.active = place;
    if (place.row >= 0) {
      const top = place.row * ROW;
      const seen = this.element.clientHeight - this.#head.offsetHeight;
      if (top < this.element.scrollTop) this.element.scrollTop = top;
      else if (top + ROW > this.element.scrollTop + seen) this.element.scrollTop = top + ROW - seen;
    }
    this.#headings();
    this.#forget();
    this.#draw();
    this.cell()?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.acts.activated();
  }

  /** The active cell, where it is in the document. */
  cell(): HTMLElement | null {
    return document.getElementById(this.#idOf(this.active));
  }

  /** The place of an element of the grid. */
  placeOf(target: EventTarget | null): Place | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[aria-colindex]") : null;
    if (cell === null) return undefined;
    const row = Number(cell.parentElement?.getAttribute("aria-rowindex")) - 2;
    return { row, column: Number(cell.getAttribute("aria-colindex")) - 1 };
  }

  /** How many whole rows can be seen. */
  page(): number {
    return Math.max(1, Math.floor((this.element.clientHeight - this.#head.offsetHeight) / ROW) - 1);
  }

  /** Make a shown column wider or narrower by CSS pixels. */
  widen(column: number, by: number): void {
    const index = this.columns[column] ?? -1;
    this.#widths[index] = adjustedWidth((this.#widths[index] ?? 0) + by);
    this.#lay();
  }

  destroy(): void {
    cancelAnimationFrame(this.#due);
  }

  /** Draw once in the next frame. */
  resized(): void {
    this.#soon();
  }

  #soon(): void {
    cancelAnimationFrame(this.#due);
    this.#due = requestAnimationFrame(() => this.#draw());
  }

  #forget(): void {
    this.#rows.clear();
    this.#body.replaceChildren();
  }

  #lay(): void {
    const widths = this.columns.map((index) => this.#widths[index] ?? 0);
    this.element.style.setProperty("--columns", widths.map((width) => `minmax(${width}px, ${width}fr)`).join(" "));
    this.element.style.setProperty("--width", `${widths.reduce((sum, width) => sum + width, 0)}px`);
  }

  #headings(): void {
    this.#lay();
    const cells = this.columns.map((index, column) =>
      heading(this.table, index, {
        id: this.#idOf({ row: -1, column }),
        position: column,
        active: this.active.row < 0 && this.active.column === column,
        order: this.model.order,
        widened: (by) => this.widen(column, by),
      }));
    fill(this.#head, h("div", { role: "row", class: "grid-row", "aria-rowindex": 1 }, ...cells));
  }

  #draw(): void {
    const count = this.model.shown.length;
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW) - SPARE);
    const last = Math.min(count, Math.ceil((this.element.scrollTop + this.element.clientHeight) / ROW) + SPARE);
    for (const [at, row] of this.#rows) {
      if (at >= first && at < last) continue;
      row.remove();
      this.#rows.delete(at);
    }
    // Those that can still be seen stay where they are; others come before or after them.
    const kept = Math.min(last, ...this.#rows.keys());
    for (let at = first; at < last; at += 1) {
      if (this.#rows.has(at)) continue;
      const row = this.#row(at);
      if (at < kept) this.#body.insertBefore(row, this.#rows.get(kept) ?? null);
      else this.#body.append(row);
      this.#rows.set(at, row);
    }
    if (this.cell() === null) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", this.#idOf(this.active));
  }

  #row(at: number): HTMLElement {
    const number = this.model.shown[at] ?? 0;
    const selected = this.model.selection.selected.has(number);
    const cells = this.columns.map((index, column) => this.#cell(number, index, { row: at, column }));
    const row = h("div", { role: "row", class: "grid-row", "aria-rowindex": at + 2, "aria-selected": String(selected) }, ...cells);
    row.style.transform = `translateY(${at * ROW}px)`;
    return row;
  }

  #cell(number: number, index: number, place: Place): HTMLElement {
    const row = this.table.rows[number] ?? [];
    const column = this.table.columns[index];
    if (column === undefined) throw new RangeError(`The table has no column ${index}.`);
    const active = place.row === this.active.row && place.column === this.active.column;
    const attributes = {
      role: "gridcell",
      id: this.#idOf(place),
      "aria-colindex": place.column + 1,
      class: `cell cell-${column.kind}${active ? " active" : ""}`,
    };
    return h("div", attributes, ...contentOf(row[index], column, row[this.labels[index] ?? -1]));
  }

  #idOf(place: Place): string {
    return `${this.#id}-${place.row}-${place.column}`;
  }
}
