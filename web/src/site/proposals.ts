/** Proposals below the search box while one types: a combobox with a list (ARIA 1.2). */

import { fill, h } from "../dom.js";
import { speaker } from "../words.js";
import en from "../../words/site.en.json";
import uk from "../../words/site.uk.json";
import { marked, search, type Hit } from "./found.js";

const say = speaker(en, uk);
const PAUSE = 150;
const MOST = 8;

export interface Proposing {
  /** The id of the list; a page has each once. */
  readonly id?: string;
  /** What to do with what was chosen: open its page, where nothing else is said. */
  choose?(hit: Hit): void;
}

/** Let a search field propose; without a choice Enter sends its form as before. */
export function propose(field: HTMLInputElement, { id = "proposals", choose = open }: Proposing = {}): void {
  const box = new Proposals(field, id, choose);
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void box.ask(field.value.trim()), PAUSE);
  });
  field.addEventListener("keydown", (event) => box.key(event));
  field.addEventListener("blur", () => box.close());
}

function open({ page }: Hit): void {
  location.assign(page);
}

class Proposals {
  readonly #list = h("ul", { role: "listbox", "aria-label": say("proposals") });
  readonly #none = h("p", { class: "none", role: "status" });
  readonly #panel = h("div", { class: "proposals", hidden: true }, this.#list, this.#none);
  #hits: readonly Hit[] = [];
  #at = -1;
  #asking = new AbortController();

  constructor(
    readonly field: HTMLInputElement,
    readonly id: string,
    readonly choose: (hit: Hit) => void,
  ) {
    this.#list.id = id;
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    })) field.setAttribute(name, value);
    field.after(this.#panel);
    // A press on the list must not take the focus from the field, or the list closes before the click.
    this.#panel.addEventListener("mousedown", (event) => event.preventDefault());
  }

  async ask(words: string): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    if (words.length < 2) return this.close();
    const { signal } = this.#asking;
    const hits = await search(words, MOST, signal).catch(() => undefined);
    if (hits !== undefined && !signal.aborted && document.activeElement === this.field) this.#show(hits);
  }

  close(): void {
    this.#asking.abort();
    this.#panel.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.#choose(-1);
  }

  key(event: KeyboardEvent): void {
    if (this.#panel.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.#hits[this.#at];
    if (step !== undefined) this.#step(step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && chosen !== undefined) this.#take(chosen);
    else return;
    event.preventDefault();
  }

  /** The field itself stands between the last and the first. */
  #step(by: number): void {
    const places = this.#hits.length + 1;
    this.#choose(((this.#at + 1 + by + places) % places) - 1);
  }

  #take(hit: Hit): void {
    this.close();
    this.choose(hit);
  }

  #show(hits: readonly Hit[]): void {
    this.#hits = hits;
    fill(this.#list, ...hits.map((hit, index) => this.#option(hit, index)));
    fill(this.#none, hits.length === 0 ? say("none") : null);
    this.#list.hidden = hits.length === 0;
    this.#none.hidden = hits.length > 0;
    this.#panel.hidden = false;
    this.field.setAttribute("aria-expanded", String(hits.length > 0));
    this.#choose(-1);
  }

  #option(hit: Hit, index: number): HTMLElement {
    const byName = hit.snippet === hit.label;
    return h(
      "li",
      { role: "option", id: `${this.id}-${index}`, "aria-selected": "false", onclick: () => this.#take(hit) },
      h("bdi", {}, ...(byName ? marked(hit.label, hit.marks) : [hit.label])),
      h("span", { class: "kind" }, hit.kind),
      byName ? null : h("span", { class: "found", dir: "auto" }, ...marked(hit.snippet, hit.marks)),
    );
  }

  #choose(index: number): void {
    this.#at = index;
    [...this.#list.children].forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === index));
      if (each === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `${this.id}-${index}`);
  }
}
