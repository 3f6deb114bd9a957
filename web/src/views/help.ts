/** What the keys do and the signs mean: folded away, and read out with the drawing that it describes. */

import { h } from "../dom.js";
import { say } from "./words.js";

let helps = 0;

/** The text for a drawing, which is told of it. */
export function helpOf(drawing: HTMLElement, text: string): HTMLElement {
  const id = `view-help-${(helps += 1)}`;
  drawing.setAttribute("aria-describedby", id);
  return h("details", { class: "view-alternative" }, h("summary", {}, say("help")), h("p", { class: "view-help", id }, text));
}
