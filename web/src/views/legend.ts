/** What the colours and shapes of a drawing mean. */

import { h } from "../dom.js";
import { markOf } from "../drawing/marks.js";

export interface Entry {
  readonly name: string;
  readonly colour: string;
  /** The number of its shape (drawing/marks); a circle without. */
  readonly mark?: number;
  /** How many there are, where it is told. */
  readonly count?: string;
}

const SIZE = 14;

/** A list of names with their marks; nothing for a single thing without a name. */
export function legend(entries: readonly Entry[]): HTMLElement | null {
  const named = entries.filter(({ name }) => name !== "");
  if (named.length === 0) return null;
  return h("ul", { class: "legend" }, ...named.map((entry) =>
    h("li", {}, markElement(entry), entry.name, entry.count !== undefined && h("span", { class: "legend-count" }, ` ${entry.count}`))));
}

function markElement({ colour, mark = 0 }: Entry): HTMLElement {
  const ratio = devicePixelRatio;
  const canvas = h("canvas", { class: "legend-mark", width: SIZE * ratio, height: SIZE * ratio, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.scale(ratio, ratio);
  context.fillStyle = colour;
  markOf(mark)(context, SIZE / 2, SIZE / 2, SIZE * 0.36);
  context.fill();
  return canvas;
}
