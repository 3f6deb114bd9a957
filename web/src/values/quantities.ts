/** The numbers in a table, each with its bounds. */

import type { Column, Table } from "../table.js";
import { numberOf } from "./datatypes.js";

/** A quantity by the numbers of its columns; at least one of them is there. */
export interface Quantity {
  readonly name: string;
  readonly point: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** What a row says of a quantity; a bound that it does not tell is open. */
export interface Amount {
  readonly point: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** Numbers that say where or in which order, not how many. */
const NO_AMOUNT = /^(lat|latitude|lon|long|lng|longitude|row|rank|offset|year|start|end)$/i;

/** The quantities of a table. Bounds without a point value make one by themselves. */
export function quantitiesOf(table: Table): Quantity[] {
  const numbers = table.columns.map((column, index) => ({ column, index })).filter(({ column }) => column.kind === "number" && !NO_AMOUNT.test(column.name));
  const bound = (role: Column["role"], about: string | undefined) =>
    numbers.find(({ column }) => column.role === role && column.about === about)?.index;
  const points = numbers.filter(({ column }) => column.role !== "lower" && column.role !== "upper");
  const found = points.map(({ column, index }) => ({
    name: column.name, point: index, lower: bound("lower", column.name), upper: bound("upper", column.name),
  }));
  const [lower, upper] = [bound("lower", undefined), bound("upper", undefined)];
  const rest = lower === undefined && upper === undefined ? [] : [{ name: nameOf(table, lower, upper), point: undefined, lower, upper }];
  // What has bounds is what was measured; counts of figures and the like stand behind.
  const bounded = ({ lower: low, upper: high }: Quantity) => Number(low !== undefined || high !== undefined);
  return [...rest, ...found].sort((a, b) => bounded(b) - bounded(a));
}

export function amountOf(table: Table, quantity: Quantity, row: number): Amount | undefined {
  const cells = table.rows[row] ?? [];
  const value = (index: number | undefined): number | undefined => {
    const number = index === undefined ? NaN : numberOf(cells[index]);
    return Number.isFinite(number) ? number : undefined;
  };
  const amount = { point: value(quantity.point), lower: value(quantity.lower), upper: value(quantity.upper) };
  return amount.point === undefined && amount.lower === undefined && amount.upper === undefined ? undefined : amount;
}

/** Whether bounds are told at all: without columns for them a point value is not open, but alone. */
export function hasBounds(quantity: Quantity): boolean {
  return quantity.lower !== undefined || quantity.upper !== undefined;
}

function nameOf(table: Table, ...columns: (number | undefined)[]): string {
  return columns.map((index) => table.columns[index ?? -1]?.name).filter((name) => name !== undefined).join(" – ");
}
