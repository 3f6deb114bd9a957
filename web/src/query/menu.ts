/** A button that opens a short list below it; closed by Escape, by leaving it and by choosing. */

import { h } from "../dom.js";

export function menu(title: string, ...content: HTMLElement[]): HTMLElement {
  const summary = h("summary", { class: "button" }, title);
  const details = h("details", { class: "menu-list" }, summary, h("div", { class: "menu-panel" }, ...content));
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) details.open = false;
  });
  details.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a, button") !== null) details.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !details.contains(event.target)) details.open = false;
  });
  return details;
}
