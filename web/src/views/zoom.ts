/** The buttons and keys that all drawings have: nearer, farther, all, and moving. */

import { h } from "../dom.js";
import { say } from "./words.js";

export interface Zoomed {
  /** Nearer by a factor; below 1 farther. */
  zoom(factor: number): void;
  fit(): void;
  /** Move what is seen by pixels. */
  pan(right: number, down: number): void;
}

const FACTOR = 1.5;
const STEP = 60;

export function zoomButtons(drawing: Zoomed): HTMLElement {
  const button = (name: "nearer" | "farther" | "fit", sign: string, act: () => void): HTMLElement =>
    h("button", { type: "button", "aria-label": say(name), title: say(name), onclick: act }, sign);
  return h(
    "div",
    { class: "view-zoom" },
    button("nearer", "+", () => drawing.zoom(FACTOR)),
    button("farther", "−", () => drawing.zoom(1 / FACTOR)),
    button("fit", "⤢", () => drawing.fit()),
  );
}

/** Let an element that has the focus hear the keys; `more` are those of one drawing only. */
export function zoomKeys(element: HTMLElement, drawing: Zoomed, more: Readonly<Record<string, () => void>> = {}): void {
  const acts: Readonly<Record<string, () => void>> = {
    "+": () => drawing.zoom(FACTOR),
    "-": () => drawing.zoom(1 / FACTOR),
    "0": () => drawing.fit(),
    ArrowLeft: () => drawing.pan(-STEP, 0),
    ArrowRight: () => drawing.pan(STEP, 0),
    ArrowUp: () => drawing.pan(0, -STEP),
    ArrowDown: () => drawing.pan(0, STEP),
    ...more,
  };
  element.addEventListener("keydown", (event) => {
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  });
}
