/** Which views an answer can be shown in. */

import { fill, h } from "../dom.js";
import { readTable } from "../results.js";
import { Selection } from "../selection.js";
import type { Table } from "../table.js";
import type { View, ViewKind } from "../view.js";
import { VIEWS } from "../views/index.js";
import { language } from "../words.js";
import type { Prefixes } from "./prefixes.js";
import { type Triple, asLinks, asTurtle } from "./triples.js";
import { say } from "./words.js";

/** Triples that are written out; more would be no text to read. */
const MOST = 20_000;

export function kindsFor(table: Table): readonly ViewKind[] {
  return VIEWS.filter((kind) => kind.suits(table));
}

/** The view of triples as Turtle, whose script is loaded when it is first shown. */
export function turtleOf(triples: readonly Triple[], prefixes: Promise<Prefixes>): ViewKind {
  return { name: "turtle", suits: () => true, make: () => begun(triples, prefixes) };
}

function begun(triples: readonly Triple[], known: Promise<Prefixes>): View {
  const element = h("div", { class: "view view-turtle", "aria-busy": "true" }, h("p", { class: "note" }, say("loading")));
  let shown: { destroy(): void; resize(): void } | undefined;
  let over = false;
  void Promise.all([import("./turtle.js"), known]).then(([{ showTurtle }, prefixes]) => {
    if (over) return;
    const made = showTurtle(asTurtle(triples.slice(0, MOST), prefixes));
    shown = made;
    fill(element);
    if (triples.length > MOST) element.append(h("p", { class: "note" }, say("turtle-cut", { count: MOST })));
    element.append(made.element);
    element.removeAttribute("aria-busy");
  });
  return {
    element,
    resize: () => shown?.resize(),
    destroy() {
      over = true;
      shown?.destroy();
    },
  };
}

/** The network of triples: rows of its own, and so a selection of its own. */
export function networkOf(triples: readonly Triple[]): readonly ViewKind[] {
  const table = readTable(asLinks(triples, language), "");
  const kind = VIEWS.find((each) => each.name === "network");
  if (kind === undefined || !kind.suits(table)) return [];
  return [{ ...kind, make: () => kind.make(table, new Selection()) }];
}
