/** The layout of a graph, worked out beside the page and shown as it goes. */

import type Graph from "graphology";
import address from "./layout.worker.js?file";

export interface Settings {
  readonly [name: string]: number | boolean;
}

/** What the worker begins with: ForceAtlas2's matrices, and the most rounds that it makes. */
export interface Begin {
  readonly nodes: Float32Array;
  readonly edges: Float32Array;
  readonly settings: Settings;
  readonly most: number;
}

/** Where the nodes are now: x and y in the order of the graph's nodes. */
export interface Moved {
  readonly positions: Float32Array;
  readonly done: boolean;
}

const PER_NODE = 10;
const PER_EDGE = 3;
/** The most rounds; a large graph comes to rest slowly, and each of its rounds takes long. */
const ROUNDS = 1200;

export class Layout {
  #worker: Worker | undefined;
  /** How much wider than high the picture is; names lie flat, and so room is wanted to the sides. */
  stretch = 1;

  /** `ended` is called when the layout comes to rest or is stopped. */
  constructor(
    readonly graph: Graph,
    readonly ended: () => void = () => undefined,
  ) {}

  get running(): boolean {
    return this.#worker !== undefined;
  }

  /** Lay out from where the nodes are. Nodes with the attribute `fixed` keep their places. */
  start(): void {
    this.stop();
    const { graph } = this;
    if (graph.order < 2) return;
    const keys = graph.nodes();
    const worker = new Worker(new URL(address, import.meta.url));
    worker.onmessage = ({ data }: MessageEvent<Moved>) => {
      // Nodes that came or went meanwhile: whoever changed the graph starts the layout again.
      if (keys.length !== graph.order) return this.stop();
      place(graph, keys, data.positions, this.stretch);
      if (data.done) this.stop();
      else requestAnimationFrame(() => worker.postMessage("on"));
    };
    this.#worker = worker;
    worker.postMessage({ ...matrices(graph, this.stretch), settings: settingsFor(graph), most: ROUNDS } satisfies Begin);
  }

  stop(): void {
    if (this.#worker === undefined) return;
    this.#worker.terminate();
    this.#worker = undefined;
    this.ended();
  }
}

/** Give a place to the nodes that have none: a spiral, the same for the same nodes. */
export function scatter(graph: Graph): void {
  const turn = Math.PI * (3 - Math.sqrt(5));
  if (graph.everyNode((_, { x, y }) => Number.isFinite(x) && Number.isFinite(y))) return;
  let at = 0;
  graph.updateEachNodeAttributes((_, attributes) => {
    at += 1;
    if (Number.isFinite(attributes["x"]) && Number.isFinite(attributes["y"])) return attributes;
    const radius = 10 * Math.sqrt(at);
    return { ...attributes, x: radius * Math.cos(at * turn), y: radius * Math.sin(at * turn) };
  });
}

function place(graph: Graph, keys: readonly string[], positions: Float32Array, stretch: number): void {
  const index = new Map(keys.map((key, at) => [key, at]));
  graph.updateEachNodeAttributes(
    (key, attributes) => {
      const at = index.get(key);
      if (at === undefined || attributes["fixed"] === true) return attributes;
      attributes["x"] = (positions[at * 2] ?? 0) * stretch;
      attributes["y"] = positions[at * 2 + 1];
      return attributes;
    },
    { attributes: ["x", "y"] },
  );
}

function matrices(graph: Graph, stretch: number): Pick<Begin, "nodes" | "edges"> {
  const nodes = new Float32Array(graph.order * PER_NODE);
  const edges = new Float32Array(graph.size * PER_EDGE);
  const offsets = new Map<string, number>();
  graph.forEachNode((key, { x, y, size, fixed }) => {
    const at = offsets.size * PER_NODE;
    offsets.set(key, at);
    nodes.set([Number(x) / stretch, Number(y), 0, 0, 0, 0, 1, 1, Number(size ?? 4), fixed === true ? 1 : 0], at);
  });
  let at = 0;
  graph.forEachEdge((_, __, source, target) => {
    const [from = 0, to = 0] = [offsets.get(source), offsets.get(target)];
    nodes[from + 6] = (nodes[from + 6] ?? 0) + 1;
    nodes[to + 6] = (nodes[to + 6] ?? 0) + 1;
    edges.set([from, to, 1], at);
    at += PER_EDGE;
  });
  return { nodes, edges };
}

/** As the package's `inferSettings` has it, with room between nodes for their names. */
function settingsFor(graph: Graph): Settings {
  return {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 10,
    strongGravityMode: true,
    // Parts that nothing joins drift apart; in a small picture they are held near each other.
    gravity: Math.max(0.05, 8 / graph.order),
    slowDown: 1 + Math.log(graph.order),
    barnesHutOptimize: graph.order > 1000,
    barnesHutTheta: 0.6,
  };
}
