/** The lanes of a timeline: a lane a kind, each row a bar from when to when. */

import type { Colours } from "../../drawing/colours.js";
import type { Span } from "../../values/span.js";
import { overlap } from "../../values/span.js";
import { packed } from "../../values/packing.js";
import { number } from "../../words.js";
import { stepText, ticks } from "./times.js";

export interface Lane {
  readonly name: string;
  readonly colour: string;
  /** The rows that are shown, in the order of time. */
  readonly rows: readonly number[];
}

export interface LanesInput {
  readonly lanes: readonly Lane[];
  readonly domain: Span;
  readonly width: number;
  readonly spans: readonly (Span | undefined)[];
  readonly reported: readonly (Span | undefined)[] | undefined;
  title(row: number): string;
  /** Whether its time is known no better than its bounds. */
  vague(row: number): boolean;
}

/** A bar, or the piece of a strip where there are too many for bars. */
export interface Bar {
  readonly row: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  readonly colour: string;
  readonly title: string;
  readonly openLeft: boolean;
  readonly openRight: boolean;
  readonly vague: boolean;
  /** Where it was reported. */
  readonly told: number | undefined;
}

export interface Laid {
  readonly bars: readonly Bar[];
  readonly strips: readonly { readonly top: number; readonly height: number; readonly colour: string; readonly counts: Float64Array; readonly most: number }[];
  readonly headings: readonly { readonly text: string; readonly top: number }[];
  readonly height: number;
}

/** Up to this many rows in a lane have their names beside them. */
const NAMED = 40;
/** More rows than this in a lane are a strip, whose darkness says how many there are. */
const BARS = 1200;
const LINES = 24;
const HEADING = 22;
const STRIP = 34;
const AXIS = 22;
const LETTER = 6.6;
/** Pixels of a strip that are counted together. */
export const COLUMN = 3;

/** Lay the lanes out below each other. */
export function laid(input: LanesInput): Laid {
  const bars: Bar[] = [];
  const strips: Laid["strips"][number][] = [];
  const headings: Laid["headings"][number][] = [];
  let top = AXIS;
  for (const lane of input.lanes) {
    const rows = lane.rows.filter((row) => {
      const span = input.spans[row];
      return span !== undefined && overlap(span, input.domain);
    });
    headings.push({ text: `${lane.name} ${number(rows.length)}`.trim(), top });
    top += HEADING;
    const found = rows.length > BARS ? undefined : laneBars(input, lane, rows, top);
    if (found === undefined) {
      strips.push(strip(input, lane, rows, top));
      top += STRIP + 8;
    } else {
      bars.push(...found.bars);
      top += found.height + 8;
    }
  }
  return { bars, strips, headings, height: top };
}

function xOf({ domain, width }: LanesInput): (moment: number) => number {
  return (moment) => ((moment - domain.from) / (domain.until - domain.from)) * width;
}

function laneBars(input: LanesInput, lane: Lane, rows: readonly number[], top: number): { bars: Bar[]; height: number } | undefined {
  const x = xOf(input);
  const named = rows.length <= NAMED;
  const line = named ? 22 : 8;
  const placed = rows.map((row) => {
    const span = input.spans[row] as Span;
    const left = Math.max(-4, x(span.from));
    const right = Math.min(input.width + 4, Math.max(x(span.until), left + 3));
    const title = named ? input.title(row) : "";
    const told = middle(input.reported?.[row]);
    return { row, span, left, right, title, told: told === undefined ? undefined : x(told) };
  });
  const room = placed.map(({ left, right, title }) => ({ left: sideOf(left, right, title, input.width) < 0 ? left - title.length * LETTER - 8 : left, right: sideOf(left, right, title, input.width) > 0 ? right + title.length * LETTER + 8 : right }));
  const { lines, count } = packed(room, 3);
  if (count > LINES && !named) return undefined;
  const bars = placed.map(({ row, span, left, right, title, told }, at) => ({
    row, left, right, title, told,
    top: top + (lines[at] ?? 0) * line,
    height: named ? 16 : 6,
    colour: lane.colour,
    openLeft: span.from === -Infinity,
    openRight: span.until === Infinity,
    vague: input.vague(row),
  }));
  return { bars, height: count * line };
}

/** On which side of a bar its name has room: 1 right, -1 left, 0 within the bar. */
export function sideOf(left: number, right: number, title: string, width: number): -1 | 0 | 1 {
  const long = title.length * LETTER + 8;
  if (right + long <= width) return 1;
  return left - long >= 0 ? -1 : 0;
}

function strip(input: LanesInput, lane: Lane, rows: readonly number[], top: number): Laid["strips"][number] {
  const counts = new Float64Array(Math.ceil(input.width / COLUMN));
  const x = xOf(input);
  for (const row of rows) {
    const span = input.spans[row] as Span;
    const first = Math.max(0, Math.floor(x(span.from) / COLUMN));
    const last = Math.min(counts.length - 1, Math.floor(x(span.until) / COLUMN));
    for (let column = first; column <= last; column += 1) counts[column] = (counts[column] ?? 0) + 1;
  }
  return { top, height: STRIP, colour: lane.colour, counts, most: counts.reduce((a, b) => Math.max(a, b), 1) };
}

