/** One of the panes that an answer is shown in: tabs of views, of which one is made. */

import { fill, h } from "../dom.js";
import type { Selection } from "../selection.js";
import type { Table } from "../table.js";
import type { View, ViewKind } from "../view.js";
import { viewTitle } from "./titles.js";
import { say } from "./words.js";

let panes = 0;

export class Pane {
  readonly element: HTMLElement;
  readonly #id = `pane-${(panes += 1)}`;
  readonly #tabs: HTMLElement;
  readonly #host: HTMLElement;
  readonly #observer: ResizeObserver;
  #view: View | undefined;
  #kind: ViewKind | undefined;

  constructor(
    private readonly kinds: readonly ViewKind[],
    private readonly table: Table,
    private readonly selection: Selection,
    private readonly chosen: () => void,
  ) {
    this.#tabs = h("div", { class: "tabs", role: "tablist", "aria-label": say("views"), onkeydown: (event: KeyboardEvent) => this.#key(event) });
    this.#host = h("div", { class: "view-host", role: "tabpanel", id: `${this.#id}-view` });
    this.element = h("section", { class: "pane" }, this.#tabs, this.#host);
    this.#observer = new ResizeObserver(() => this.#view?.resize());
    this.#observer.observe(this.#host);
  }

  get name(): string {
    return this.#kind?.name ?? "";
  }

  /** Show a kind of view by its name; the first where there is no such. */
  show(name: string | undefined): void {
    const kind = this.kinds.find((each) => each.name === name) ?? this.kinds[0];
    if (kind === undefined || kind === this.#kind) return;
    this.#view?.destroy();
    this.#kind = kind;
    this.#view = kind.make(this.table, this.selection);
    fill(this.#host, this.#view.element);
    this.#host.setAttribute("aria-labelledby", this.#tabId(kind));
    fill(this.#tabs, ...this.kinds.map((each) => this.#tab(each)));
    this.#tabs.hidden = this.kinds.length < 2;
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#view?.destroy();
    this.element.remove();
  }

  #tab(kind: ViewKind): HTMLElement {
    const selected = kind === this.#kind;
    return h("button", {
      type: "button", role: "tab", id: this.#tabId(kind), "aria-selected": String(selected), "aria-controls": this.#host.id,
      tabindex: selected ? 0 : -1, onclick: () => this.#choose(kind),
    }, viewTitle(kind.name));
  }

  #tabId(kind: ViewKind): string {
    return `${this.#id}-${kind.name}`;
  }

  #choose(kind: ViewKind): void {
    this.show(kind.name);
    document.getElementById(this.#tabId(kind))?.focus();
    this.chosen();
  }

  /** The arrow keys go from tab to tab (ARIA Authoring Practices, Tabs). */
  #key(event: KeyboardEvent): void {
    const at = this.kinds.findIndex((each) => each === this.#kind);
    const last = this.kinds.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const kind = to === undefined ? undefined : this.kinds[to];
    if (kind === undefined) return;
    event.preventDefault();
    this.#choose(kind);
  }
}
