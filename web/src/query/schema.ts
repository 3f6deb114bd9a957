/** The classes and properties in use, from the server, indexed for completion. */

import { root } from "../ask.js";
import { language } from "../words.js";
import type { Context, Triple } from "./context.js";
import type { Prefixes } from "./prefixes.js";
import { expanded } from "./prefixes.js";

type Texts = Readonly<Record<string, string>>;

export interface SchemaTerm {
  readonly iri: string;
  readonly label: Texts;
  readonly definition: Texts;
}

export interface SchemaClass extends SchemaTerm {
  readonly above: readonly string[];
  readonly entities: number | null;
  readonly properties: Readonly<Record<string, number>>;
}

export interface SchemaProperty extends SchemaTerm {
  readonly domain: readonly string[];
  readonly range: readonly string[];
  readonly values: readonly string[];
  readonly triples: number | null;
}

interface Sent {
  readonly counted: boolean;
  readonly prefixes: Readonly<Record<string, string>>;
  readonly classes: readonly SchemaClass[];
  readonly properties: readonly SchemaProperty[];
}

export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const AGAIN_AFTER = 5000;

/** What is known of the graph's terms; empty until the server has told it. */
export class Schema {
  readonly classes: ReadonlyMap<string, SchemaClass>;
  readonly properties: ReadonlyMap<string, SchemaProperty>;
  readonly prefixes: Prefixes;

  constructor(sent: Sent) {
    this.classes = new Map(sent.classes.map((each) => [each.iri, each]));
    this.properties = new Map(sent.properties.map((each) => [each.iri, each]));
    this.prefixes = new Map(Object.entries(sent.prefixes));
  }

  /** The classes that a variable or term of a query is of, as far as its triples tell. */
  classesOf(term: string, triples: readonly Triple[], declared: Prefixes): ReadonlySet<string> {
    const named = new Set<string>();
    const told = new Set<string>();
    for (const { subject, path, object } of triples) {
      const steps = path.map((step) => this.#iri(step, declared));
      const last = steps[steps.length - 1];
      if (subject === term && steps.length === 1 && last === TYPE) named.add(this.#iri(object, declared) ?? "");
      if (object === term && last !== undefined) for (const each of this.valuesOf(last)) told.add(each);
    }
    return named.size > 0 ? named : told;
  }

  /** The classes of whatever a context's next step starts from. */
  classesAt(context: Context, triples: readonly Triple[], declared: Prefixes): ReadonlySet<string> {
    const before = context.path[context.path.length - 1];
    if (before === undefined) return this.classesOf(context.subject, triples, declared);
    const step = this.#iri(before, declared);
    return new Set(step === undefined ? [] : this.valuesOf(step));
  }

  /** The properties that instances of a class have, and how often; as the rules say where nothing is counted. */
  propertiesOf(iri: string): ReadonlyMap<string, number> {
    const counted = Object.entries(this.classes.get(iri)?.properties ?? {});
    if (counted.length > 0) return new Map(counted);
    const classes = this.#upwards(iri);
    const ruled = [...this.properties.values()].filter(({ domain }) => domain.some((each) => classes.has(each)));
    return new Map(ruled.map((property) => [property.iri, 0]));
  }

  #upwards(iri: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(iri)) return seen;
    seen.add(iri);
    for (const above of this.classes.get(iri)?.above ?? []) this.#upwards(above, seen);
    return seen;
  }

  valuesOf(property: string): readonly string[] {
    const known = this.properties.get(property);
    if (known === undefined) return [];
    return known.values.length > 0 ? known.values : known.range;
  }

  #iri(written: string, declared: Prefixes): string | undefined {
    return written === "a" ? TYPE : expanded(written, declared, this.prefixes);
  }
}

export const NOTHING = new Schema({ counted: false, prefixes: {}, classes: [], properties: [] });

/** Fetch the schema, and once more where its figures were not counted yet; `take` is told of each. */
export async function fetchSchema(take: (schema: Schema) => void, again = true): Promise<void> {
  const response = await fetch(`${root}schema`);
  if (!response.ok) return;
  const sent = (await response.json()) as Sent;
  take(new Schema(sent));
  if (!sent.counted && again) setTimeout(() => void fetchSchema(take, false), AGAIN_AFTER);
}

/** The text in the language of the page, else in English, else in any. */
export function inWords(texts: Texts): string {
  return texts[language] ?? texts["en"] ?? texts[""] ?? Object.values(texts)[0] ?? "";
}
