/** The events of a situation: rows of the canned queries put together, an event at a place each. */

import { type Bindings, canned } from "../ask.js";
import { language } from "../words.js";
import type { Term } from "../terms.js";
import { type Filters, parametersOf } from "./filters.js";
import { say } from "./words.js";

/** So many events the query gives at most. */
export const MOST = 1000;

export interface Named {
  readonly iri: string;
  readonly name: string;
}

/** One figure: how many were killed at least and at most; undefined where no bound is given. */
export interface Figure {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

export interface Event {
  readonly iri: string;
  readonly name: string;
  readonly layer: string;
  /** The terms of the row as they came, by variable. */
  readonly terms: Readonly<Record<string, Term>>;
  readonly place: string;
  readonly sources: readonly Named[];
  readonly parties: readonly Named[];
  readonly figures: readonly Figure[];
}

export interface Situation {
  readonly events: readonly Event[];
  /** How many events there are besides those at hand. */
  readonly total: number;
}

/** Ask for a situation. Refused as canned() is. */
export async function situationOf(filters: Filters, signal: AbortSignal): Promise<Situation> {
  const { from: _, until: __, ...lasting } = filters;
  const values = { ...parametersOf(filters), language };
  const [basics, parties] = await Promise.all([
    canned("situation", values, signal),
    canned("situation-parties", values, signal),
  ]);
  const events = eventsOf(basics, parties);
  const count = new Set(events.map((event) => event.iri)).size;
  if (count < MOST) return { events, total: count };
  const months = await canned("situation-months", lasting, signal);
  return { events, total: Math.max(count, countOf(months, filters)) };
}

export function eventsOf(basics: Bindings, parties: Bindings): Event[] {
  const known = partiesOf(parties);
  const events = new Map<string, Event & { sources: Named[] }>();
  for (const terms of basics.results?.bindings ?? []) {
    const iri = text(terms["event"]);
    const key = `${iri}\n${text(terms["where"])}`;
    const more = known.get(iri);
    const event = events.get(key) ?? {
      iri, terms, name: text(terms["eventLabel"]) || ending(iri), layer: ending(text(terms["layer"])),
      place: text(terms["whereLabel"]), sources: [],
      parties: [...(more?.parties.values() ?? [])], figures: [...(more?.figures.values() ?? [])],
    };
    const source = text(terms["source"]);
    if (source !== "" && !event.sources.some((each) => each.iri === source)) {
      event.sources.push({ iri: source, name: text(terms["sourceLabel"]) || ending(source) });
    }
    events.set(key, event);
  }
  return [...events.values()];
}

interface Told {
  readonly parties: Map<string, Named>;
  readonly figures: Map<string, Figure>;
}

function partiesOf(bindings: Bindings): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const row of bindings.results?.bindings ?? []) {
    const iri = text(row["event"]);
    const one = told.get(iri) ?? { parties: new Map(), figures: new Map() };
    const party = text(row["party"]);
    if (party !== "") one.parties.set(party, { iri: party, name: text(row["partyLabel"]) || ending(party) });
    const figure = text(row["figure"]);
    if (figure !== "") one.figures.set(figure, { least: bound(row["killedAtLeast"]), most: bound(row["killedAtMost"]) });
    told.set(iri, one);
  }
  return told;
}

/** The number of events by the months that lie within the period. */
function countOf(months: Bindings, { from = "", until = "9999" }: Filters): number {
  return (months.results?.bindings ?? [])
    .filter((row) => {
      const month = text(row["month"]);
      return month === "" ? from === "" : month >= from.slice(0, 7) && month <= until.slice(0, 7);
    })
    .reduce((sum, row) => sum + Number(text(row["events"])), 0);
}

/** The rows that the views draw. */
export function bindingsOf(events: readonly Event[]): Bindings {
  const vars = ["event", "eventLabel", "layerLabel", "kindLabel", "start", "end", "precision", "reported", "whereLabel", "wkt", "pointPrecision"];
  const bindings = events.map(({ terms, name, layer }) => ({
    ...terms,
    eventLabel: { type: "literal", value: name } as const,
    layerLabel: { type: "literal", value: layerName(layer) } as const,
  }));
  return { head: { vars }, results: { bindings } };
}

export function layerName(layer: string): string {
  return layer === "Attack" || layer === "Negotiation" || layer === "AggregateReport" ? say(layer) : layer;
}

function bound(term: Term | undefined): number | undefined {
  return term === undefined ? undefined : Number(text(term));
}

export function text(term: Term | undefined): string {
  return term === undefined || term.type === "triple" ? "" : term.value;
}

function ending(iri: string): string {
  return iri.slice(Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1);
}
