/** The network view: the picture, its controls, the link that was chosen, and all links as a list. */

import Graph from "graphology";
import { fill, h } from "../../dom.js";
import { drawNetwork } from "../../drawing/network.js";
import { pause } from "../../pause.js";
import type { Selection } from "../../selection.js";
import type { Table } from "../../table.js";
import { networkOf } from "../../values/links.js";
import type { Drawing } from "../lazy.js";
import { legend } from "../legend.js";
import { helpOf } from "../help.js";
import { say } from "../words.js";
import { zoomButtons, type Zoomed, zoomKeys } from "../zoom.js";
import { grow, hide, SHOWN } from "./graph.js";
import { linkList } from "./list.js";

export function draw(host: HTMLElement, table: Table, selection: Selection): Drawing {
  const network = networkOf(table);
  const rows = (edge: string): readonly number[] => network.links[Number(edge)]?.rows ?? [];
  const stage = h("div", { class: "network-stage", tabindex: 0, role: "group", "aria-label": say("network") });
  const count = h("output", { class: "view-count" });
  const moving = h("button", { type: "button", onclick: () => (drawing.layout.running ? drawing.layout.stop() : begin()) });
  const all = h("button", { type: "button", onclick: () => void showAll() });
  const key = h("div", {});
  const list = linkList(table, network, (link) => selection.select(link.rows));
  const graph = new Graph({ multi: true, type: "directed" });
  for (const _ of grow(graph, network, SHOWN));
  const drawing = drawNetwork(stage, graph, {
    label: say("network-of", { nodes: network.nodes.length, links: network.links.length }),
    onNode: (node, toggle) => choose(graph.edges(node), toggle),
    onEdge: (edge, toggle) => choose([edge], toggle),
    onNothing: () => selection.select([]),
    onRest: tell,
    selected: chosen,
  });
  /** Whether any link is hidden now. */
  let hiding = false;

  function choose(edges: readonly string[], toggle: boolean): void {
    selection.select([...(toggle ? selection.selected : []), ...edges.flatMap(rows)]);
  }

  function chosen(): { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } {
    const edges = new Set<string>();
    const nodes = new Set<string>();
    if (selection.selected.size === 0) return { nodes, edges };
    graph.forEachEdge((edge, _, source, target) => {
      if (!rows(edge).some((row) => selection.selected.has(row))) return;
      edges.add(edge);
      nodes.add(source).add(target);
    });
    return { nodes, edges };
  }

  function update(): void {
    if (hiding || selection.brushed) hide(graph, (edge) => rows(edge).some((row) => selection.passes(row)));
    hiding = selection.brushed;
    drawing.refresh();
    list.update(selection);
    tell();
  }

  function tell(): void {
    const { order, size } = graph;
    const total = network.nodes.length;
    fill(count, say("nodes-of", { shown: order, count: total }), " · ", say("links", { count: size }));
    fill(moving, say(drawing.layout.running ? "stop-layout" : "start-layout"));
    fill(all, say("show-all-nodes", { count: total }));
    all.hidden = order === total;
    fill(key, legend([...drawing.colours()].map(([name, colour]) => ({ name, colour }))));
  }

  function begin(): void {
    drawing.layout.start();
    tell();
  }

  async function showAll(): Promise<void> {
    drawing.layout.stop();
    all.disabled = true;
    for (const _ of grow(graph, network, Infinity)) await pause();
    if (!host.isConnected) return;
    update();
    begin();
  }

  const zoomed: Zoomed = {
    zoom: (factor) => drawing.zoom(factor),
    fit: () => drawing.fit(),
    pan: (right, down) => drawing.pan(right / stage.clientWidth, down / stage.clientHeight),
  };
  host.append(
    h("div", { class: "view-tools" }, count, all, moving, zoomButtons(zoomed)),
    stage,
    key,
    h("div", { class: "view-foot" }, helpOf(stage, say("network-help")), list.element),
  );
  zoomKeys(stage, zoomed);
  const unwatch = selection.watch(update);
  // Once it has a place in the page, and so a size.
  requestAnimationFrame(() => {
    update();
    begin();
  });
  return {
    resize: () => drawing.resize(),
    destroy() {
      unwatch();
      drawing.destroy();
    },
  };
}
