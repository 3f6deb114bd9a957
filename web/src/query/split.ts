/** The line between the query and its answer: dragged, or moved by the arrow keys. */

import { h } from "../dom.js";
import { say } from "./words.js";

const [LEAST, MOST, STEP, FIRST] = [20, 80, 2, 42];
const KEY = "polemos-split";

/** A separator (ARIA 1.2, focusable separator) that sets `--split` of the workbench, in percent. */
export function splitter(workbench: HTMLElement): HTMLElement {
  const element = h("div", { class: "splitter", role: "separator", tabindex: 0, "aria-label": say("split"), "aria-valuemin": LEAST, "aria-valuemax": MOST, "aria-controls": "ask" });
  let share = kept();
  const set = (wanted: number): void => {
    share = Math.min(MOST, Math.max(LEAST, wanted));
    workbench.style.setProperty("--split", `${share}%`);
    element.setAttribute("aria-valuenow", String(Math.round(share)));
    element.setAttribute("aria-orientation", upright(workbench) ? "vertical" : "horizontal");
  };
  element.addEventListener("pointerdown", (event) => drag(event, element, workbench, set, () => keep(share)));
  element.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP, Home: -100, End: 100 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(share + by);
    keep(share);
  });
  element.addEventListener("dblclick", () => (set(FIRST), keep(share)));
  window.addEventListener("resize", () => set(share));
  set(share);
  return element;
}

/** Whether the query stands beside its answer, and the line between them upright. */
function upright(workbench: HTMLElement): boolean {
  return getComputedStyle(workbench).getPropertyValue("--upright").trim() !== "0";
}

function drag(event: PointerEvent, element: HTMLElement, workbench: HTMLElement, set: (share: number) => void, end: () => void): void {
  event.preventDefault();
  element.setPointerCapture(event.pointerId);
  const box = workbench.getBoundingClientRect();
  const move = ({ clientX, clientY }: PointerEvent): void =>
    set(upright(workbench) ? ((clientX - box.left) / box.width) * 100 : ((clientY - box.top) / box.height) * 100);
  element.addEventListener("pointermove", move);
  const stop = (): void => {
    element.removeEventListener("pointermove", move);
    end();
  };
  element.addEventListener("lostpointercapture", stop, { once: true });
}

function kept(): number {
  try {
    const share = Number(localStorage.getItem(KEY));
    return share >= LEAST && share <= MOST ? share : FIRST;
  } catch {
    return FIRST;
  }
}

function keep(share: number): void {
  try {
    localStorage.setItem(KEY, String(Math.round(share)));
  } catch {
    // Where storage is forbidden the line stands in its usual place next time.
  }
}
