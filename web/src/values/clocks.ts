/** The times in a table: when things happened and, where it is told, when they were reported. */

import type { Cell, Column, Table } from "../table.js";
import { type Span, spanOf } from "./span.js";

/** A column of dates, or two that bound a time. */
export interface Clock {
  /** The name of the column, or what the names of the two have in common; may be empty. */
  readonly name: string;
  /** Whether it tells when something was said. */
  readonly reported: boolean;
  /** The span of each row; undefined where a row has none. */
  readonly spans: readonly (Span | undefined)[];
}

/** The clocks of a table: pairs of bounds first, then single dates, then when it was reported. */
export function clocksOf(table: Table): Clock[] {
  const dates = table.columns.map((column, index) => ({ column, index })).filter(({ column }) => column.kind === "date");
  const starts = dates.filter(({ column }) => column.role === "start");
  const paired = new Set<number>();
  const pairs = starts.map(({ column, index }) => {
    const end = dates.find((each) => each.column.role === "end" && stem(each.column) === stem(column) && !paired.has(each.index));
    paired.add(index);
    if (end !== undefined) paired.add(end.index);
    return clock(table, stem(column) || column.name, index, end?.index);
  });
  const rest = dates.filter(({ index }) => !paired.has(index));
  const single = (reported: boolean) =>
    rest.filter(({ column }) => (column.role === "reported") === reported)
      .map(({ column, index }) => clock(table, column.name, index, undefined, reported));
  return [...pairs, ...single(false), ...single(true)];
}

function clock(table: Table, name: string, start: number, end: number | undefined, reported = false): Clock {
  const spans = table.rows.map((row) => (end === undefined ? spanOf(row[start]) : between(row[start], row[end])));
  return { name, reported, spans };
}

/** From the start of the one to the end of the other; what is not told is open. */
function between(start: Cell, end: Cell): Span | undefined {
  const from = spanOf(start)?.from;
  const until = spanOf(end)?.until;
  if (from === undefined && until === undefined) return undefined;
  const span = { from: from ?? -Infinity, until: until ?? Infinity };
  return span.until < span.from ? { from: span.until, until: span.from } : span;
}

/** `attack` of `attackStart` and `attackEnd`; empty for `start` and `end`. */
function stem(column: Column): string {
  return column.name.replace(/(start|begin|earliest|since|from|end|until|latest|to)$/i, "");
}
