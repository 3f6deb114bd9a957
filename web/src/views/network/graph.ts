/** The network of a table as the graph that is drawn. */

import type Graph from "graphology";
import type { Network } from "../../values/links.js";

/** More nodes than this are drawn only when asked for: nobody reads more. */
export const SHOWN = 2000;

/** Nodes or links that are added before the page may draw again. */
const STRETCH = 2500;

/**
 * Add to a graph the nodes with the most links until it has `most` of them, and the links between
 * those that it has. It stops after each stretch, so that who takes the next one may rest between.
 */
export function* grow(graph: Graph, { nodes, links }: Network, most: number): Generator<undefined> {
  const degrees = new Map<string, number>();
  for (const { source, target } of links) for (const key of [source, target]) degrees.set(key, (degrees.get(key) ?? 0) + 1);
  const ranked = [...nodes].sort((a, b) => (degrees.get(b.key) ?? 0) - (degrees.get(a.key) ?? 0)).slice(0, most);
  for (const [at, { key, label, kind }] of ranked.entries()) {
    graph.mergeNode(key, { label, kind, size: sizeOf(degrees.get(key) ?? 0) });
    if (at % STRETCH === STRETCH - 1) yield;
  }
  for (const [index, { source, target, label, contested, sources }] of links.entries()) {
    if (!graph.hasNode(source) || !graph.hasNode(target) || graph.hasEdge(String(index))) continue;
    graph.addEdgeWithKey(String(index), source, target, { label, contested, sources });
    if (index % STRETCH === STRETCH - 1) yield;
  }
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
