/** Bars by row: how many, with the bounds that were told. */

import type { Colours } from "../../drawing/colours.js";
import { scaleLinear, type ScaleLinear } from "d3-scale";
import type { Amount } from "../../values/quantities.js";
import { number } from "../../words.js";

export interface Entry {
  readonly row: number;
  readonly title: string;
  readonly amount: Amount;
}

export interface BarsInput {
  readonly entries: readonly Entry[];
  /** Whether bounds are told, so that one that is missing is open. */
  readonly bounded: boolean;
  readonly width: number;
  readonly selected: ReadonlySet<number>;
}

export const LINE = 28;
export const TOP = 26;
const VALUE = 108;
/** How far an open bound fades out, in pixels. */
const FADE = 46;

export function drawBars(context: CanvasRenderingContext2D, input: BarsInput, colours: Colours): void {
  const names = Math.min(260, input.width * 0.36);
  const x = scaleLinear([0, mostOf(input.entries)], [names + 10, input.width - VALUE]).nice(5);
  drawAxis(context, x, input.entries.length * LINE + TOP, colours);
  input.entries.forEach((entry, at) => drawEntry(context, entry, TOP + at * LINE, { x, names, input, colours }));
}

interface Drawn {
  readonly x: ScaleLinear<number, number>;
  readonly names: number;
  readonly input: BarsInput;
  readonly colours: Colours;
}

function drawEntry(context: CanvasRenderingContext2D, { row, title, amount }: Entry, top: number, { x, names, input, colours }: Drawn): void {
  const middle = top + LINE / 2;
  const selected = input.selected.has(row);
  if (selected) {
    context.fillStyle = colours.token("--chosen");
    context.fillRect(0, top, input.width, LINE);
  }
  context.font = `${selected ? "600 " : ""}13px system-ui, sans-serif`;
  context.textBaseline = "middle";
  context.textAlign = "right";
  context.fillStyle = colours.token("--text");
  context.fillText(fitting(context, title, names), names, middle);
  if (amount.point !== undefined) {
    context.fillStyle = colours.token("--series-1");
    context.fillRect(x(0), middle - 6, Math.max(1, x(amount.point) - x(0)), 12);
  }
  if (input.bounded) drawBounds(context, amount, middle, x, colours);
  context.textAlign = "left";
  context.fillStyle = colours.token("--quiet");
  context.font = "12px system-ui, sans-serif";
  context.fillText(amountText(amount, input.bounded), input.width - VALUE + 10, middle, VALUE - 12);
}

/** A line from the lower to the upper bound with caps; where one is open, the line fades. */
function drawBounds(context: CanvasRenderingContext2D, amount: Amount, y: number, x: ScaleLinear<number, number>, colours: Colours): void {
  const known = amount.point ?? amount.lower ?? amount.upper ?? 0;
  const left = x(amount.lower ?? 0);
  const right = amount.upper === undefined ? x(Math.max(known, amount.lower ?? 0)) + FADE : x(amount.upper);
  const ink = colours.token("--text");
  const gradient = context.createLinearGradient(left, 0, Math.max(left + 1, right), 0);
  gradient.addColorStop(0, amount.lower === undefined ? "transparent" : ink);
  gradient.addColorStop(0.5, ink);
  gradient.addColorStop(1, amount.upper === undefined ? "transparent" : ink);
  context.fillStyle = gradient;
  context.fillRect(left, y - 1, Math.max(2, right - left), 2);
  context.fillStyle = ink;
  if (amount.lower !== undefined) context.fillRect(left - 1, y - 6, 2, 12);
  if (amount.upper !== undefined) context.fillRect(right - 1, y - 6, 2, 12);
}

function drawAxis(context: CanvasRenderingContext2D, x: ScaleLinear<number, number>, height: number, colours: Colours): void {
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillStyle = colours.token("--quiet");
  context.strokeStyle = colours.token("--line");
  context.lineWidth = 1;
  for (const value of x.ticks(Math.max(2, (x.range()[1] ?? 0) / 160))) {
    const at = Math.round(x(value)) + 0.5;
    context.beginPath();
    context.moveTo(at, TOP - 6);
    context.lineTo(at, height);
    context.stroke();
    context.fillText(number(value), at, TOP / 2 - 1);
  }
}

/** "12", "8–20", "12 (8–20)", "12 (≥ 8)", "12 (≤ 20)". */
export function amountText({ point, lower, upper }: Amount, bounded: boolean): string {
  const same = lower === upper && (point === undefined || point === lower);
  if (!bounded || (same && lower !== undefined)) return number(point ?? lower ?? upper ?? 0);
  const range = lower !== undefined && upper !== undefined ? `${number(lower)}–${number(upper)}` : lower !== undefined ? `≥ ${number(lower)}` : upper !== undefined ? `≤ ${number(upper)}` : "";
  if (point === undefined) return range;
  return range === "" ? number(point) : `${number(point)} (${range})`;
}

export function mostOf(entries: readonly { readonly amount: Amount }[]): number {
  return entries.reduce((most, { amount: { point = 0, lower = 0, upper = 0 } }) => Math.max(most, point, lower, upper), 0) || 1;
}

function fitting(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width - 8) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width - 8) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}
