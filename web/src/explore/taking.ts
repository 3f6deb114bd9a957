/** The menu of what one can take along: the link, the data of the picture, the exports. */

import { fill, h } from "../dom.js";
import { copyAddress, exportsOf, graphology, save } from "./sending.js";
import type { Shown } from "./shown.js";
import type { State } from "./state.js";
import type { Thing } from "./things.js";
import { say } from "./words.js";

/** What there is to take at the moment. */
export interface Taken {
  readonly shown: Shown;
  readonly state: State;
  readonly hidden: ReadonlySet<string>;
  /** What the exports are to be around. */
  readonly around: Thing | undefined;
  placeOf(iri: string): readonly [number, number];
}

export function taking(now: () => Taken | undefined): HTMLElement {
  const told = h("output", { class: "explore-saved" });
  const formats = h("div", {});
  const copy = async (): Promise<void> => fill(told, say((await copyAddress()) ? "copied" : "not-copied"));
  const button = (label: string, act: () => void, first = false): HTMLElement =>
    h("button", { type: "button", class: first && "first", onclick: act }, label);
  return h("details", { class: "explore-save" }, h("summary", {}, say("save")),
    h("div", {},
      button(say("copy-link"), () => void copy(), true), told,
      button(say("download"), () => download(now())),
      button(say("exports"), () => void list(formats, now())), formats));
}

function download(taken: Taken | undefined): void {
  if (taken !== undefined) save(graphology(taken.shown, taken.hidden, taken.placeOf), "polemos.graphology.json");
}

async function list(host: HTMLElement, taken: Taken | undefined): Promise<void> {
  if (taken?.around === undefined) return;
  const { iri, label } = taken.around;
  await exportsOf(host, iri, label, taken.state.events === "edges" ? "actors" : "events");
}
