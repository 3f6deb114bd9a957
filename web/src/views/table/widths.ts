/** How wide columns are. */

import type { Table } from "../../table.js";
import { titleOf } from "../../values/titles.js";

const NARROWEST = 56;
const WIDEST = 900;
const FIRST_WIDEST = 340;
const LETTER = 7.4;
const PADDING = 34;
/** The rows from which the widths are guessed. */
const SAMPLE = 120;

/** Widths in CSS pixels that fit most of what the first rows hold. */
export function firstWidths(table: Table, labels: readonly number[]): number[] {
  return table.columns.map(({ name }, column) => {
    const lengths = table.rows.slice(0, SAMPLE).map((row) => titleOf(row, column, labels).length).sort((a, b) => a - b);
    const most = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
    return Math.min(FIRST_WIDEST, adjustedWidth(Math.max(most, name.length + 2) * LETTER + PADDING));
  });
}

export function adjustedWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
}
