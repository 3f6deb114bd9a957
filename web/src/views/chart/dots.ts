/** Amounts over time: a dot for each row, with a line from its lower to its upper bound. */

import { scaleLinear } from "d3-scale";
import type { Colours } from "../../drawing/colours.js";
import type { Amount } from "../../values/quantities.js";
import type { Span } from "../../values/span.js";
import { number } from "../../words.js";
import { stepText, ticks } from "../timeline/times.js";
import { mostOf } from "./bars.js";

export interface Timed {
  readonly row: number;
  readonly span: Span;
  readonly amount: Amount;
}

export interface DotsInput {
  readonly entries: readonly Timed[];
  readonly bounded: boolean;
  readonly domain: Span;
  readonly width: number;
  readonly height: number;
  readonly selected: ReadonlySet<number>;
}

/** Where a row's dot is, for the pointer. */
export interface Dot {
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

const LEFT = 56;
const BOTTOM = 28;
const TOP = 12;
/** More dots than this are drawn faintly, so that where they are many can be seen. */
const MANY = 800;

export function drawDots(context: CanvasRenderingContext2D, input: DotsInput, colours: Colours): Dot[] {
  const { entries, domain, width, height } = input;
  const x = scaleLinear([domain.from, domain.until], [LEFT + 8, width - 16]);
  const y = scaleLinear([0, mostOf(entries)], [height - BOTTOM, TOP]).nice(5);
  drawAxes(context, input, x, y, colours);
  const many = entries.length > MANY;
  return entries.map(({ row, span, amount }) => {
    const from = Number.isFinite(span.from) ? span.from : span.until;
    const until = Number.isFinite(span.until) ? span.until : from;
    const at = x((from + until) / 2);
    const value = amount.point ?? middleOf(amount);
    const selected = input.selected.has(row);
    context.globalAlpha = many && !selected ? 0.35 : 1;
    context.fillStyle = context.strokeStyle = colours.token(selected ? "--text" : "--series-1");
    context.lineWidth = selected ? 2.5 : 1.2;
    if (input.bounded) drawRange(context, at, amount, y);
    if (amount.point !== undefined || !input.bounded) {
      context.beginPath();
      context.arc(at, y(value), selected ? 5 : 3.2, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    return { row, x: at, y: y(value) };
  });
}

/** Without an upper bound the line ends in an arrow's head. */
function drawRange(context: CanvasRenderingContext2D, x: number, amount: Amount, y: (value: number) => number): void {
  const low = y(amount.lower ?? amount.point ?? 0);
  const high = amount.upper === undefined ? y(amount.point ?? amount.lower ?? 0) - 14 : y(amount.upper);
  context.beginPath();
  context.moveTo(x, low);
  context.lineTo(x, high);
  if (amount.upper === undefined) {
    context.moveTo(x - 3, high + 4);
    context.lineTo(x, high);
    context.lineTo(x + 3, high + 4);
  } else {
    context.moveTo(x - 3, high);
    context.lineTo(x + 3, high);
  }
  context.moveTo(x - 3, low);
  context.lineTo(x + 3, low);
  context.stroke();
}

function drawAxes(context: CanvasRenderingContext2D, { domain, width, height }: DotsInput, x: (value: number) => number, y: { (value: number): number; ticks(count: number): number[] }, colours: Colours): void {
  context.font = "12px system-ui, sans-serif";
  context.fillStyle = colours.token("--quiet");
  context.strokeStyle = colours.token("--line");
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of y.ticks(5)) {
    const at = Math.round(y(value)) + 0.5;
    context.beginPath();
    context.moveTo(LEFT, at);
    context.lineTo(width - 8, at);
    context.stroke();
    context.fillText(number(value), LEFT - 6, at);
  }
  context.textAlign = "center";
  const { moments, step } = ticks(domain, width / 120);
  for (const moment of moments) if (x(moment) >= LEFT) context.fillText(stepText(moment, step), x(moment), height - BOTTOM / 2);
}

function middleOf({ lower = 0, upper = lower }: Amount): number {
  return (lower + upper) / 2;
}
