/** What the colours of a drawing mean. */

import { h } from "../dom.js";

export interface Entry {
  readonly name: string;
  readonly colour: string;
  /** How many there are, where it is told. */
  readonly count?: string;
}

/** A list of names with their colours; nothing for a single thing without a name. */
export function legend(entries: readonly Entry[]): HTMLElement | null {
  const named = entries.filter(({ name }) => name !== "");
  if (named.length === 0) return null;
  return h("ul", { class: "legend" }, ...named.map(({ name, colour, count }) => {
    const mark = h("span", { class: "legend-mark", "aria-hidden": "true" });
    mark.style.backgroundColor = colour;
    return h("li", {}, mark, name, count !== undefined && h("span", { class: "legend-count" }, ` ${count}`));
  }));
}
