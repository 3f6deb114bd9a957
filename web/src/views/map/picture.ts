/** The picture of a map: base map, shapes and marks, seen through a camera. */

import { geoPath } from "d3-geo";
import { h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import type { Rectangle } from "../../drawing/gestures.js";
import { say } from "../words.js";
import type { Zoomed } from "../zoom.js";
import { type Box, Camera } from "./camera.js";
import { extentOf } from "./extent.js";
import { Ground } from "./ground.js";
import { drawMarks, type Palette, type Plane, siteWithin, type Target, targetAt } from "./marks.js";
import { KILOMETRES, projectionFor } from "./projection.js";
import { ScaleBar } from "./scale.js";
import type { PlacesState } from "./state.js";

export interface PictureActs {
  palette(): Palette;
  /** It was drawn; whether places were put together in circles. */
  drawn(together: boolean): void;
}

export class Picture implements Zoomed {
  readonly element: HTMLElement;
  /** The part of the plane that is chosen, and a rectangle of the window that is being dragged out. */
  brush: Box | undefined;
  dragging: Rectangle | undefined;
  readonly #camera = new Camera();
  readonly #plane: Plane;
  readonly #shapes: readonly { readonly site: number; readonly path: Path2D }[];
  readonly #ground: Ground;
  readonly #marks: Canvas;
  readonly #bar: ScaleBar;
  #targets: readonly Target[] = [];

  constructor(
    readonly state: PlacesState,
    readonly acts: PictureActs,
  ) {
    const { sites, shapes } = state.places;
    const projection = projectionFor(sites.map(({ longitude, latitude }) => [longitude, latitude]));
    const placed = sites.map(({ longitude, latitude }) => projection([longitude, latitude]) ?? ([NaN, NaN] as const));
    this.#plane = { xs: Float64Array.from(placed, ([x]) => x), ys: Float64Array.from(placed, ([, y]) => y) };
    this.#shapes = shapes.map(({ geometry, site }) => ({ site, path: new Path2D(geoPath(projection)(geometry) ?? "") }));
    this.#ground = new Ground(projection, this.#camera, () => acts.palette().colours);
    this.#marks = new Canvas((context) => this.#draw(context));
    this.element = h(
      "div",
      { class: "map-stage", tabindex: 0, role: "group", "aria-label": say("map") },
      this.#ground.element,
      this.#marks.element,
      h("p", { class: "map-credit" }, say("credit")),
    );
    this.#bar = new ScaleBar(this.element);
  }

  zoom(factor: number, x?: number, y?: number): void {
    this.#camera.zoom(factor, x, y);
    this.#moved();
  }

  pan(right: number, down: number): void {
    this.#camera.pan(-right, -down);
    this.#moved();
  }

  fit(): void {
    this.#camera.fit(extentOf(this.#plane, this.state.places.sites));
    this.#moved();
  }

  /** The part of the plane that is seen. */
  seen(): Box {
    return this.#camera.seen();
  }

  /** The part of the plane that a rectangle of the window is. */
  boxOf(rectangle: Rectangle): Box {
    const [left, top] = this.#camera.toPlane(rectangle.left, rectangle.top);
    const [right, bottom] = this.#camera.toPlane(rectangle.right, rectangle.bottom);
    return { left, top, right, bottom };
  }

  /** Whether a site is in the brush; undefined without one. */
  inside(): ((site: number) => boolean) | undefined {
    return this.brush && siteWithin(this.#plane, this.brush);
  }

  /** What is at a place of the window. */
  at(x: number, y: number): Target | undefined {
    return targetAt(this.#targets, x, y);
  }

  /** What is to be shown has changed. */
  changed(): void {
    this.#marks.soon();
  }

  recoloured(): void {
    this.#ground.redraw();
    this.#marks.soon();
  }

  /** Take the size of the element; the first time all places are brought into sight. */
  resize(): void {
    const first = this.#marks.width === 0;
    if (![this.#ground.fit(), this.#marks.fit()].includes(true)) return;
    this.#camera.resize(this.#marks.width, this.#marks.height);
    if (first) this.#camera.fit(extentOf(this.#plane, this.state.places.sites));
    this.#ground.redraw();
    this.#marks.now();
  }

  destroy(): void {
    this.#ground.destroy();
    this.#marks.destroy();
  }

  #moved(): void {
    this.#ground.moved();
    this.#marks.soon();
  }

  #draw(context: CanvasRenderingContext2D): void {
    const palette = this.acts.palette();
    this.#drawShapes(context, palette.layers);
    const { targets, together } = drawMarks(context, this.#camera, this.#plane, this.state, palette, this.inside());
    this.#targets = targets;
    const box = this.dragging ?? (this.brush && this.#windowOf(this.brush));
    if (box !== undefined) {
      context.strokeStyle = palette.colours.token("--link");
      context.lineWidth = 2;
      context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    }
    this.#bar.show(this.#camera.scale / KILOMETRES);
    this.acts.drawn(together);
  }

  /** Lines and areas, in the colour of the layer that most of their rows are in. */
  #drawShapes(context: CanvasRenderingContext2D, layers: readonly string[]): void {
    const { scale, x, y } = this.#camera;
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    for (const { path, site } of this.#shapes) {
      if ((this.state.counts[site] ?? 0) === 0) continue;
      context.fillStyle = context.strokeStyle = layers[this.state.layersOf(site)[0]?.layer ?? 0] ?? "";
      context.lineWidth = (this.state.isSelected(site) ? 3 : 1.2) / scale;
      context.globalAlpha = 0.14;
      context.fill(path);
      context.globalAlpha = 0.9;
      context.stroke(path);
    }
    context.restore();
  }

  #windowOf({ left, top, right, bottom }: Box): Rectangle {
    const [x1, y1] = this.#camera.toWindow(left, top);
    const [x2, y2] = this.#camera.toWindow(right, bottom);
    return { left: x1, top: y1, right: x2, bottom: y2 };
  }
}
