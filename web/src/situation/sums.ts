/** Sums of figures that have bounds: the sum of intervals is an interval. */

import type { Event, Figure } from "./events.js";

export interface Sum {
  /** How many events have a figure. */
  readonly events: number;
  readonly least: number;
  /** Undefined where a figure has no upper bound. */
  readonly most: number | undefined;
}

/**
 * What the figures of events come to. Where an event has several, from the lowest of their lower
 * bounds to the highest of their upper bounds: which of them is right is not decided here.
 */
export function sumOf(events: readonly Event[]): Sum {
  const by = new Map(events.map((event) => [event.iri, event.figures]));
  const hulls = [...by.values()].filter((figures) => figures.length > 0).map(hull);
  return {
    events: hulls.length,
    least: hulls.reduce((sum, each) => sum + (each.least ?? 0), 0),
    most: hulls.reduce<number | undefined>((sum, each) => (sum === undefined || each.most === undefined ? undefined : sum + each.most), 0),
  };
}

/** The interval that holds all of some figures; a missing lower bound is 0. */
export function hull(figures: readonly Figure[]): Figure {
  const open = figures.some((figure) => figure.most === undefined);
  return {
    least: Math.min(...figures.map((figure) => figure.least ?? 0)),
    most: open ? undefined : Math.max(...figures.map((figure) => figure.most ?? 0)),
  };
}
