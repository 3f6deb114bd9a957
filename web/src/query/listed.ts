/** A list that is narrowed by typing: each entry is found by its text. */

import { fill, h } from "../dom.js";
import { say } from "./words.js";

export interface Entry {
  /** What is searched, in any case. */
  readonly text: string;
  readonly element: HTMLElement;
}

/** The field, the number that is told, and the list. */
export function searchable(label: string, entries: readonly Entry[]): HTMLElement {
  const list = h("ul", { class: "entries" });
  const told = h("p", { class: "fine", role: "status" });
  const field = h("input", { type: "search", "aria-label": label, placeholder: label, autocomplete: "off", spellcheck: "false" });
  const show = (): void => {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const fitting = entries.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
    fill(list, ...fitting.map(({ element }) => element));
    told.textContent = say("entries", { count: fitting.length });
  };
  field.addEventListener("input", show);
  show();
  return h("div", { class: "searchable" }, field, told, list);
}
