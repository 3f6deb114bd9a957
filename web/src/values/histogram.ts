/** How many rows there are in each stretch of time. */

import type { Span } from "./span.js";

/**
 * Count spans between thresholds (n thresholds make n − 1 bins). A span is spread over the bins that
 * it covers, so that the sum of the bins is the number of the rows; where one bound is not known it
 * counts at the bound that is.
 */
export function histogram(spans: readonly (Span | undefined)[], rows: Iterable<number>, thresholds: readonly number[]): Float64Array {
  const bins = new Float64Array(Math.max(0, thresholds.length - 1));
  for (const row of rows) {
    const span = spans[row];
    if (span === undefined) continue;
    const from = Number.isFinite(span.from) ? span.from : span.until;
    const until = Number.isFinite(span.until) ? span.until : span.from;
    const first = binOf(thresholds, from);
    if (until <= (thresholds[first + 1] ?? Infinity)) add(bins, first, 1);
    else spread(bins, thresholds, first, from, until);
  }
  return bins;
}

function spread(bins: Float64Array, thresholds: readonly number[], first: number, from: number, until: number): void {
  for (let bin = first; bin < bins.length; bin += 1) {
    const left = Math.max(from, thresholds[bin] ?? 0);
    const right = Math.min(until, thresholds[bin + 1] ?? 0);
    if (right <= left && bin > first) return;
    add(bins, bin, Math.max(0, right - left) / (until - from));
  }
}

function add(bins: Float64Array, bin: number, weight: number): void {
  if (bin >= 0 && bin < bins.length) bins[bin] = (bins[bin] ?? 0) + weight;
}

/** The bin that a moment is in; the last threshold belongs to the last bin. */
function binOf(thresholds: readonly number[], moment: number): number {
  let [low, high] = [0, thresholds.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] ?? 0) <= moment) low = middle;
    else high = middle;
  }
  return moment < (thresholds[0] ?? 0) ? -1 : low;
}

/** The known moments of spans: the first and the last, or undefined where there are none. */
export function extentOf(spans: readonly (Span | undefined)[]): Span | undefined {
  let [from, until] = [Infinity, -Infinity];
  for (const span of spans) {
    for (const moment of span === undefined ? [] : [span.from, span.until]) {
      if (!Number.isFinite(moment)) continue;
      from = Math.min(from, moment);
      until = Math.max(until, moment);
    }
  }
  return from > until ? undefined : { from, until };
}
