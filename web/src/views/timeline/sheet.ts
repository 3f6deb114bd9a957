/** The picture of the lanes: a stretch of time, as high as its rows need. */

import { h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import type { Colours } from "../../drawing/colours.js";
import type { Span } from "../../values/span.js";
import { say } from "../words.js";
import type { Zoomed } from "../zoom.js";
import { type Bar, drawLanes, laid, type Laid, type LanesInput } from "./lanes.js";

export interface SheetActs {
  /** What is to be laid out; undefined where there is nothing yet. */
  input(domain: Span, width: number): LanesInput;
  colours(): Colours;
  selected(): ReadonlySet<number>;
  /** The stretch that `fit` shows. */
  whole(): Span;
}

/** Less time than a minute is not shown, nor more than three times the whole. */
const LEAST = 60_000;
const MOST = 3;
const TALLEST = 4000;
const REACH = 3;
const LETTER = 7;

export class Sheet implements Zoomed {
  /** What has the focus and scrolls, and within it what is drawn on. */
  readonly element: HTMLElement;
  readonly surface: HTMLElement;
  domain: Span;
  readonly #canvas: Canvas;
  #input: LanesInput | undefined;
  #laid: Laid = { bars: [], strips: [], headings: [], height: 0 };

  constructor(readonly acts: SheetActs) {
    this.domain = acts.whole();
    this.#canvas = new Canvas((context) => {
      if (this.#input !== undefined) drawLanes(context, this.#input, this.#laid, acts.colours(), acts.selected());
    });
    this.surface = h("div", { class: "timeline-sheet" }, this.#canvas.element);
    const attributes = { class: "timeline-lanes", tabindex: 0, role: "group", "aria-label": say("lanes") };
    this.element = h("div", attributes, this.surface);
  }

  /** Lay out anew: the rows or the stretch have changed. */
  lay(): void {
    if (this.#canvas.width === 0) return;
    this.#input = this.acts.input(this.domain, this.#canvas.width);
    this.#laid = laid(this.#input);
    this.surface.style.height = `${Math.min(TALLEST, Math.max(this.#laid.height, this.element.clientHeight - 2))}px`;
    this.#canvas.fit();
    this.#canvas.soon();
  }

  zoom(factor: number, x = this.#canvas.width / 2): void {
    const { from, until } = this.domain;
    const whole = this.acts.whole();
    const long = (until - from) / factor;
    if (long < LEAST || long > MOST * (whole.until - whole.from)) return;
    const part = x / this.#canvas.width;
    const start = from + part * (until - from) - part * long;
    this.show({ from: start, until: start + long });
  }

  pan(right: number, down: number): void {
    const { from, until } = this.domain;
    const by = (right / this.#canvas.width) * (until - from);
    this.element.scrollTop += down;
    this.show({ from: from + by, until: until + by });
  }

  fit(): void {
    this.show(this.acts.whole());
  }

  show(domain: Span): void {
    this.domain = domain;
    this.lay();
  }

  resize(): void {
    if (this.#canvas.fit()) this.lay();
  }

  /** The bar at a place of the surface, by itself or by its name. */
  at(x: number, y: number): Bar | undefined {
    const beside = ({ top, height }: Bar): boolean => y >= top - 2 && y <= top + height + 2;
    const { bars } = this.#laid;
    return (
      bars.find((bar) => beside(bar) && x >= bar.left - REACH && x <= bar.right + REACH) ??
      bars.find((bar) => beside(bar) && bar.title !== "" && x > bar.right && x < bar.right + bar.title.length * LETTER)
    );
  }

  destroy(): void {
    this.#canvas.destroy();
  }
}
