/** How precisely a time is known, as far as the answer says so. */

import type { Table } from "../table.js";
import { textOf } from "../terms.js";

/** Codes and labels of the scheme precision that leave no more open than the bounds do; Wikidata has numbers. */
const PRECISE = /^(instant|minute|hour|night|day|exact|open|точно|ніч|день|відкритий|11|12|13|14)$/i;

/** The column that tells the precision of dates, or -1. */
export function datePrecisionColumn(table: Table): number {
  const all = [...table.columns.keys()].filter((index) => table.columns[index]?.role === "precision");
  const dated = all.find((index) => /date|time/i.test(table.columns[index]?.name ?? ""));
  return dated ?? all.find((index) => table.columns[index]?.name === "precision") ?? -1;
}

/** Whether a row says that its time is known no better than its bounds. */
export function imprecise(table: Table, column: number, row: number): boolean {
  const cell = table.rows[row]?.[column];
  return cell !== undefined && !PRECISE.test(/([^/#]*)$/.exec(textOf(cell))?.[1] ?? "");
}
