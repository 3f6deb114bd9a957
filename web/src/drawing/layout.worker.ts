/**
 * ForceAtlas2 in a process beside the page. Not the worker of the package itself, which starts from
 * a Blob: the page's Content-Security-Policy lets only files of the server run.
 */

import iterate from "graphology-layout-forceatlas2/iterate.js";
import type { Begin, Moved } from "./layout.js";

const PER_NODE = 10;
/** How long it works before it tells where the nodes are, in milliseconds. */
const SLICE = 60;

let work: Begin | undefined;
let rounds = 0;

/** Begin with the matrices; each further message asks to go on. */
self.onmessage = ({ data }: MessageEvent<Begin | "on">) => {
  if (data !== "on") {
    work = data;
    rounds = 0;
  }
  if (work !== undefined) self.postMessage(slice(work));
};

function slice({ nodes, edges, settings, most }: Begin): Moved {
  const before = positions(nodes);
  const end = performance.now() + SLICE;
  do {
    iterate(settings, nodes, edges);
    rounds += 1;
  } while (performance.now() < end && rounds < most);
  const after = positions(nodes);
  return { positions: after, done: rounds >= most || still(before, after) };
}

function positions(nodes: Float32Array): Float32Array {
  const found = new Float32Array((nodes.length / PER_NODE) * 2);
  for (let node = 0; node * PER_NODE < nodes.length; node += 1) {
    found[node * 2] = nodes[node * PER_NODE] ?? 0;
    found[node * 2 + 1] = nodes[node * PER_NODE + 1] ?? 0;
  }
  return found;
}

/** Whether nodes move by less than a thousandth of the picture's width, on average. */
function still(before: Float32Array, after: Float32Array): boolean {
  let moved = 0;
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < after.length; at += 1) {
    moved += Math.abs((after[at] ?? 0) - (before[at] ?? 0));
    low = Math.min(low, after[at] ?? 0);
    high = Math.max(high, after[at] ?? 0);
  }
  return moved / Math.max(1, after.length) < (high - low) / 2000;
}
