/** The base map under the places: drawn larger than the window, moved as a picture, drawn anew in between. */

import type { GeoProjection } from "d3-geo";
import { h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import type { Colours } from "../../drawing/colours.js";
import { Base } from "./base.js";
import { Camera } from "./camera.js";

/** How far it reaches beyond the window on each side, as a part of the window; views.css has the same. */
const MARGIN = 0.2;
/** While one moves it is drawn anew at most so often, in milliseconds; and once one has come to rest. */
const REST = 120;
const MOVING = 400;

export class Ground {
  readonly element: HTMLElement;
  readonly #base: Base;
  readonly #canvas: Canvas;
  /** What it was drawn for. */
  readonly #drawn = new Camera();
  #timer = 0;
  #last = 0;

  constructor(
    projection: GeoProjection,
    readonly camera: Camera,
    readonly colours: () => Colours,
  ) {
    this.#base = new Base(projection, () => this.#canvas.soon());
    this.#canvas = new Canvas((context) => this.#draw(context), { alpha: false, willReadFrequently: true });
    this.element = h("div", { class: "map-ground" }, this.#canvas.element);
  }

  /** The camera has moved. */
  moved(): void {
    const { camera } = this;
    const by = camera.scale / this.#drawn.scale;
    const { style } = this.element;
    style.transformOrigin = `${camera.width * MARGIN}px ${camera.height * MARGIN}px`;
    style.transform = `translate(${camera.x - by * this.#drawn.x}px, ${camera.y - by * this.#drawn.y}px) scale(${by})`;
    clearTimeout(this.#timer);
    if (performance.now() - this.#last > MOVING) this.redraw();
    else this.#timer = setTimeout(() => this.redraw(), REST);
  }

  redraw(): void {
    this.#canvas.soon();
  }

  /** Take the size of the window; whether that is another now. */
  fit(): boolean {
    return this.#canvas.fit();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#canvas.destroy();
  }

  #draw(context: CanvasRenderingContext2D): void {
    const { width, height, x, y, scale } = this.camera;
    Object.assign(this.#drawn, { x, y, scale });
    this.#last = performance.now();
    this.element.style.transform = "";
    // Without a see-through ground and in ordinary memory a large picture is moved faster.
    context.fillStyle = this.colours().token("--water");
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    const wide = new Camera();
    Object.assign(wide, { scale, x: x + width * MARGIN, y: y + height * MARGIN, width: width * (1 + 2 * MARGIN), height: height * (1 + 2 * MARGIN) });
    context.translate(wide.x, wide.y);
    context.scale(scale, scale);
    this.#base.draw(context, wide, this.colours());
  }
}
