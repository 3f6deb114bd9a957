/** Which rows the table shows, and in which order. */

import { pause } from "../../pause.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { type Order, ordered } from "../../values/order.js";
import { readable } from "../../values/titles.js";
import { language } from "../../words.js";

/** The rows that are searched before the page may draw again. */
const STRETCH = 3000;

export class RowModel {
  /** The numbers of the rows shown, in order. */
  shown: Uint32Array = new Uint32Array();
  order: Order | undefined;
  #sorted: Uint32Array;
  #sorting = 0;
  #filtering = 0;
  readonly #stop: () => void;
  readonly #collator = new Intl.Collator(language, { numeric: true });

  constructor(
    readonly table: Table,
    readonly selection: Selection,
    readonly changed: () => void,
  ) {
    this.#sorted = Uint32Array.from(table.rows.keys());
    this.#stop = selection.watch(() => this.#update());
    this.shown = this.#passing();
  }

  /** Sort by a column, or with undefined as the answer came. */
  async sort(order: Order | undefined): Promise<void> {
    const run = (this.#sorting += 1);
    this.order = order;
    const column = order === undefined ? undefined : this.table.columns[order.column];
    const sorted =
      order === undefined || column === undefined
        ? Uint32Array.from(this.table.rows.keys())
        : await ordered(
            this.table.rows.map((row) => row[order.column]),
            column.kind,
            order.descending,
            this.#collator.compare,
            pause,
            () => run !== this.#sorting,
          );
    if (sorted === undefined || run !== this.#sorting) return;
    this.#sorted = sorted;
    this.#update();
  }

  /** Let pass the rows that have all the words of a text somewhere; an empty text lets all pass. */
  async filter(text: string): Promise<void> {
    const run = (this.#filtering += 1);
    const words = text.toLocaleLowerCase(language).split(/\s+/).filter((word) => word !== "");
    if (words.length === 0) return this.selection.brush("table", undefined);
    const found = new Uint8Array(this.table.rows.length);
    for (let from = 0; from < found.length; from += STRETCH) {
      for (let row = from; row < Math.min(from + STRETCH, found.length); row += 1) {
        const content = this.#textOf(row);
        found[row] = Number(words.every((word) => content.includes(word)));
      }
      await pause();
      if (run !== this.#filtering) return;
    }
    this.selection.brush("table", (row) => found[row] === 1);
  }

  destroy(): void {
    this.#stop();
    this.#sorting += 1;
    this.#filtering += 1;
  }

  #textOf(row: number): string {
    const cells = this.table.rows[row] ?? [];
    return cells.map((cell) => (cell === undefined ? "" : readable(cell))).join(" ").toLocaleLowerCase(language);
  }

  #update(): void {
    this.shown = this.#passing();
    this.changed();
  }

  #passing(): Uint32Array {
    return this.selection.brushed ? this.#sorted.filter((row) => this.selection.passes(row)) : this.#sorted;
  }
}
