/** The heading of a column: its name, its order, and an edge to drag. */

import { h } from "../../dom.js";
import type { Table } from "../../table.js";
import type { Order } from "../../values/order.js";

export interface HeadingState {
  readonly id: string;
  /** Among the columns shown. */
  readonly position: number;
  readonly active: boolean;
  readonly order: Order | undefined;
  widened(by: number): void;
}

export function heading(table: Table, index: number, state: HeadingState): HTMLElement {
  const column = table.columns[index];
  const order = state.order?.column === index ? state.order : undefined;
  const attributes = {
    role: "columnheader",
    id: state.id,
    "aria-colindex": state.position + 1,
    "aria-sort": order === undefined ? "none" : order.descending ? "descending" : "ascending",
    class: `cell cell-${column?.kind ?? "empty"}${state.active ? " active" : ""}`,
  };
  return h("div", attributes, h("span", { class: "heading" }, column?.name), edge(state));
}

/** What to drag; the keys + and - do the same on the active cell. */
function edge(state: HeadingState): HTMLElement {
  const element = h("span", { class: "edge", "aria-hidden": "true" });
  let from = 0;
  element.addEventListener("pointerdown", (event) => {
    from = event.clientX;
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  element.addEventListener("pointermove", (event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    state.widened(event.clientX - from);
    from = event.clientX;
  });
  return element;
}
