/** Draws the places: dots for points, discs for what is somewhere around one, circles for many together. */

import type { Colours } from "../../drawing/colours.js";
import { markOf } from "../../drawing/marks.js";
import { type Bin, binned, cellFor } from "../../values/bins.js";
import { number } from "../../words.js";
import { type Box, type Camera, within } from "./camera.js";
import { KILOMETRES } from "./projection.js";
import type { PlacesState } from "./state.js";

/** A thing that the pointer can find, in pixels of the window. */
export interface Target {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly sites: readonly number[];
}

export interface Palette {
  readonly colours: Colours;
  /** By the number of the layer. */
  readonly layers: readonly string[];
}

/** More sites than this in the window are drawn together in circles. */
const MOST = 2000;
const CELL = 34;
const FULL_TURN = 2 * Math.PI;

/** The sites by their places in the plane. */
export interface Plane {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Draw what is in the window; returns what the pointer can find, and whether sites were put together. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  camera: Camera,
  plane: Plane,
  state: PlacesState,
  palette: Palette,
  inside: ((site: number) => boolean) | undefined,
): { targets: Target[]; together: boolean } {
  const sites = inWindow(camera.seen(20), plane, state);
  const draw = { context, camera, plane, state, palette, inside: inside ?? (() => true) };
  if (sites.length > MOST) {
    const bins = binned(plane.xs, plane.ys, state.counts, sites, cellFor(CELL, camera.scale));
    return { targets: drawBins(draw, bins), together: true };
  }
  for (const site of sites) drawDisc(draw, site);
  return { targets: sites.flatMap((site) => drawSite(draw, site)), together: false };
}

interface Drawn {
  readonly context: CanvasRenderingContext2D;
  readonly camera: Camera;
  readonly plane: Plane;
  readonly state: PlacesState;
  readonly palette: Palette;
  readonly inside: (site: number) => boolean;
}

/** Sites with rows to show; those with many first, so that small ones stay on top. */
function inWindow(seen: Box, { xs, ys }: Plane, state: PlacesState): number[] {
  const found: number[] = [];
  for (let site = 0; site < xs.length; site += 1) {
    if ((state.counts[site] ?? 0) === 0) continue;
    const reach = (state.places.sites[site]?.radius ?? 0) / KILOMETRES;
    const [x, y] = [xs[site] ?? NaN, ys[site] ?? NaN];
    if (x + reach >= seen.left && x - reach <= seen.right && y + reach >= seen.top && y - reach <= seen.bottom) found.push(site);
  }
  return found.length > MOST ? found : found.sort((a, b) => (state.counts[b] ?? 0) - (state.counts[a] ?? 0));
}

/** Where it may be: a soft disc with a broken edge. */
function drawDisc({ context, camera, plane, state, palette, inside }: Drawn, site: number): void {
  const radius = ((state.places.sites[site]?.radius ?? 0) / KILOMETRES) * camera.scale;
  if (radius < 3) return;
  const [x, y] = camera.toWindow(plane.xs[site] ?? 0, plane.ys[site] ?? 0);
  const colour = palette.layers[state.layersOf(site)[0]?.layer ?? 0] ?? "";
  context.beginPath();
  context.arc(x, y, radius, 0, FULL_TURN);
  context.globalAlpha = inside(site) ? 0.1 : 0.04;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = inside(site) ? 0.55 : 0.2;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** A mark for each layer at a site, side by side. An imprecise place has hollow ones. */
function drawSite(drawn: Drawn, site: number): Target[] {
  const { context, camera, plane, state, palette, inside } = drawn;
  const [x, y] = camera.toWindow(plane.xs[site] ?? 0, plane.ys[site] ?? 0);
  const layers = state.layersOf(site);
  const sizes = layers.map(({ count }) => Math.min(15, 4 + 1.5 * Math.sqrt(count - 1)));
  const width = sizes.reduce((sum, size) => sum + size * 2, 0);
  const hollow = (state.places.sites[site]?.radius ?? 0) > 15;
  let left = x - width / 2;
  context.globalAlpha = inside(site) ? 1 : 0.25;
  const targets = layers.map(({ layer, count }, at) => {
    const size = sizes[at] ?? 4;
    const middle = left + size;
    left += size * 2;
    const colour = palette.layers[layer] ?? "";
    markOf(layer)(context, middle, y, size);
    context.fillStyle = hollow ? palette.colours.token("--raised") : colour;
    context.fill();
    context.lineWidth = hollow ? 2 : 1;
    context.strokeStyle = hollow ? colour : palette.colours.token("--raised");
    context.stroke();
    if (size >= 9) write(context, number(count), middle, y, hollow ? palette.colours.token("--text") : palette.colours.token("--raised"));
    return { x: middle, y, radius: size, sites: [site] };
  });
  if (state.isSelected(site)) ring(context, x, y, width / 2 + 3, palette);
  context.globalAlpha = 1;
  return targets;
}

function drawBins({ context, camera, state, palette, inside }: Drawn, bins: readonly Bin[]): Target[] {
  const most = bins.reduce((high, { count }) => Math.max(high, count), 1);
  return bins.map(({ x: planeX, y: planeY, count, points }) => {
    const [x, y] = camera.toWindow(planeX, planeY);
    const radius = 3 + 15 * Math.sqrt(count / most);
    context.beginPath();
    context.arc(x, y, radius, 0, FULL_TURN);
    context.globalAlpha = points.some(inside) ? 0.82 : 0.2;
    context.fillStyle = palette.colours.token("--action");
    context.fill();
    context.globalAlpha = 1;
    if (radius >= 9) write(context, number(count), x, y, palette.colours.token("--on-action"));
    if (state.anySelected && points.some((site) => state.isSelected(site))) ring(context, x, y, radius + 2, palette);
    return { x, y, radius, sites: points };
  });
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, { colours }: Palette): void {
  context.beginPath();
  context.arc(x, y, radius, 0, FULL_TURN);
  context.lineWidth = 2.5;
  context.strokeStyle = colours.token("--text");
  context.stroke();
}

function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
  context.fillStyle = colour;
  context.font = `600 ${text.length > 3 ? 9 : 11}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

/** What is at a place of the window: the smallest thing there, with some reach for fingers. */
export function targetAt(targets: readonly Target[], x: number, y: number, reach = 6): Target | undefined {
  return targets
    .filter((target) => Math.hypot(target.x - x, target.y - y) <= target.radius + reach)
    .sort((a, b) => Math.hypot(a.x - x, a.y - y) - a.radius - (Math.hypot(b.x - x, b.y - y) - b.radius))[0];
}

/** Whether a site is in a box of the plane. */
export function siteWithin(plane: Plane, box: Box): (site: number) => boolean {
  return (site) => within(box, plane.xs[site] ?? NaN, plane.ys[site] ?? NaN);
}
