/** Rows of answers, read into things and ties. */

import type { Term } from "../terms.js";
import { edgeIri, localName, shortOf } from "./iris.js";
import { type Claim, type Count, type Dated, type Group, isGroup, type Thing, type Tie } from "./things.js";

export type Row = Readonly<Record<string, Term>>;

/** Neighbours by one property or role: those read so far. */
export interface Neighbours {
  readonly things: readonly Thing[];
  readonly ties: readonly Tie[];
}

/** How neighbours divide into classes. */
export interface Division {
  readonly kind: string;
  readonly group: Group;
  readonly count: number;
  readonly start?: string;
  readonly end?: string;
}

export interface Brief {
  readonly thing: Thing;
  readonly precision: string;
  readonly place: string;
  readonly wikidata: string;
}

/** What was said: a claim, or one that contradicts, supports or refines it. */
export interface Said {
  readonly iri: string;
  /** How it stands to the claim asked for; empty for that claim itself. */
  readonly relation: string;
  readonly speaker: string;
  readonly speakerIri: string;
  readonly office: string;
  readonly modality: string;
  readonly quote: string;
  readonly article: string;
  readonly articleIri: string;
  readonly outlet: string;
  readonly outletIri: string;
  readonly date: string;
}

/** What actors do to or with each other in an event, as the network of actors has it. */
export interface Act {
  readonly source: Thing;
  readonly target: Thing;
  readonly label: string;
  readonly start?: string;
  readonly end?: string;
  readonly claims: readonly { readonly iri: string; readonly quote: string }[];
}

export function text(row: Row, name: string): string {
  const term = row[name];
  return term === undefined || term.type === "triple" ? "" : term.value;
}

function dates(row: Row, start: string, end: string): { start?: string; end?: string } {
  const [from, until] = [text(row, start), text(row, end)];
  return { ...(from && { start: from }), ...(until && { end: until }) };
}

export function different(rows: readonly Row[]): number {
  return new Set(rows.map((row) => text(row, "neighbour"))).size;
}

export function briefOf(entity: string, rows: readonly Row[]): Brief {
  const row = rows[0] ?? {};
  const times = rows.map((each) => dates(each, "start", "end"));
  return {
    thing: {
      iri: entity,
      label: text(row, "label") || shortOf(entity),
      group: groupOf(row),
      kind: text(row, "classLabel"),
      ...times.reduce((all, each) => widened(all, each), {}),
    },
    precision: text(row, "precision"),
    place: text(row, "placeLabel"),
    wikidata: text(row, "wikidata"),
  };
}

/** The first so many neighbours of some rows, a row a claim. */
export function neighboursOf(entity: string, rows: readonly Row[], count: number): Neighbours {
  const things = new Map<string, Thing>();
  const ties = new Map<string, Gathered>();
  for (const row of rows) {
    const iri = text(row, "neighbour");
    if (!things.has(iri) && things.size === count) continue;
    things.set(iri, { ...neighbour(iri, row), ...widened(things.get(iri), dates(row, "neighbourStart", "neighbourEnd")) });
    gather(ties, entity, row);
  }
  return { things: [...things.values()], ties: [...ties.values()].map(finished) };
}

/** Where sources give several times, from the earliest to the latest. */
function widened(one: Dated | undefined, other: Dated): Dated {
  const [start] = [one?.start, other.start].filter((each) => each !== undefined).sort();
  const end = [one?.end, other.end].filter((each) => each !== undefined).sort().at(-1);
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

function neighbour(iri: string, row: Row): Thing {
  return {
    iri,
    label: text(row, "neighbourLabel") || shortOf(iri),
    group: groupOf(row),
    kind: text(row, "classLabel"),
    ...dates(row, "neighbourStart", "neighbourEnd"),
  };
}

type Gathered = Omit<Tie, "claims" | "records"> & { readonly claims: Map<string, Claim>; readonly records: Set<string> };

function gather(ties: Map<string, Gathered>, entity: string, row: Row): void {
  const other = text(row, "neighbour");
  const [source, target] = text(row, "direction") === "out" ? [entity, other] : [other, entity];
  const [about, kind] = [text(row, "about"), text(row, "kind")];
  const id = edgeIri(about, localName(kind), [source, target]);
  const tie = ties.get(id) ?? {
    id, source, target, kind, about,
    label: text(row, "kindLabel") || localName(kind),
    ...dates(row, "start", "end"),
    claims: new Map<string, Claim>(),
    records: new Set<string>(),
  };
  ties.set(id, { ...tie, ...widened(tie, dates(row, "start", "end")) });
  const [claim, record] = [text(row, "claim"), text(row, "record")];
  if (claim) tie.claims.set(claim, claimOf(claim, row));
  if (record) tie.records.add(record);
}

function claimOf(iri: string, row: Row): Claim {
  return {
    iri,
    speaker: text(row, "speakerLabel") || shortOf(text(row, "speaker")),
    quote: text(row, "quote"),
    source: text(row, "outlet") || text(row, "speaker"),
    contested: text(row, "contested") === "true",
  };
}

function finished({ claims, records, ...tie }: Gathered): Tie {
  return { ...tie, claims: [...claims.values()], records: [...records] };
}

export function saidOf(row: Row): Said {
  const relation = localName(text(row, "relation"));
  const named = (name: string): string => text(row, `${name}Label`) || (text(row, name) && shortOf(text(row, name)));
  return {
    iri: text(row, "other"),
    relation: relation && text(row, "stated") === "in" ? `${relation}-inverse` : relation,
    speaker: named("speaker"),
    speakerIri: text(row, "speaker"),
    office: text(row, "officeLabel"),
    modality: text(row, "modality"),
    quote: text(row, "quote"),
    article: named("article"),
    articleIri: text(row, "article"),
    outlet: named("outlet"),
    outletIri: text(row, "outlet"),
    date: text(row, "date"),
  };
}

export function actsOf(rows: readonly Row[]): Act[] {
  const acts = new Map<string, Omit<Act, "claims"> & { claims: Map<string, { iri: string; quote: string }> }>();
  for (const row of rows) {
    const key = [text(row, "from"), text(row, "to"), text(row, "edgeLabel")].join("\n");
    const act = acts.get(key) ?? {
      source: actor(row, "from"), target: actor(row, "to"), label: text(row, "edgeLabel"), ...dates(row, "start", "end"),
      claims: new Map<string, { iri: string; quote: string }>(),
    };
    acts.set(key, act);
    const claim = text(row, "claim");
    if (claim) act.claims.set(claim, { iri: claim, quote: text(row, "quote") });
  }
  return [...acts.values()].map((act) => ({ ...act, claims: [...act.claims.values()] }));
}

function actor(row: Row, name: string): Thing {
  const iri = text(row, name);
  return { iri, label: text(row, `${name}Label`) || shortOf(iri), group: "actor", kind: "" };
}

export function countOf(row: Row): Count {
  return {
    direction: text(row, "direction") === "out" ? "out" : "in",
    kind: text(row, "kind"),
    label: text(row, "kindLabel") || localName(text(row, "kind")),
    count: Number(text(row, "count")),
  };
}

export function divisionOf(row: Row): Division {
  return {
    kind: text(row, "classLabel") || localName(text(row, "class")),
    group: groupOf(row),
    count: Number(text(row, "count")),
    ...dates(row, "earliest", "latest"),
  };
}

function groupOf(row: Row): Group {
  const group = text(row, "group");
  return isGroup(group) ? group : "other";
}
