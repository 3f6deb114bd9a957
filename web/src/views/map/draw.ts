/** The map view. */

import { geoPath } from "d3-geo";
import { fill, h } from "../../dom.js";
import { Canvas } from "../../drawing/canvas.js";
import { type Colours, coloursOf, watchColours } from "../../drawing/colours.js";
import { listen, type Rectangle } from "../../drawing/gestures.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { number } from "../../words.js";
import type { Drawing } from "../lazy.js";
import { legend } from "../legend.js";
import { rowList, Tip } from "../tip.js";
import { helpOf } from "../help.js";
import { say } from "../words.js";
import { Base } from "./base.js";
import { type Box, Camera } from "./camera.js";
import { placeList } from "./list.js";
import { drawMarks, siteWithin, type Target, targetAt } from "./marks.js";
import { KILOMETRES, projectionFor } from "./projection.js";
import { ScaleBar } from "./scale.js";
import { placesOf } from "./sites.js";
import { PlacesState } from "./state.js";

const STEP = 60;

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  const places = placesOf(table);
  const projection = projectionFor(places.sites.map(({ longitude, latitude }) => [longitude, latitude]));
  const plane = { xs: new Float64Array(places.sites.length), ys: new Float64Array(places.sites.length) };
  places.sites.forEach(({ longitude, latitude }, site) => [plane.xs[site], plane.ys[site]] = projection([longitude, latitude]) ?? [NaN, NaN]);
  const shapes = places.shapes.map(({ geometry, site }) => ({ site, path: new Path2D(geoPath(projection)(geometry) ?? "") }));
  const state = new PlacesState(places, selection);
  const camera = new Camera();
  let colours: Colours = coloursOf(host);
  let brush: Box | undefined;
  let dragging: Rectangle | undefined;
  let targets: readonly Target[] = [];

  const ground = new Canvas((context) => {
    context.translate(camera.x, camera.y);
    context.scale(camera.scale, camera.scale);
    base.draw(context, camera, colours);
  });
  const marks = new Canvas(paint);
  const stage = h("div", { class: "map-stage", tabindex: 0, role: "group", "aria-label": say("map"), "aria-describedby": "map-help" }, ground.element, marks.element);
  const base = new Base(projection, () => ground.soon());
  const bar = new ScaleBar(stage);
  const tip = new Tip(stage);
  const count = h("output", { class: "view-count" });
  const key = h("div", {});
  const together = h("p", { class: "view-help", hidden: true }, say("together"));
  const brushing = h("button", { type: "button", "aria-pressed": "false", onclick: () => mode(brushing.getAttribute("aria-pressed") !== "true") }, say("brush"));
  const only = h("button", { type: "button", onclick: () => setBrush(camera.seen()) }, say("only-seen"));
  const off = h("button", { type: "button", onclick: () => setBrush(undefined) }, say("no-brush"));
  const list = placeList(places, state, (site) => choose([site], false));

  function layerColours(): string[] {
    const named = colours.kinds(places.layers);
    return places.layers.map((name) => (name === "" ? colours.token("--attack") : (named.get(name) ?? "")));
  }

  function paint(context: CanvasRenderingContext2D): void {
    const palette = { colours, layers: layerColours() };
    drawShapes(context, palette.layers);
    const inside = brush === undefined ? undefined : siteWithin(plane, brush);
    const drawn = drawMarks(context, camera, plane, state, palette, inside);
    targets = drawn.targets;
    together.hidden = !drawn.together;
    const box = dragging ?? (brush && inWindow(brush));
    if (box !== undefined) drawBox(context, box);
    bar.show(camera.scale / KILOMETRES);
  }

  function drawShapes(context: CanvasRenderingContext2D, layers: readonly string[]): void {
    context.save();
    context.translate(camera.x, camera.y);
    context.scale(camera.scale, camera.scale);
    for (const { path, site } of shapes) {
      if ((state.counts[site] ?? 0) === 0) continue;
      context.fillStyle = context.strokeStyle = layers[state.layersOf(site)[0]?.layer ?? 0] ?? "";
      context.lineWidth = (state.isSelected(site) ? 3 : 1.2) / camera.scale;
      context.globalAlpha = 0.14;
      context.fill(path);
      context.globalAlpha = 0.9;
      context.stroke(path);
    }
    context.restore();
  }

  function drawBox(context: CanvasRenderingContext2D, box: Rectangle): void {
    context.strokeStyle = colours.token("--link");
    context.lineWidth = 2;
    context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  }

  function inWindow({ left, top, right, bottom }: Box): Box {
    const [x1, y1] = camera.toWindow(left, top);
    const [x2, y2] = camera.toWindow(right, bottom);
    return { left: x1, top: y1, right: x2, bottom: y2 };
  }

  function moved(): void {
    if (!tip.pinned) tip.hide();
    ground.soon();
    marks.soon();
  }

  function mode(on: boolean): void {
    brushing.setAttribute("aria-pressed", String(on));
    stage.classList.toggle("brushing", on);
  }

  function setBrush(box: Box | undefined): void {
    brush = box;
    const inside = box && siteWithin(plane, box);
    selection.brush("map", inside && ((row) => inside(places.siteOf[row] ?? -1)));
  }

  function choose(sites: readonly number[], toggle: boolean): void {
    const rows = sites.flatMap((site) => state.rowsOf(site));
    selection.select([...(toggle ? selection.selected : []), ...rows]);
  }

  function describe(target: Target, pinned: boolean): void {
    const rows = target.sites.flatMap((site) => state.rowsOf(site));
    const site = target.sites.length === 1 ? places.sites[target.sites[0] ?? -1] : undefined;
    const about = site === undefined ? say("places-together", { count: target.sites.length }) : site.precision;
    const near = site !== undefined && site.radius > 0 ? say("within-km", { count: site.radius }) : "";
    tip.show(target.x, target.y, pinned, site?.name !== "" && h("strong", {}, site?.name),
      h("span", { class: "tip-about" }, [about, near, say("rows", { count: rows.length })].filter((text) => text !== "" && text !== undefined).join(" · ")),
      rowList(table, rows));
  }

  function update(): void {
    if (brush !== undefined && !selection.brushed) brush = undefined;
    state.refresh();
    const totals = state.totals();
    const shown = totals.reduce((sum, each) => sum + each, 0);
    const palette = layerColours();
    fill(count, say("rows-on-map", { shown, count: table.rows.length }));
    fill(key, legend(places.layers.map((name, layer) => ({ name, colour: palette[layer] ?? "", mark: layer, count: number(totals[layer] ?? 0) }))));
    off.hidden = brush === undefined;
    list.update();
    marks.soon();
  }

  function resize(): void {
    const first = camera.width <= 1;
    const changed = [ground.fit(), marks.fit()].includes(true);
    if (!changed) return;
    camera.resize(marks.width, marks.height);
    if (first) camera.fit(extent());
    ground.now();
    marks.now();
  }

  function extent(): Box {
    return boxOf(plane.xs, plane.ys, (site) => (places.sites[site]?.radius ?? 0) / KILOMETRES);
  }

  function refit(): void {
    camera.fit(extent());
    moved();
  }

  listen(stage, {
    brushing: () => brushing.getAttribute("aria-pressed") === "true",
    pan: (right, down) => (camera.pan(right, down), moved()),
    zoom: (factor, x, y) => (camera.zoom(factor, x, y), moved()),
    brush: (box, done) => {
      dragging = done ? undefined : box;
      if (done) {
        const [left, top] = camera.toPlane(box.left, box.top);
        const [right, bottom] = camera.toPlane(box.right, box.bottom);
        setBrush({ left, top, right, bottom });
      }
      marks.soon();
    },
    point: (x, y) => {
      const target = targetAt(targets, x, y);
      stage.classList.toggle("over", target !== undefined);
      if (tip.pinned) return;
      if (target === undefined) tip.hide();
      else describe(target, false);
    },
    leave: () => tip.pinned || tip.hide(),
    choose: (x, y, toggle) => {
      const target = targetAt(targets, x, y);
      if (target === undefined) {
        tip.hide();
        return selection.select([]);
      }
      choose(target.sites, toggle);
      describe(target, true);
    },
  });
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      "+": () => camera.zoom(1.5), "-": () => camera.zoom(1 / 1.5), "0": refit,
      ArrowLeft: () => camera.pan(STEP, 0), ArrowRight: () => camera.pan(-STEP, 0),
      ArrowUp: () => camera.pan(0, STEP), ArrowDown: () => camera.pan(0, -STEP),
      Enter: () => setBrush(camera.seen()),
      Escape: () => (tip.hide(), setBrush(undefined)),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    act();
    moved();
    event.preventDefault();
  });

  const button = (name: "nearer" | "farther" | "fit", sign: string, act: () => void): HTMLElement =>
    h("button", { type: "button", "aria-label": say(name), title: say(name), onclick: act }, sign);
  host.append(
    h("div", { class: "view-tools" }, count, brushing, only, off,
      button("nearer", "+", () => (camera.zoom(1.5), moved())), button("farther", "−", () => (camera.zoom(1 / 1.5), moved())), button("fit", "⤢", refit)),
    stage, key, together,
    h("div", { class: "view-foot" }, helpOf("map-help", say("map-help")), list.element),
  );
  stage.append(h("p", { class: "map-credit" }, say("credit")));
  const unwatch = selection.watch(update);
  const uncolour = watchColours(() => {
    colours = coloursOf(host);
    update();
    ground.soon();
  });
  const observer = new ResizeObserver(resize);
  observer.observe(stage);
  update();
  return {
    resize,
    destroy() {
      observer.disconnect();
      unwatch();
      uncolour();
      ground.destroy();
      marks.destroy();
    },
  };
}

/** What holds all places and their reach; a part of the world where there is but one place, or none. */
function boxOf(xs: Float64Array, ys: Float64Array, reach: (site: number) => number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  xs.forEach((x, site) => {
    const y = ys[site] ?? NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    left = Math.min(left, x - reach(site));
    right = Math.max(right, x + reach(site));
    top = Math.min(top, y - reach(site));
    bottom = Math.max(bottom, y + reach(site));
  });
  if (!Number.isFinite(left)) return { left: -2700, top: -1300, right: 2700, bottom: 1300 };
  const least = 600 / KILOMETRES;
  const [wide, tall] = [Math.max(0, least - (right - left)) / 2, Math.max(0, least - (bottom - top)) / 2];
  return { left: left - wide, top: top - tall, right: right + wide, bottom: bottom + tall };
}
