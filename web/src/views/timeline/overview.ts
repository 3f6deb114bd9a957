/** The overview of a timeline: how much there is when, and the range that is chosen in it. */

import { h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import type { Colours } from "../../drawing/colours.js";
import type { Span } from "../../values/span.js";
import { say } from "../words.js";
import { dateText, stepText, thresholds, ticks } from "./times.js";

export interface Counts {
  readonly thresholds: readonly number[];
  /** All rows, and those that pass the other views' brushes. */
  readonly all: Float64Array;
  readonly passing: Float64Array;
  /** The same rows by when they were reported, below the axis. */
  readonly reported?: Float64Array;
}

export interface OverviewActs {
  counts(thresholds: readonly number[]): Counts;
  /** A range was chosen, or let go. */
  chosen(range: Span | undefined): void;
  colours(): Colours;
}

const EDGE = 8;
const AXIS = 20;
const STILL = 3;
/** Between the texts of the axis, at least. */
const APART = 12;

export class Overview {
  readonly element: HTMLElement;
  range: Span | undefined;
  readonly #canvas: Canvas;
  readonly #handles: readonly [HTMLElement, HTMLElement];
  #counts: Counts | undefined;

  constructor(
    readonly extent: Span,
    readonly acts: OverviewActs,
    label: string,
  ) {
    this.#canvas = new Canvas((context) => this.#draw(context));
    this.#handles = [this.#handle("from"), this.#handle("until")];
    this.element = h("div", { class: "timeline-overview", role: "group", "aria-label": label }, this.#canvas.element, ...this.#handles);
    this.#listen();
  }

  /** The rows that pass have changed. */
  refresh(): void {
    this.#counts = undefined;
    this.#canvas.soon();
    this.#place();
  }

  resize(): void {
    if (!this.#canvas.fit()) return;
    this.refresh();
    this.#canvas.now();
  }

  /** Choose a range; undefined lets it go. */
  choose(range: Span | undefined): void {
    const { from, until } = this.extent;
    this.range = range && { from: Math.max(from, range.from), until: Math.min(until, range.until) };
    this.#place();
    this.#canvas.soon();
    this.acts.chosen(this.range);
  }

  destroy(): void {
    this.#canvas.destroy();
  }

  #x(moment: number): number {
    const { from, until } = this.extent;
    return EDGE + ((moment - from) / (until - from)) * (this.#canvas.width - 2 * EDGE);
  }

  #moment(x: number): number {
    const { from, until } = this.extent;
    return from + ((x - EDGE) / (this.#canvas.width - 2 * EDGE)) * (until - from);
  }

  #draw(context: CanvasRenderingContext2D): void {
    const { width, height } = this.#canvas;
    const { token } = this.acts.colours();
    this.#counts ??= this.acts.counts(thresholds(this.extent, Math.max(8, width / 7)));
    const { all, passing, reported } = this.#counts;
    const base = reported === undefined ? height - AXIS : (height - AXIS) / 2;
    const most = Math.max(1, ...all, ...(reported ?? []));
    // Both clocks have one scale.
    const tall = base - 4;
    this.#bars(context, all, (count) => [base, -(count / most) * tall], token("--line"));
    this.#bars(context, passing, (count) => [base, -(count / most) * tall], token("--series-1"));
    if (reported !== undefined) this.#bars(context, reported, (count) => [base + AXIS, (count / most) * tall], token("--series-2"));
    this.#axis(context, base);
    if (this.range !== undefined) this.#shade(context, this.range);
  }

  #bars(context: CanvasRenderingContext2D, counts: Float64Array, bar: (count: number) => [number, number], colour: string): void {
    const { thresholds: edges } = this.#counts as Counts;
    context.fillStyle = colour;
    counts.forEach((count, bin) => {
      if (count === 0) return;
      const [left, right] = [this.#x(edges[bin] ?? 0), this.#x(edges[bin + 1] ?? 0)];
      const [y, tall] = bar(count);
      // What is there can be seen, however little of it there is.
      const seen = Math.sign(tall) * Math.max(1.5, Math.abs(tall));
      context.fillRect(left, y, Math.max(1.5, right - left - 1), seen);
    });
  }

  #axis(context: CanvasRenderingContext2D, y: number): void {
    const { token } = this.acts.colours();
    const { moments, step } = ticks(this.extent, this.#canvas.width / 110);
    context.fillStyle = token("--quiet");
    context.strokeStyle = token("--edge");
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, y + 0.5);
    context.lineTo(this.#canvas.width, y + 0.5);
    for (const moment of moments) {
      context.moveTo(this.#x(moment), y);
      context.lineTo(this.#x(moment), y + 4);
    }
    context.stroke();
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "middle";
    context.textAlign = "left";
    let free = 0;
    for (const moment of moments) {
      const text = stepText(moment, step);
      const { width } = context.measureText(text);
      const left = Math.min(Math.max(0, this.#x(moment) - width / 2), this.#canvas.width - width);
      if (left < free) continue;
      context.fillText(text, left, y + AXIS / 2 + 2);
      free = left + width + APART;
    }
  }

  #shade(context: CanvasRenderingContext2D, { from, until }: Span): void {
    const { width, height } = this.#canvas;
    const [left, right] = [this.#x(from), this.#x(until)];
    context.fillStyle = this.acts.colours().token("--ground");
    context.globalAlpha = 0.68;
    context.fillRect(0, 0, left, height);
    context.fillRect(right, 0, width - right, height);
    context.globalAlpha = 1;
    context.strokeStyle = this.acts.colours().token("--link");
    context.lineWidth = 1.5;
    context.strokeRect(left, 0.75, right - left, height - 1.5);
  }

  /** The handles are at the ends of the range; without one, at the ends of all. */
  #place(): void {
    const range = this.range ?? this.extent;
    const values = [range.from, range.until];
    this.#handles.forEach((handle, at) => {
      const value = values[at] ?? 0;
      handle.style.left = `${this.#x(value)}px`;
      handle.setAttribute("aria-valuemin", String(this.extent.from));
      handle.setAttribute("aria-valuemax", String(this.extent.until));
      handle.setAttribute("aria-valuenow", String(value));
      handle.setAttribute("aria-valuetext", dateText(value));
    });
  }

  #handle(end: "from" | "until"): HTMLElement {
    const handle = h("div", { class: "timeline-handle", role: "slider", tabindex: 0, "aria-label": say(end) });
    handle.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return this.choose(undefined);
      const { from, until } = this.range ?? this.extent;
      const step = (this.extent.until - this.extent.from) / 200;
      const jumps: Readonly<Record<string, number>> = {
        ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -10 * step, PageUp: 10 * step, Home: -Infinity, End: Infinity,
      };
      const by = jumps[event.key];
      if (by === undefined) return;
      event.preventDefault();
      const clamp = (value: number) => Math.max(this.extent.from, Math.min(this.extent.until, value));
      if (end === "from") this.choose({ from: Math.min(clamp(from + by), until), until });
      else this.choose({ from, until: Math.max(clamp(until + by), from) });
    });
    return handle;
  }

  /** Drag over nothing: a new range. Over an end: that end. Within the range: the range. A click lets it go. */
  #listen(): void {
    const { element } = this;
    let drag: { at: number; range: Span; part: "new" | "from" | "until" | "all" } | undefined;
    const x = (event: PointerEvent) => event.clientX - element.getBoundingClientRect().left;
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      const range = this.range;
      const at = x(event);
      const near = (moment: number) => Math.abs(this.#x(moment) - at) <= EDGE;
      const part = range === undefined ? "new" : near(range.from) ? "from" : near(range.until) ? "until" : at > this.#x(range.from) && at < this.#x(range.until) ? "all" : "new";
      drag = { at, part, range: range ?? this.extent };
    });
    element.addEventListener("pointermove", (event) => {
      if (drag === undefined || Math.abs(x(event) - drag.at) < STILL) return;
      this.choose(this.#dragged(drag, x(event)));
    });
    element.addEventListener("pointerup", (event) => {
      if (drag !== undefined && drag.part === "new" && Math.abs(x(event) - drag.at) < STILL && this.range !== undefined) this.choose(undefined);
      drag = undefined;
    });
    element.addEventListener("pointercancel", () => (drag = undefined));
  }

  #dragged({ at, range, part }: { at: number; range: Span; part: "new" | "from" | "until" | "all" }, x: number): Span {
    const [start, now] = [this.#moment(at), this.#moment(x)];
    if (part === "new") return { from: Math.min(start, now), until: Math.max(start, now) };
    if (part === "from") return { from: Math.min(now, range.until), until: range.until };
    if (part === "until") return { from: range.from, until: Math.max(now, range.from) };
    const by = Math.max(this.extent.from - range.from, Math.min(this.extent.until - range.until, now - start));
    return { from: range.from + by, until: range.until + by };
  }
}
