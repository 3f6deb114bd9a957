/** A canvas that is as sharp as the screen and is drawn at most once a frame. */

import { h } from "../dom.js";

export class Canvas {
  readonly element: HTMLCanvasElement;
  width = 0;
  height = 0;
  #due = 0;

  /** `draw` gets a context in CSS pixels, cleared; `options` are those of the context. */
  constructor(
    readonly draw: (context: CanvasRenderingContext2D) => void,
    readonly options: CanvasRenderingContext2DSettings = {},
  ) {
    this.element = h("canvas");
  }

  /** Take the size of the element around it. Whether it has another now. */
  fit(): boolean {
    const { clientWidth, clientHeight } = this.element.parentElement ?? this.element;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (this.element.width === width && this.element.height === height) return false;
    this.element.width = width;
    this.element.height = height;
    this.width = clientWidth;
    this.height = clientHeight;
    return true;
  }

  /** Draw in the next frame. */
  soon(): void {
    if (this.#due !== 0) return;
    this.#due = requestAnimationFrame(() => this.now());
  }

  now(): void {
    cancelAnimationFrame(this.#due);
    this.#due = 0;
    const context = this.element.getContext("2d", this.options);
    if (context === null || this.width === 0) return;
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.draw(context);
  }

  destroy(): void {
    cancelAnimationFrame(this.#due);
  }
}
