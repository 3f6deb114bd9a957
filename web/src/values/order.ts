/** Rows in the order of a column: numbers by value, dates by time, texts as the language has them. */

import type { Cell, Column } from "../table.js";
import { readable } from "./titles.js";
import { numberOf } from "./datatypes.js";
import { spanOf } from "./span.js";

export interface Order {
  readonly column: number;
  readonly descending: boolean;
}

/** The rows of a stretch that is sorted at once; between stretches the page may draw. */
const STRETCH = 4000;

/**
 * The numbers of the rows in order; rows without a value come last, equal rows keep their places.
 *
 * Sorts in stretches and merges them; `pause` is awaited after each, and the sort ends there with
 * undefined once `stopped` says so.
 */
export async function ordered(
  cells: readonly Cell[],
  kind: Column["kind"],
  descending: boolean,
  compareTexts: (a: string, b: string) => number,
  pause: () => Promise<void>,
  stopped: () => boolean = () => false,
): Promise<Uint32Array | undefined> {
  const compare = comparison(cells, kind, descending, compareTexts);
  let runs: Uint32Array[] = [];
  for (let from = 0; from < cells.length; from += STRETCH) {
    const run = Uint32Array.from({ length: Math.min(STRETCH, cells.length - from) }, (_, at) => from + at);
    runs.push(run.sort(compare));
    await pause();
    if (stopped()) return undefined;
  }
  while (runs.length > 1) {
    const merged: Uint32Array[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [one, other] = [runs[at], runs[at + 1]];
      if (one === undefined) continue;
      merged.push(other === undefined ? one : await mergedRuns(one, other, compare, pause));
      if (stopped()) return undefined;
    }
    runs = merged;
  }
  return runs[0] ?? new Uint32Array();
}

type Compare = (a: number, b: number) => number;

async function mergedRuns(one: Uint32Array, other: Uint32Array, compare: Compare, pause: () => Promise<void>): Promise<Uint32Array> {
  const into = new Uint32Array(one.length + other.length);
  let [a, b] = [0, 0];
  for (let at = 0; at < into.length; at += 1) {
    const left = b >= other.length || (a < one.length && compare(one[a] ?? 0, other[b] ?? 0) <= 0);
    into[at] = (left ? one[a++] : other[b++]) ?? 0;
    if (at % (STRETCH * 4) === STRETCH * 4 - 1) await pause();
  }
  await pause();
  return into;
}

function comparison(
  cells: readonly Cell[],
  kind: Column["kind"],
  descending: boolean,
  compareTexts: (a: string, b: string) => number,
): Compare {
  const sign = descending ? -1 : 1;
  if (kind === "number" || kind === "date") {
    const keys = Float64Array.from(cells, kind === "number" ? numberOf : (cell) => spanOf(cell)?.from ?? NaN);
    return (a, b) => {
      const [left, right] = [keys[a] ?? NaN, keys[b] ?? NaN];
      if (left === right) return a - b;
      if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
      return left < right ? -sign : sign;
    };
  }
  const keys = cells.map((cell) => (cell === undefined ? undefined : readable(cell)));
  return (a, b) => {
    const [left, right] = [keys[a], keys[b]];
    if (left === right) return a - b;
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return sign * compareTexts(left, right) || a - b;
  };
}
