/** Names for columns, things and rows, as far as the answer itself has them. */

import type { Cell, Table } from "../table.js";
import { type Term, textOf } from "../terms.js";
import { curieOf } from "./names.js";

/** For each column the column of its labels, or -1. */
export function labelColumns(table: Table): number[] {
  return table.columns.map((column) =>
    table.columns.findIndex((other) => other.role === "label" && other.about === column.name));
}

/** A term as people read it: an IRI short, a triple with short names. */
export function readable(term: Term): string {
  if (term.type === "uri") return curieOf(term.value);
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "literal") return term.value;
  const { subject, predicate, object } = term.value;
  return `<<( ${readable(subject)} ${readable(predicate)} ${readable(object)} )>>`;
}

/** What a cell is called: its label where the row has one, or else itself. */
export function titleOf(row: readonly Cell[], column: number, labels: readonly number[]): string {
  const label = row[labels[column] ?? -1];
  if (label !== undefined) return textOf(label);
  const cell = row[column];
  return cell === undefined ? "" : readable(cell);
}

/** The column that names the rows: the first of things, or else the first that holds anything. */
export function mainColumn(table: Table): number {
  const thing = table.columns.findIndex((column) => column.kind === "iri" && column.role === "none");
  if (thing >= 0) return thing;
  const text = table.columns.findIndex((column) => column.kind === "text");
  return Math.max(0, text >= 0 ? text : table.columns.findIndex((column) => column.kind !== "empty"));
}

/** The column that sorts the rows into layers, lanes or colours, or -1: `layer`, `kind`, `type` … */
export function layerColumn(table: Table): number {
  const named = (test: RegExp) =>
    table.columns.findIndex((column) => column.kind !== "empty" && test.test(column.name));
  for (const test of [/^layerLabel$/, /^layer$/, /^(kind|type|class)Label$/i, /^(kind|type|class)$/i]) {
    const found = named(test);
    if (found >= 0) return found;
  }
  return -1;
}
