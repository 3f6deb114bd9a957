/** The same things and ties as a list: for the keyboard, for ears, and where there is no picture. */

import { type Child, h } from "../dom.js";
import { connectionName } from "./panel.js";
import { type Shown, tiesOf } from "./shown.js";
import { contested, sources, type Thing, type Tie } from "./things.js";
import { when } from "./window.js";
import { say } from "./words.js";

export function list(shown: Shown, hidden: ReadonlySet<string>, chosen: string, choose: (key: string) => void): HTMLElement {
  const visible = [...shown.things.values()].filter(({ iri }) => !hidden.has(iri));
  return h("ul", { class: "explore-list" }, ...visible.map((thing) => item(thing, shown, hidden, chosen, choose)));
}

function item(thing: Thing, shown: Shown, hidden: ReadonlySet<string>, chosen: string, choose: (key: string) => void): HTMLElement {
  const ties = tiesOf(shown, thing.iri).filter(({ id }) => !hidden.has(id));
  return h("li", {},
    button(thing.iri, chosen, choose, h("bdi", {}, thing.label)),
    h("span", { class: "explore-about" }, [thing.kind, when(thing)].filter(Boolean).join(" · ")),
    ties.length > 0 && h("ul", {}, ...ties.map((tie) =>
      h("li", {}, button(tie.id, chosen, choose, ...named(tie, thing, shown)), h("span", { class: "explore-about" }, told(tie))))));
}

function named(tie: Tie, thing: Thing, shown: Shown): Child[] {
  const out = tie.source === thing.iri;
  const other = shown.things.get(out ? tie.target : tie.source);
  const role = tie.kind.includes("/role/") && !out;
  return [role ? tie.label : connectionName({ direction: out ? "out" : "in", kind: tie.kind, label: tie.label }), ": ", h("bdi", {}, other?.label ?? "")];
}

function told(tie: Tie): string {
  return [say("sources", { count: sources(tie) }), contested(tie) ? say("contested") : ""].filter(Boolean).join(" · ");
}

function button(key: string, chosen: string, choose: (key: string) => void, ...label: Child[]): HTMLElement {
  return h("button", { type: "button", class: "plain", "data-key": key, "aria-pressed": String(key === chosen), onclick: () => choose(key) }, ...label);
}
