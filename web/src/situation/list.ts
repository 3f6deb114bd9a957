/** The events beside the map, each with who says so. */

import { root } from "../ask.js";
import { fill, h } from "../dom.js";
import type { Selection } from "../selection.js";
import { language, number } from "../words.js";
import { type Event, layerName, type Named, text } from "./events.js";
import { hull } from "./sums.js";
import { say } from "./words.js";

const AT_ONCE = 60;
const days = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeZone: "UTC" });

/** A list that follows the selection; call what is returned to end that. */
export function eventList(host: HTMLElement, events: readonly Event[], rowOf: (index: number) => number, selection: Selection, level: "h2" | "h3"): () => void {
  const list = h("ol", { class: "happenings" });
  const more = h("button", { type: "button", onclick: () => show(shown + AT_ONCE) }, say("more"));
  let shown = AT_ONCE;
  const show = (count: number): void => {
    shown = count;
    const passing = [...events.keys()].filter((index) => selection.passes(rowOf(index)));
    const chosen = passing.filter((index) => selection.selected.has(rowOf(index)));
    const first = [...chosen, ...passing.filter((index) => !selection.selected.has(rowOf(index)))];
    const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("data-row") : null;
    fill(list, ...first.slice(0, shown).map((index) => item(events[index] as Event, rowOf(index), selection, level)));
    if (focused) list.querySelector<HTMLElement>(`[data-row="${focused}"]`)?.focus();
    more.hidden = first.length <= shown;
    fill(none, first.length === 0 ? say("none") : null);
    none.hidden = first.length > 0;
  };
  const none = h("p", { class: "note", role: "status" });
  fill(host, list, none, more);
  show(AT_ONCE);
  return selection.watch(() => show(AT_ONCE));
}

function item(event: Event, row: number, selection: Selection, level: "h2" | "h3"): HTMLElement {
  const chosen = selection.selected.has(row);
  const choose = (): void => selection.select(chosen ? [] : [row]);
  return h(
    "li",
    { class: chosen ? "chosen" : null },
    h("p", { class: "what" }, h("span", { class: `kind ${event.layer.toLowerCase()}` }, text(event.terms["kindLabel"]) || layerName(event.layer)), " ", h("span", {}, when(event))),
    h(level, {}, h("a", { href: pageOf(event.iri) }, h("bdi", {}, event.name))),
    event.parties.length > 0 && h("p", { class: "who" }, ...names(event.parties)),
    event.place !== "" && h("p", { class: "who" }, h("bdi", {}, event.place)),
    figures(event),
    h("p", { class: "said" }, `${say("said-by")} `, ...sources(event.sources), reported(event)),
    h(
      "p",
      { class: "ways" },
      h("button", { type: "button", "aria-pressed": String(chosen), "aria-label": `${say("point-out")}: ${event.name}`, "data-row": row, onclick: choose }, say("point-out")),
      h("a", { href: comparison(event.iri), "aria-label": `${say("claims")}: ${event.name}` }, say("claims")),
    ),
  );
}

function figures(event: Event): HTMLElement | null {
  if (event.figures.length === 0) return null;
  const { least, most } = hull(event.figures);
  return h("p", { class: "number" }, bounds(least ?? 0, most));
}

/** Numbers killed, in words that keep their bounds. */
export function bounds(least: number, most: number | undefined): string {
  if (most === undefined) return say("killed-open", { least });
  return least === most ? say("killed-exactly", { count: least }) : say("killed-between", { least, most });
}

function when({ terms }: Event): string {
  const start = day(text(terms["start"]));
  const end = day(text(terms["end"]));
  const precision = text(terms["precision"]);
  const span = start === "" && end === "" ? say("no-time") : start === end || end === "" ? start : start === "" ? end : `${start} – ${end}`;
  return precision === "" ? span : `${span}, ${precision}`;
}

function reported({ terms }: Event): string {
  const date = day(text(terms["reported"]));
  return date === "" ? "" : `, ${say("reported-on", { date })}`;
}

/** The local day that a dateTime names, whatever its zone. */
function day(moment: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(moment);
  return found === null ? moment : days.format(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])));
}

function sources(named: readonly Named[]): (Node | string)[] {
  if (named.length === 0) return [say("nobody")];
  return named.flatMap((each, index) => [...(index > 0 ? [", "] : []), h("a", { href: pageOf(each.iri) }, h("bdi", {}, each.name))]);
}

function names(parties: readonly Named[]): (Node | string)[] {
  return parties.flatMap((each, index) => [...(index > 0 ? [", "] : []), h("bdi", {}, each.name)]);
}

const ID = "https://w3id.org/polemos/id/";

/** The page of a thing on this server. */
function pageOf(iri: string): string {
  return iri.startsWith(ID) ? kept(`${root}page/${iri.slice(ID.length)}`, {}) : iri;
}

/** The screen that has an event as each source has it. */
function comparison(event: string): string {
  return kept(`${root}compare`, { event });
}

/** An address that keeps the language the reader chose. */
function kept(path: string, parameters: Readonly<Record<string, string>>): string {
  const lang = new URLSearchParams(location.search).get("lang");
  const search = new URLSearchParams({ ...parameters, ...(lang === null ? {} : { lang }) }).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** How many events of each layer there are, in words. */
export function tally(events: readonly Event[]): string {
  const counts = new Map<string, Set<string>>();
  for (const { layer, iri } of events) counts.set(layer, (counts.get(layer) ?? new Set()).add(iri));
  return [...counts].map(([layer, iris]) => `${layerName(layer)}: ${number(iris.size)}`).join(" · ");
}
