/** The network of a table as the graph that is drawn. */

import Graph from "graphology";
import type { Network } from "../../values/links.js";

/** More nodes than this are drawn only when asked for: nobody reads more. */
export const SHOWN = 2000;

export interface Shown {
  readonly graph: Graph;
  /** How many nodes the network has in all. */
  readonly all: number;
}

/** Make the graph of the nodes with the most links, `most` of them, and the links between these. */
export function graphOf({ nodes, links }: Network, most: number): Shown {
  const degrees = new Map<string, number>();
  for (const { source, target } of links) for (const key of [source, target]) degrees.set(key, (degrees.get(key) ?? 0) + 1);
  const ranked = [...nodes].sort((a, b) => (degrees.get(b.key) ?? 0) - (degrees.get(a.key) ?? 0)).slice(0, most);
  const graph = new Graph({ multi: true, type: "directed" });
  for (const { key, label, kind } of ranked) graph.addNode(key, { label, kind, size: sizeOf(degrees.get(key) ?? 0) });
  links.forEach((link, index) => {
    if (!graph.hasNode(link.source) || !graph.hasNode(link.target)) return;
    const { label, contested, sources } = link;
    graph.addEdgeWithKey(String(index), link.source, link.target, { label, contested, sources });
  });
  return { graph, all: nodes.length };
}

/** Hide the links that `passes` does not let through, and the nodes that have none left. */
export function hide(graph: Graph, passes: (edge: string) => boolean): void {
  const seen = new Set<string>();
  graph.updateEachEdgeAttributes(
    (edge, attributes, source, target) => {
      const hidden = !passes(edge);
      if (!hidden) seen.add(source).add(target);
      return { ...attributes, hidden };
    },
    { attributes: ["hidden"] },
  );
  graph.updateEachNodeAttributes((node, attributes) => ({ ...attributes, hidden: !seen.has(node) }), { attributes: ["hidden"] });
}

function sizeOf(degree: number): number {
  return Math.min(18, 4 + Math.sqrt(degree) * 1.4);
}
