/** The panes of an answer: one view, or two side by side over one selection. */

import { fill, h } from "../dom.js";
import { Selection } from "../selection.js";
import type { Table } from "../table.js";
import type { ViewKind } from "../view.js";
import { Pane } from "./pane.js";
import { say } from "./words.js";

export class Shown {
  readonly element = h("div", { class: "panes" });
  readonly beside: HTMLButtonElement;
  readonly selection = new Selection();
  readonly #panes: Pane[] = [];

  /** `wanted`: names of views, from left to right; `changed` is called when others are chosen. */
  constructor(
    private readonly kinds: readonly ViewKind[],
    private readonly table: Table,
    wanted: readonly string[],
    private readonly changed: () => void,
  ) {
    this.beside = h("button", { type: "button", class: "quiet beside", "aria-pressed": "false", onclick: () => this.#toggle() }, say("side-by-side"));
    this.beside.hidden = kinds.length < 2;
    const known = wanted.filter((name) => kinds.some((kind) => kind.name === name)).slice(0, 2);
    for (const name of known.length > 0 ? known : [undefined]) this.#add(name);
    this.#arrange();
  }

  get views(): readonly string[] {
    return this.#panes.map((pane) => pane.name);
  }

  destroy(): void {
    for (const pane of this.#panes) pane.destroy();
  }

  #add(name: string | undefined): void {
    const pane = new Pane(this.kinds, this.table, this.selection, this.changed);
    this.#panes.push(pane);
    pane.show(name);
  }

  #arrange(): void {
    fill(this.element, ...this.#panes.map((pane) => pane.element));
    this.beside.setAttribute("aria-pressed", String(this.#panes.length > 1));
  }

  #toggle(): void {
    const [first, second] = this.#panes;
    if (second !== undefined) {
      second.destroy();
      this.#panes.pop();
    } else {
      this.#add(this.kinds.find((kind) => kind.name !== first?.name)?.name);
    }
    this.#arrange();
    this.changed();
  }
}
