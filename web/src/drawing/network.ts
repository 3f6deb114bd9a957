/**
 * A graph drawn with WebGL: nodes by kind, parallel edges curved, contested ones dashed.
 *
 * The graph is the caller's (graphology, multi, directed) and may change at any time; call
 * `refresh` after it has. What is drawn is told by its attributes:
 *
 * - nodes: `label`, `kind` (gives the colour), `size` in pixels (4 without), `x`, `y`, `fixed`,
 *   `hidden`, `forceLabel`
 * - edges: `label`, `kind` (gives the colour), `contested`, `sources` (how many tell of it: the
 *   width), `hidden`
 */

import type Graph from "graphology";
import Sigma from "sigma";
import { NodePointProgram } from "sigma/rendering";
import { h } from "../dom.js";
import { type Colours, coloursOf, watchColours } from "./colours.js";
import { curvatures, PROGRAMS, shapeOf } from "./edges.js";
import { hoverDrawer, labelDrawer } from "./labels.js";
import { Layout, scatter } from "./layout.js";
import { say } from "./words.js";

export interface NetworkOptions {
  /** A node was clicked. `toggle` says that Control, Shift or Command was held. */
  onNode?(node: string, toggle: boolean): void;
  onEdge?(edge: string, toggle: boolean): void;
  /** The ground was clicked. */
  onNothing?(): void;
  /** The pointer is over a node or an edge, or over neither. */
  onHover?(what: { node?: string; edge?: string }): void;
  /** The layout has come to rest or was stopped. */
  onRest?(): void;
  /** What stands out; the rest is drawn faintly while `selected` is not empty. */
  selected?(): { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };
  /** The order of the kinds, which gives them their colours; without it as they come. */
  kinds?: readonly string[];
  /** The token of a kind's colour, such as `--attack`; without it colours are given by name and order. */
  tokenOf?(kind: string): string;
  /** The name of the picture for those who do not see it. */
  label: string;
}

export interface NetworkDrawing {
  /** Whether there is a picture; without WebGL there is only a text that says so. */
  readonly drawn: boolean;
  /** The colours of the kinds, for a legend. */
  colours(): ReadonlyMap<string, string>;
  /** The graph, or what is selected, has changed. */
  refresh(): void;
  /** The host has another size. */
  resize(): void;
  readonly layout: { start(): void; stop(): void; readonly running: boolean };
  /** Bring a node to the middle. */
  focus(node: string): void;
  /** Nearer by a factor; below 1 farther. */
  zoom(factor: number): void;
  /** Move by a part of the width and the height. */
  pan(right: number, down: number): void;
  /** Show all. */
  fit(): void;
  destroy(): void;
}

const SIZE = 4;
/** The most that a picture is laid out wider than high. */
const WIDEST = 2.2;
const THIN = { type: "thin" };
/** Up to this many nodes all have their names beside them. */
const ALL_NAMED = 40;
/**
 * Above this many nodes and edges together the picture is a plain one, for the sake of those without
 * a graphics processor: points, and thin lines that cannot be chosen and are not drawn while one
 * moves the picture or it is laid out.
 */
const MANY = 6000;

/** Draw a graph in an element that has a height. */
export function drawNetwork(host: HTMLElement, graph: Graph, options: NetworkOptions): NetworkDrawing {
  scatter(graph);
  if (!webgl()) {
    host.append(h("p", { class: "view-note network-without" }, say("no-webgl")));
    return undrawn(graph);
  }
  const picture = new Picture(graph, options);
  const layer = h("div", { class: "network-picture", role: "img", "aria-label": options.label });
  host.append(layer);
  return picture.draw(layer);
}

class Picture {
  #colours: Colours | undefined;
  #kinds = new Map<string, string>();
  #bends = new Map<string, number>();
  #layout: Layout | undefined;
  #plain = false;
  #selected: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } | undefined;

  constructor(
    readonly graph: Graph,
    readonly options: NetworkOptions,
  ) {}

