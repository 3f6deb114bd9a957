/** Views whose script is loaded only when they are first shown. */

import { fill, h } from "../dom.js";
import type { Selection } from "../selection.js";
import type { Table } from "../table.js";
import type { View, ViewKind } from "../view.js";
import { say } from "./words.js";

/** What a view's own module makes inside of the element that is there already. */
export interface Drawing {
  resize(): void;
  destroy(): void;
}

export interface Drawer {
  draw(host: HTMLElement, table: Table, selection: Selection): Drawing;
}

/** A kind of view by its name, what it suits, and how to load the module that draws it. */
export function lazily(name: string, suits: (table: Table) => boolean, load: () => Promise<Drawer>): ViewKind {
  return { name, suits, make: (table, selection) => begun(name, load, table, selection) };
}

function begun(name: string, load: () => Promise<Drawer>, table: Table, selection: Selection): View {
  const element = h("div", { class: `view view-${name}`, "aria-busy": "true" }, h("p", { class: "view-note" }, say("loading")));
  let drawing: Drawing | undefined;
  let over = false;
  load().then(
    (drawer) => {
      if (over) return;
      fill(element);
      drawing = drawer.draw(element, table, selection);
      element.removeAttribute("aria-busy");
    },
    (reason: unknown) => {
      element.removeAttribute("aria-busy");
      fill(element, h("p", { class: "view-note", role: "alert" }, say("failed")));
      throw reason;
    },
  );
  return {
    element,
    resize: () => drawing?.resize(),
    destroy() {
      over = true;
      drawing?.destroy();
    },
  };
}
