/** The network of a table as the graph that is drawn. */

import type Graph from "graphology";
import type { Network } from "../../values/links.js";

/** More nodes than this are drawn only when asked for: nobody reads more. */
export const SHOWN = 2000;

/**
 * Add to a graph the nodes with the most links until it has `most` of them, and the links between
 * those that it has.
 */
export function grow(graph: Graph, { nodes, links }: Network, most: number): void {
  const degrees = new Map<string, number>();
  for (const { source, target } of links) for (const key of [source, target]) degrees.set(key, (degrees.get(key) ?? 0) + 1);
  const ranked = [...nodes].sort((a, b) => (degrees.get(b.key) ?? 0) - (degrees.get(a.key) ?? 0)).slice(0, most);
  for (const { key, label, kind } of ranked) graph.mergeNode(key, { label, kind, size: sizeOf(degrees.get(key) ?? 0) });
  links.forEach((link, index) => {
    if (!graph.hasNode(link.source) || !graph.hasNode(link.target) || graph.hasEdge(String(index))) return;
    const { label, contested, sources } = link;
    graph.addEdgeWithKey(String(index), link.source, link.target, { label, contested, sources });
  });
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