  draw(layer: HTMLElement): NetworkDrawing {
    this.#read(layer);
    const sigma = new Sigma(this.graph, layer, this.#settings());
    const layout = new Layout(this.graph, () => {
      if (this.#plain) sigma.refresh();
      this.options.onRest?.();
    });
    this.#layout = layout;
    const stretch = (): void => {
      layout.stretch = Math.max(1, Math.min(WIDEST, layer.clientWidth / Math.max(1, layer.clientHeight)));
    };
    stretch();
    const refresh = (): void => {
      if (!layout.running) stretch();
      scatter(this.graph);
      this.#read(layer);
      sigma.setSettings({ enableEdgeEvents: !this.#plain, hideEdgesOnMove: this.#plain });
      sigma.refresh();
    };
    const unwatch = watchColours(refresh);
    this.#listen(sigma);
    const camera = sigma.getCamera();
    const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300;
    return {
      drawn: true,
      layout,
      refresh,
      colours: () => this.#kinds,
      resize: () => {
        stretch();
        sigma.resize();
        sigma.refresh();
      },
      zoom: (factor) => void camera.animate({ ratio: camera.ratio / factor }, { duration }),
      pan: (right, down) => void camera.animate({ x: camera.x + right * camera.ratio, y: camera.y - down * camera.ratio }, { duration }),
      fit: () => void camera.animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration }),
      focus: (node) => {
        const { x = 0.5, y = 0.5 } = sigma.getNodeDisplayData(node) ?? {};
        void camera.animate({ x, y, ratio: Math.min(camera.ratio, 0.6) }, { duration });
      },
      destroy: () => {
        layout.stop();
        unwatch();
        sigma.kill();
      },
    };
  }

  #read(element: Element): void {
    this.#colours = coloursOf(element);
    const kinds = new Set(this.options.kinds ?? []);
    this.graph.forEachNode((_, { kind }) => void kinds.add(String(kind ?? "")));
    this.graph.forEachEdge((_, { kind }) => void (kind !== undefined && kinds.add(String(kind))));
    const { tokenOf } = this.options;
    this.#kinds = tokenOf === undefined
      ? this.#colours.kinds([...kinds])
      : new Map([...kinds].map((kind) => [kind, this.#token(tokenOf(kind))]));
    this.#plain = this.graph.order + this.graph.size > MANY;
    this.#bends = this.#plain ? new Map() : curvatures(this.graph);
    const chosen = this.options.selected?.();
    this.#selected = chosen !== undefined && chosen.nodes.size + chosen.edges.size > 0 ? chosen : undefined;
  }

  #settings(): ConstructorParameters<typeof Sigma>[2] {
    const colours = (): Colours => this.#colours as Colours;
    return {
      allowInvalidContainer: true,
      enableEdgeEvents: !this.#plain,
      hideEdgesOnMove: this.#plain,
      zIndex: true,
      minEdgeThickness: 1.2,
      labelFont: getComputedStyle(document.body).getPropertyValue("--sans").trim() || "sans-serif",
      labelSize: 13,
      labelDensity: 0.8,
      labelRenderedSizeThreshold: 5,
      stagePadding: 40,
      edgeProgramClasses: PROGRAMS,
      nodeProgramClasses: { point: NodePointProgram },
      defaultEdgeType: "straight",
      defaultDrawNodeLabel: labelDrawer(colours),
      defaultDrawNodeHover: hoverDrawer(colours),
      nodeReducer: (node, data) => this.#node(node, data),
      edgeReducer: (edge, data) => this.#edge(edge, data),
    };
  }

  #node(node: string, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const faint = this.#selected !== undefined && !this.#selected.nodes.has(node);
    return {
      ...data,
      // A node that was just added has its place after the next refresh.
      x: Number(data["x"] ?? 0),
      y: Number(data["y"] ?? 0),
      size: Number(data["size"] ?? SIZE),
      color: faint ? this.#token("--line") : this.#kinds.get(String(data["kind"] ?? "")),
      label: faint ? null : data["label"],
      forceLabel: data["forceLabel"] === true || this.#selected?.nodes.has(node) === true || (!faint && this.graph.order <= ALL_NAMED),
      zIndex: faint ? 0 : 1,
      type: this.#plain ? "point" : "circle",
    };
  }

  #edge(edge: string, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const faint = this.#selected !== undefined && !this.#selected.edges.has(edge);
    const own = data["kind"] === undefined ? undefined : this.#kinds.get(String(data["kind"]));
    return {
      ...data,
      ...(this.#plain ? THIN : shapeOf(this.#bends.get(edge), data["contested"] === true)),
      hidden: data["hidden"] === true || (this.#plain && this.#layout?.running === true),
      size: 1 + Math.min(5, Number(data["sources"] ?? 1)) * 0.6,
      color: faint ? this.#token("--line") : (own ?? this.#token("--border")),
      label: null,
      zIndex: faint ? 0 : 1,
    };
  }

  #token(name: string): string {
    return this.#colours?.token(name) ?? "";
  }

  #listen(sigma: Sigma): void {
    const { options } = this;
    const held = ({ original }: { original: MouseEvent | TouchEvent }) => original.ctrlKey || original.shiftKey || original.metaKey;
    sigma.on("clickNode", ({ node, event }) => options.onNode?.(node, held(event)));
    sigma.on("clickEdge", ({ edge, event }) => options.onEdge?.(edge, held(event)));
    sigma.on("clickStage", () => options.onNothing?.());
    sigma.on("enterNode", ({ node }) => options.onHover?.({ node }));
    sigma.on("leaveNode", () => options.onHover?.({}));
    sigma.on("enterEdge", ({ edge }) => options.onHover?.({ edge }));
    sigma.on("leaveEdge", () => options.onHover?.({}));
  }
}

function webgl(): boolean {
  const canvas = document.createElement("canvas");
  return canvas.getContext("webgl2") !== null || canvas.getContext("webgl") !== null;
}

/** What stands in for a picture: the graph may change as ever, and nothing is shown. */
function undrawn(graph: Graph): NetworkDrawing {
  const nothing = (): void => undefined;
  return {
    drawn: false,
    colours: () => new Map(),
    refresh: () => scatter(graph),
    resize: nothing,
    layout: { start: nothing, stop: nothing, running: false },
    focus: nothing,
    zoom: nothing,
    pan: nothing,
    fit: nothing,
    destroy: nothing,
  };
}
