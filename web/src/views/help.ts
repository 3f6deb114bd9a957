/** What the keys do and the signs mean: folded away, and read out with the drawing that it describes. */

import { h } from "../dom.js";
import { say } from "./words.js";

export function helpOf(id: string, text: string): HTMLElement {
  return h("details", { class: "view-alternative" }, h("summary", {}, say("help")), h("p", { class: "view-help", id }, text));
}
