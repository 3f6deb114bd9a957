/** The answer: how it stands, what was wrong with the query, or the views of what was found. */

import type { Problem } from "../ask.js";
import { fill, h } from "../dom.js";
import { readTable } from "../results.js";
import type { Table } from "../table.js";
import type { ViewKind } from "../view.js";
import type { Done } from "./asking.js";
import { Copying } from "./copying.js";
import { downloads } from "./downloads.js";
import type { Spotted, Writing } from "./editor.js";
import { kindsFor, networkOf, turtleOf } from "./kinds.js";
import type { Prefixes } from "./prefixes.js";
import { Shown } from "./shown.js";
import { State } from "./state.js";
import { asBindings } from "./triples.js";
import { say } from "./words.js";

export interface Needs {
  readonly prefixes: Promise<Prefixes>;
  readonly goTo: (spotted: Spotted) => void;
  readonly viewsChanged: () => void;
}

export class Answer {
  readonly #state = new State();
  readonly #tools = h("div", { class: "tools" });
  readonly #notes = h("div", { class: "notes" });
  readonly #body: HTMLElement;
  readonly #copying = new Copying();
  #shown: Shown | undefined;
  #spotted: Spotted | undefined;
  /** The query that was asked last. */
  query = "";
  #before: Done | undefined;
  #last: readonly string[] = [];

  /** `element` holds what the page offers before anything is asked. */
  constructor(private readonly element: HTMLElement, private readonly needs: Needs) {
    this.#body = h("div", { class: "answer-body" }, ...element.childNodes);
    element.setAttribute("aria-label", say("answer"));
    element.removeAttribute("aria-labelledby");
    element.append(h("header", { class: "answer-head", hidden: true }, this.#state.element, this.#tools), this.#notes, this.#body);
  }

  get views(): readonly string[] {
    return this.#shown?.views ?? this.#last;
  }

  /** Underline in the editor what is wrong, where anything is. */
  mark(writing: Writing): void {
    writing.mark(this.#spotted);
  }

  running(query: string): void {
    this.query = query;
    this.#spotted = undefined;
    this.element.querySelector<HTMLElement>(".answer-head")?.removeAttribute("hidden");
    this.element.setAttribute("aria-busy", "true");
    fill(this.#notes);
    this.#state.running();
  }

  heard(bytes: number): void {
    this.#state.heard(bytes);
  }

  stopped(): void {
    this.#end();
    this.#state.stopped();
  }

  failed(problem: Problem): void {
    this.#end();
    this.#state.failed();
    const { line, column, detail } = problem;
    if (line !== undefined && column !== undefined) this.#spotted = { line, column, message: detail };
    fill(this.#body, this.#problem(problem));
    fill(this.#tools);
  }

  /** `wanted`: the views that an address names; else it is for the query and for what was shown before. */
  done(done: Done, wanted: readonly string[]): void {
    this.#end();
    this.#state.done(done);
    const { found, truncated } = done;
    if (found.kind === "yes-no") fill(this.#body, h("p", { class: "verdict" }, say(found.yes ? "yes" : "no")));
    else {
      const table = readTable(found.kind === "rows" ? found.bindings : asBindings(found.triples), done.query, truncated);
      const kinds = found.kind === "rows"
        ? kindsFor(table)
        : [turtleOf(found.triples, this.needs.prefixes), ...kindsFor(table).filter(({ name }) => name === "table"), ...networkOf(found.triples)];
      this.#show(kinds, table, wanted.length > 0 ? wanted : this.#fitting(done, table), found.kind === "rows");
    }
    this.#before = done;
    this.#tell(done);
  }

  /** A view that a new query names goes before those that were shown; triples are shown anew after rows. */
  #fitting({ query, found }: Done, { defaultView }: Table): readonly string[] {
    if (defaultView !== undefined && query !== this.#before?.query) return [defaultView];
    return found.kind === this.#before?.found.kind ? this.#last : [];
  }

  #show(kinds: readonly ViewKind[], table: Table, wanted: readonly string[], rows: boolean): void {
    const shown = new Shown(kinds, table, wanted, this.needs.viewsChanged);
    this.#shown = shown;
    if (rows) this.#state.follow(shown.selection, table.rows.length);
    fill(this.#body, shown.element);
  }

  /** Say what is not shown, and offer all of it. */
  #tell({ query, truncated, cut, found }: Done): void {
    const rows = found.kind === "rows" ? (found.bindings.results?.bindings.length ?? 0) : found.kind === "triples" ? found.triples.length : 0;
    const note = truncated ? say("truncated", { count: rows }) : cut ? say("cut", { count: rows }) : undefined;
    fill(this.#notes, note === undefined ? null : h("p", { class: "note" }, note));
    fill(this.#tools,
      this.#shown?.beside,
      h("button", { type: "button", class: "quiet", onclick: () => this.#copying.open(query) }, say("copy-as")),
      downloads(query, found.kind === "rows" ? (found.bindings.head.vars ?? []) : [], (detail) => fill(this.#notes, h("p", { class: "note", role: "alert" }, detail))),
    );
  }

  #end(): void {
    this.element.removeAttribute("aria-busy");
    if (this.#shown === undefined) return;
    this.#last = this.#shown.views;
    this.#shown.destroy();
    this.#shown = undefined;
  }

  #problem({ title, detail, excerpt }: Problem): HTMLElement {
    const spotted = this.#spotted;
    return h("div", { class: "problem", role: "alert" },
      h("h2", {}, title || say("unreachable")),
      h("p", {}, detail || say("unreachable-detail")),
      excerpt ? h("pre", { tabindex: 0, "aria-label": say("excerpt") }, h("code", {}, excerpt)) : null,
      spotted ? h("button", { type: "button", onclick: () => this.needs.goTo(spotted) }, say("go-to", { line: spotted.line, column: spotted.column })) : null,
    );
  }
}
