/** What to show of the plane at first. */

import type { Box } from "./camera.js";
import type { Plane } from "./marks.js";
import { KILOMETRES } from "./projection.js";
import type { Site } from "./sites.js";

/** Less than so many kilometres across says nothing of where a place is. */
const LEAST = 600;
/** Where there is no place: the world. */
const WORLD: Box = { left: -2700, top: -1300, right: 2700, bottom: 1300 };

/** What holds all places and their reach. */
export function extentOf({ xs, ys }: Plane, sites: readonly Site[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  sites.forEach(({ radius }, site) => {
    const [x, y, reach] = [xs[site] ?? NaN, ys[site] ?? NaN, radius / KILOMETRES];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    left = Math.min(left, x - reach);
    right = Math.max(right, x + reach);
    top = Math.min(top, y - reach);
    bottom = Math.max(bottom, y + reach);
  });
  if (!Number.isFinite(left)) return WORLD;
  const [wide, tall] = [right - left, bottom - top].map((size) => Math.max(0, LEAST / KILOMETRES - size) / 2) as [number, number];
  return { left: left - wide, top: top - tall, right: right + wide, bottom: bottom + tall };
}