function middle(span: Span | undefined): number | undefined {
  return span === undefined || !Number.isFinite(span.from + span.until) ? undefined : (span.from + span.until) / 2;
}

/** Draw what was laid out; `selected` stands out. */
export function drawLanes(context: CanvasRenderingContext2D, input: LanesInput, found: Laid, colours: Colours, selected: ReadonlySet<number>): void {
  drawAxis(context, input, found, colours);
  context.font = "600 12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.fillStyle = colours.token("--quiet");
  for (const { text, top } of found.headings) context.fillText(text, 6, top + HEADING / 2);
  for (const each of found.strips) drawStrip(context, each);
  for (const bar of found.bars) drawBar(context, bar, input.width, colours, selected.has(bar.row));
}

function drawAxis(context: CanvasRenderingContext2D, input: LanesInput, found: Laid, colours: Colours): void {
  const x = xOf(input);
  const { moments, step } = ticks(input.domain, input.width / 140);
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.fillStyle = colours.token("--quiet");
  context.strokeStyle = colours.token("--line");
  context.lineWidth = 1;
  for (const moment of moments) {
    const at = Math.round(x(moment)) + 0.5;
    context.beginPath();
    context.moveTo(at, AXIS - 4);
    context.lineTo(at, found.height);
    context.stroke();
    context.textAlign = at < 40 ? "left" : at > input.width - 40 ? "right" : "center";
    context.fillText(stepText(moment, step), at, AXIS / 2);
  }
}

function drawStrip(context: CanvasRenderingContext2D, { top, height, colour, counts, most }: Laid["strips"][number]): void {
  context.fillStyle = colour;
  counts.forEach((count, column) => {
    if (count === 0) return;
    context.globalAlpha = 0.12 + 0.88 * Math.sqrt(count / most);
    context.fillRect(column * COLUMN, top, COLUMN, height);
  });
  context.globalAlpha = 1;
}

function drawBar(context: CanvasRenderingContext2D, bar: Bar, width: number, colours: Colours, selected: boolean): void {
  const { left, right, top, height, colour, openLeft, openRight, vague, told } = bar;
  context.fillStyle = openLeft || openRight ? faded(context, bar) : colour;
  const within = bar.title !== "" && sideOf(left, right, bar.title, width) === 0;
  context.globalAlpha = within ? 1 : vague ? 0.28 : openLeft || openRight ? 0.6 : 1;
  context.fillRect(left, top, right - left, height);
  context.globalAlpha = 1;
  if (vague && !openLeft && !openRight) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, Math.max(1, right - left - 1), height - 1);
  }
  if (told !== undefined) drawTold(context, bar, told, colours);
  if (selected) {
    context.strokeStyle = colours.token("--text");
    context.lineWidth = 2;
    context.strokeRect(left - 1, top - 1, right - left + 2, height + 2);
  }
  if (bar.title !== "") drawTitle(context, bar, width, colours, selected);
}

/** An end that is not known fades away. */
function faded(context: CanvasRenderingContext2D, { left, right, colour, openLeft, openRight }: Bar): CanvasGradient {
  const gradient = context.createLinearGradient(left, 0, right, 0);
  const fade = Math.min(0.45, 60 / Math.max(1, right - left));
  gradient.addColorStop(0, openLeft ? "transparent" : colour);
  gradient.addColorStop(fade, colour);
  gradient.addColorStop(1 - fade, colour);
  gradient.addColorStop(1, openRight ? "transparent" : colour);
  return gradient;
}

/** When it was reported: a small ring, joined to when it was. */
function drawTold(context: CanvasRenderingContext2D, { right, top, height }: Bar, told: number, colours: Colours): void {
  const y = top + height / 2;
  context.strokeStyle = colours.token("--series-2");
  context.lineWidth = 1;
  context.beginPath();
  if (told > right + 3) {
    context.moveTo(right, y);
    context.lineTo(told - 3, y);
  }
  context.moveTo(told + 3, y);
  context.arc(told, y, 3, 0, 2 * Math.PI);
  context.stroke();
}

function drawTitle(context: CanvasRenderingContext2D, { left, right, top, height, title, told }: Bar, width: number, colours: Colours, selected: boolean): void {
  const side = sideOf(left, right, title, width);
  context.font = `${selected ? "600 " : ""}12px system-ui, sans-serif`;
  // Within its bar a name is in the colour of the ground.
  context.fillStyle = colours.token(side === 0 ? "--raised" : "--text");
  context.textAlign = side < 0 ? "right" : "left";
  const after = told !== undefined && told > right ? told + 4 : right;
  const x = side > 0 ? after + 6 : side < 0 ? left - 6 : Math.max(6, left + 6);
  context.fillText(title, x, top + height / 2, width - 12);
}
