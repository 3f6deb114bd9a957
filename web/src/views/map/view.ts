/** The map and what is around it. */

import { fill, h } from "../../dom.js";
import { type Colours, coloursOf, watchColours } from "../../drawing/colours.js";
import { listen } from "../../drawing/gestures.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { number } from "../../words.js";
import { helpOf } from "../help.js";
import type { Drawing } from "../lazy.js";
import { legend } from "../legend.js";
import { rowList, Tip } from "../tip.js";
import { say } from "../words.js";
import { zoomButtons, zoomKeys } from "../zoom.js";
import type { Box } from "./camera.js";
import { placeList } from "./list.js";
import type { Target } from "./marks.js";
import { Picture } from "./picture.js";
import { type Places, placesOf } from "./sites.js";
import { PlacesState } from "./state.js";

export class MapView implements Drawing {
  readonly #places: Places;
  readonly #state: PlacesState;
  readonly #picture: Picture;
  readonly #tip: Tip;
  readonly #count = h("output", { class: "view-count" });
  readonly #legend = h("div", {});
  readonly #together = h("p", { class: "view-help", hidden: true }, say("together"));
  readonly #brushing: HTMLButtonElement;
  readonly #off: HTMLButtonElement;
  readonly #list: ReturnType<typeof placeList>;
  readonly #observer: ResizeObserver;
  readonly #ends: readonly (() => void)[];
  #colours: Colours;

  constructor(
    host: HTMLElement,
    readonly table: Table,
    readonly selection: Selection,
  ) {
    this.#places = placesOf(table);
    this.#state = new PlacesState(this.#places, selection);
    this.#colours = coloursOf(host);
    this.#picture = new Picture(this.#state, {
      palette: () => ({ colours: this.#colours, layers: this.#layerColours() }),
      drawn: (together) => (this.#together.hidden = !together),
    });
    this.#tip = new Tip(this.#picture.element);
    this.#list = placeList(this.#places, this.#state, (site) => this.#choose([site], false));
    this.#brushing = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.#toggle() }, say("brush"));
    this.#off = h("button", { type: "button", onclick: () => this.#brush(undefined) }, say("no-brush"));
    host.append(...this.#parts());
    this.#listen();
    this.#ends = [selection.watch(() => this.#update()), watchColours(() => this.#recolour(host))];
    this.#observer = new ResizeObserver(() => this.resize());
    this.#observer.observe(this.#picture.element);
    this.#update();
  }

  resize(): void {
    this.#picture.resize();
  }

  destroy(): void {
    this.#observer.disconnect();
    for (const end of this.#ends) end();
    this.#picture.destroy();
  }

  #parts(): HTMLElement[] {
    const only = h("button", { type: "button", onclick: () => this.#brush(this.#picture.seen()) }, say("only-seen"));
    return [
      h("div", { class: "view-tools" }, this.#count, this.#brushing, only, this.#off, zoomButtons(this.#picture)),
      this.#picture.element,
      this.#legend,
      this.#together,
      h("div", { class: "view-foot" }, helpOf(this.#picture.element, say("map-help")), this.#list.element),
    ];
  }

  #layerColours(): string[] {
    const named = this.#colours.kinds(this.#places.layers);
    return this.#places.layers.map((name) => (name === "" ? this.#colours.token("--attack") : (named.get(name) ?? "")));
  }

  #recolour(host: HTMLElement): void {
    this.#colours = coloursOf(host);
    this.#update();
    this.#picture.recoloured();
  }

  /** What passes or is selected has changed. */
  #update(): void {
    if (!this.selection.brushed) this.#picture.brush = undefined;
    this.#state.refresh();
    const totals = this.#state.totals();
    const palette = this.#layerColours();
    const shown = totals.reduce((sum, each) => sum + each, 0);
    fill(this.#count, say("rows-on-map", { shown, count: this.table.rows.length }));
    fill(this.#legend, legend(this.#places.layers.map((name, layer) => ({ name, colour: palette[layer] ?? "", mark: layer, count: number(totals[layer] ?? 0) }))));
    this.#off.hidden = this.#picture.brush === undefined;
    this.#list.update();
    this.#picture.changed();
  }

  #toggle(): void {
    const on = this.#brushing.getAttribute("aria-pressed") !== "true";
    this.#brushing.setAttribute("aria-pressed", String(on));
    this.#picture.element.classList.toggle("brushing", on);
  }

  #brush(box: Box | undefined): void {
    this.#picture.brush = box;
    const inside = this.#picture.inside();
    this.selection.brush("map", inside && ((row) => inside(this.#places.siteOf[row] ?? -1)));
  }

  #choose(sites: readonly number[], toggle: boolean): void {
    const rows = sites.flatMap((site) => this.#state.rowsOf(site));
    this.selection.select([...(toggle ? this.selection.selected : []), ...rows]);
  }

  #describe(target: Target, pinned: boolean): void {
    const rows = target.sites.flatMap((site) => this.#state.rowsOf(site));
    const site = target.sites.length === 1 ? this.#places.sites[target.sites[0] ?? -1] : undefined;
    const about = [
      site === undefined ? say("places-together", { count: target.sites.length }) : site.precision,
      site !== undefined && site.radius > 0 ? say("within-km", { count: site.radius }) : "",
      say("rows", { count: rows.length }),
    ];
    this.#tip.show(
      target.x, target.y, pinned,
      site !== undefined && site.name !== "" && h("strong", {}, site.name),
      h("span", { class: "tip-about" }, about.filter((text) => text !== "").join(" · ")),
      rowList(this.table, rows),
    );
  }

  #leave(): void {
    if (!this.#tip.pinned) this.#tip.hide();
  }

  #listen(): void {
    const picture = this.#picture;
    listen(picture.element, {
      brushing: () => this.#brushing.getAttribute("aria-pressed") === "true",
      pan: (right, down) => (this.#leave(), picture.pan(-right, -down)),
      zoom: (factor, x, y) => (this.#leave(), picture.zoom(factor, x, y)),
      brush: (rectangle, done) => {
        picture.dragging = done ? undefined : rectangle;
        if (done) this.#brush(picture.boxOf(rectangle));
        else picture.changed();
      },
      point: (x, y) => this.#point(picture.at(x, y)),
      leave: () => this.#leave(),
      choose: (x, y, toggle) => this.#pick(picture.at(x, y), toggle),
    });
    zoomKeys(picture.element, picture, {
      Enter: () => this.#brush(picture.seen()),
      Escape: () => (this.#tip.hide(), this.#brush(undefined)),
    });
  }

  #point(target: Target | undefined): void {
    this.#picture.element.classList.toggle("over", target !== undefined);
    if (this.#tip.pinned) return;
    if (target === undefined) this.#tip.hide();
    else this.#describe(target, false);
  }

  #pick(target: Target | undefined, toggle: boolean): void {
    if (target === undefined) {
      this.#tip.hide();
      return this.selection.select([]);
    }
    this.#choose(target.sites, toggle);
    this.#describe(target, true);
  }
}
