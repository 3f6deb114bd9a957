/** What fits at a place in a query, best first; of CodeMirror nothing but the shape of a completion. */

import type { Context, Triple } from "./context.js";
import { contextAt, triplesIn } from "./context.js";
import keywords from "./keywords.json";
import { type Prefixes, declaredIn, written } from "./prefixes.js";
import { type Schema, type SchemaTerm, TYPE, inWords } from "./schema.js";
import { tokens } from "./tokens.js";

export interface Proposal {
  readonly text: string;
  readonly kind: "class" | "property" | "variable" | "keyword" | "function" | "prefix" | "entity";
  /** The prefix to declare, where it is not declared yet. */
  readonly prefix?: string;
  readonly label?: string;
  readonly about?: string;
  readonly count?: number;
  /** Whether it belongs to the class of the subject. */
  readonly near?: boolean;
}

/** A query with the cursor in it; `word` is what stands before the cursor and is to be replaced. */
export interface Spot {
  readonly text: string;
  readonly from: number;
  readonly word: string;
}

const MOST = 60;

/** What is known of a spot before anything is proposed. */
interface Surroundings {
  readonly spot: Spot;
  readonly schema: Schema;
  readonly context: Context;
  readonly triples: readonly Triple[];
  readonly declared: Prefixes;
}

export function proposals(spot: Spot, schema: Schema): Proposal[] {
  const { text, from, word } = spot;
  const others = text.slice(0, from) + " ".repeat(word.length) + text.slice(from + word.length);
  const here: Surroundings = {
    spot, schema, context: contextAt(text.slice(0, from)), triples: triplesIn(others), declared: declaredIn(text),
  };
  if (here.context.place === "prefix") return prefixes(here);
  if (/^[?$]/.test(word)) return variables(here);
  return fitting(here).slice(0, MOST);
}

function fitting(here: Surroundings): Proposal[] {
  const { context } = here;
  if (context.place === "predicate") return properties(here);
  if (context.place === "object" && isType(here)) return classes(here);
  const terms = here.spot.word === "" ? [] : [...classes(here), ...properties(here)];
  if (context.place === "object") return [...variables(here), ...terms];
  if (context.place === "subject") return [...variables(here), ...words(here, "keyword"), ...terms];
  return [...variables(here), ...words(here, "function"), ...words(here, "keyword"), ...terms];
}

function isType({ context, declared, schema }: Surroundings): boolean {
  const [step, more] = context.path;
  return more === undefined && (step === "a" || (step !== undefined && written(TYPE, declared, schema.prefixes).text === step));
}

function properties(here: Surroundings): Proposal[] {
  const { schema, context, triples, declared } = here;
  const near = new Map<string, number>();
  for (const of of schema.classesAt(context, triples, declared)) for (const [iri, count] of schema.propertiesOf(of)) near.set(iri, Math.max(count, near.get(iri) ?? 0));
  const found = [...schema.properties.values()].flatMap((each) => {
    const count = each.triples === null ? undefined : (near.get(each.iri) ?? each.triples);
    const rank = matching(each, here);
    // The word `a` is there for rdf:type.
    return rank === 0 || each.iri === TYPE ? [] : [{ each, rank: rank + (near.has(each.iri) ? 10 : 0), count }];
  });
  const type: Proposal[] = context.place === "predicate" && "a".startsWith(here.spot.word) ? [{ text: "a", kind: "keyword" }] : [];
  const sorted = found.sort(better).map(({ each, count }) => term(each, "property", count, here, near.has(each.iri)));
  return [...type, ...sorted];
}

function classes(here: Surroundings): Proposal[] {
  const found = [...here.schema.classes.values()].flatMap((each) => {
    const rank = matching(each, here);
    return rank === 0 ? [] : [{ each, rank, count: each.entities ?? undefined }];
  });
  return found.sort(better).map(({ each, count }) => term(each, "class", count, here));
}

interface Ranked {
  readonly each: SchemaTerm;
  readonly rank: number;
  readonly count: number | undefined;
}

/** The closer match first, then the one that is used more, then by name. */
function better(a: Ranked, b: Ranked): number {
  return b.rank - a.rank || (b.count ?? 0) - (a.count ?? 0) || (a.each.iri < b.each.iri ? -1 : 1);
}

function term(each: SchemaTerm, kind: Proposal["kind"], count: number | undefined, here: Surroundings, near = false): Proposal {
  const names = { label: inWords(each.label), about: inWords(each.definition) };
  return { ...written(each.iri, here.declared, here.schema.prefixes), ...names, kind, near, ...(count === undefined ? {} : { count }) };
}

/** How well a term fits what was typed: 0 not at all. Names in any language count. */
function matching(each: SchemaTerm, { spot, declared, schema }: Surroundings): number {
  if (spot.word === "") return 1;
  const typed = spot.word.toLowerCase();
  const name = written(each.iri, declared, schema.prefixes).text.toLowerCase();
  if (name.startsWith(typed)) return 4;
  if (typed.includes(":") || typed.startsWith("<")) return 0;
  const local = name.slice(name.indexOf(":") + 1);
  if (local.startsWith(typed)) return 4;
  const labels = Object.values(each.label).map((label) => label.toLowerCase());
  if (labels.some((label) => label.startsWith(typed))) return 3;
  if (labels.some((label) => label.split(/\s+/).some((part) => part.startsWith(typed)))) return 2;
  return typed.length > 1 && local.includes(typed) ? 1 : 0;
}

function variables({ spot }: Surroundings): Proposal[] {
  const typed = spot.word.replace(/^[$?]/, "").toLowerCase();
  const seen = new Map<string, number>();
  for (const { kind, text, from } of tokens(spot.text)) {
    if (kind === "variable" && from !== spot.from) seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  const found = [...seen].filter(([name]) => name.slice(1).toLowerCase().startsWith(typed));
  return found.sort((a, b) => b[1] - a[1]).map(([text]) => ({ text, kind: "variable" }));
}

function words({ spot }: Surroundings, kind: "keyword" | "function"): Proposal[] {
  if (spot.word === "" || spot.word.includes(":")) return [];
  const known = kind === "keyword" ? keywords.words : keywords.functions;
  const typed = spot.word.toUpperCase();
  return known.filter((word) => word.startsWith(typed)).map((text) => ({ text, kind }));
}

function prefixes({ spot, schema, declared }: Surroundings): Proposal[] {
  const typed = spot.word.toLowerCase();
  return [...schema.prefixes]
    .filter(([name]) => !declared.has(name) && `${name}:`.startsWith(typed))
    .map(([name, iri]) => ({ text: `${name}: <${iri}>`, kind: "prefix" }));
}
