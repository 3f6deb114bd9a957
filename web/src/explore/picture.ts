/** The picture: what is shown, as a graph that keeps its places from one state to the next. */

import Graph from "graphology";
import { drawNetwork, type NetworkDrawing } from "../drawing/network.js";
import { contested, type Group, sources, type Thing } from "./things.js";
import type { Shown } from "./shown.js";
import type { State } from "./state.js";
import { say } from "./words.js";

export interface Handlers {
  choose(key: string): void;
  hover(key: string): void;
  rest(): void;
}

/** The colours of the broad classes, and of lines that somebody contradicts. */
const TOKENS: Readonly<Record<Group | "contested", string>> = {
  attack: "--attack", conflict: "--series-5", diplomacy: "--negotiation", statement: "--statement",
  actor: "--series-1", place: "--series-3", other: "--other", contested: "--against",
};

export class Picture {
  readonly graph = new Graph({ multi: true, type: "directed" });
  readonly #drawing: NetworkDrawing;
  #chosen = "";

  constructor(host: HTMLElement, handlers: Handlers) {
    this.#drawing = drawNetwork(host, this.graph, {
      label: say("picture"),
      tokenOf: (kind) => TOKENS[kind as keyof typeof TOKENS] ?? "--edge",
      onNode: (node) => handlers.choose(node),
      onEdge: (edge) => handlers.choose(edge),
      onNothing: () => handlers.choose(""),
      onHover: ({ node, edge }) => handlers.hover(node ?? edge ?? ""),
      onRest: handlers.rest,
      selected: () => this.#around(),
    });
  }

  /** Show this; `hidden` are the keys of what lies outside the window. */
  show(shown: Shown, state: State, hidden: ReadonlySet<string>): void {
    const before = this.graph.nodes().join("\n") + this.graph.size;
    this.#drop(shown);
    for (const thing of shown.things.values()) this.#node(thing, state, shown, hidden.has(thing.iri));
    for (const tie of shown.ties.values()) {
      const against = contested(tie);
      const attributes = { label: tie.label, kind: against ? "contested" : "tie", contested: against, sources: sources(tie), hidden: hidden.has(tie.id) };
      if (this.graph.hasEdge(tie.id)) this.graph.mergeEdgeAttributes(tie.id, attributes);
      else this.graph.addDirectedEdgeWithKey(tie.id, tie.source, tie.target, attributes);
    }
    this.#drawing.refresh();
    if (before !== this.graph.nodes().join("\n") + this.graph.size) this.#drawing.layout.start();
  }

  choose(key: string): void {
    this.#chosen = key;
    this.#drawing.refresh();
  }

  placeOf(node: string): readonly [number, number] {
    const { x = 0, y = 0 } = this.graph.getNodeAttributes(node) as { x?: number; y?: number };
    return [x, y];
  }

  colourOf(group: Group): string {
    return this.#drawing.colours().get(group) ?? "";
  }

  get drawing(): NetworkDrawing {
    return this.#drawing;
  }

  #drop(shown: Shown): void {
    for (const edge of this.graph.edges()) if (!shown.ties.has(edge)) this.graph.dropEdge(edge);
    for (const node of this.graph.nodes()) if (!shown.things.has(node)) this.graph.dropNode(node);
  }

  /** What is new appears beside what it is tied to, so that the eye can follow. */
  #node(thing: Thing, state: State, shown: Shown, hidden: boolean): void {
    const start = state.entities.includes(thing.iri);
    const pin = state.pinned.get(thing.iri);
    const attributes = {
      label: thing.label,
      kind: thing.group,
      hidden,
      size: thing.many !== undefined ? Math.min(26, 12 + 3 * Math.log10(thing.many)) : start ? 11 : 7,
      fixed: pin !== undefined,
      forceLabel: start || thing.many !== undefined,
      ...(pin && { x: pin[0], y: pin[1] }),
    };
    if (this.graph.hasNode(thing.iri)) this.graph.mergeNodeAttributes(thing.iri, attributes);
    else this.graph.addNode(thing.iri, { ...this.#beside(thing.iri, shown), ...attributes });
  }

  #beside(iri: string, shown: Shown): { x: number; y: number } {
    const turn = this.graph.order * Math.PI * (3 - Math.sqrt(5));
    for (const { source, target } of shown.ties.values()) {
      const other = source === iri ? target : target === iri ? source : undefined;
      if (other === undefined || !this.graph.hasNode(other)) continue;
      const [x, y] = this.placeOf(other);
      return { x: x + 12 * Math.cos(turn), y: y + 12 * Math.sin(turn) };
    }
    const radius = 10 * Math.sqrt(this.graph.order);
    return { x: radius * Math.cos(turn), y: radius * Math.sin(turn) };
  }

  /** What is chosen, and what it is tied to. */
  #around(): { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } {
    const { graph } = this;
    if (graph.hasNode(this.#chosen)) {
      return { nodes: new Set([this.#chosen, ...graph.neighbors(this.#chosen)]), edges: new Set(graph.edges(this.#chosen)) };
    }
    if (graph.hasEdge(this.#chosen)) return { nodes: new Set(graph.extremities(this.#chosen)), edges: new Set([this.#chosen]) };
    return { nodes: new Set(), edges: new Set() };
  }
}

/** What a broad class is called. */
export function groupName(group: Group): string {
  return say(`group-${group}`);
}
