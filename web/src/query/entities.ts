/** Entities by their names, from the server's search, in whichever script they were typed. */

import { root } from "../ask.js";
import { type Prefixes, declaredIn, written } from "./prefixes.js";
import type { Proposal, Spot } from "./proposals.js";
import type { Schema } from "./schema.js";

interface Hit {
  readonly id: string;
  readonly label: string;
  readonly classes: readonly string[];
  readonly property: string;
  readonly snippet: string;
}

const MOST = 12;
const SHORTEST = 2;
const NAMES = new Set(["label", "prefLabel", "altLabel"]);

/** The entities whose name has what was typed; with `kind:` typed, those of that prefix only. */
export async function entities(spot: Spot, schema: Schema, signal: AbortSignal): Promise<Proposal[]> {
  const declared = declaredIn(spot.text);
  const { words, base } = asked(spot.word, declared, schema.prefixes);
  if (words.length < SHORTEST) return [];
  const search = new URLSearchParams({ q: words, limit: String(MOST * 3) });
  const response = await fetch(`${root}search?${search}`, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) return [];
  const { results } = (await response.json()) as { results: readonly Hit[] };
  const named = results.filter((hit) => NAMES.has(hit.property) && hit.id.startsWith(base));
  const entity = named.filter((hit) => !schema.classes.has(hit.id) && !schema.properties.has(hit.id));
  return entity.slice(0, MOST).map((hit) => proposal(hit, schema, declared));
}

/** `region:ky` asks for “ky” among the regions, `Kyi` for “Kyi” among all. */
function asked(word: string, declared: Prefixes, known: Prefixes): { words: string; base: string } {
  const colon = word.indexOf(":");
  if (colon < 0) return { words: word, base: "" };
  const prefix = word.slice(0, colon);
  const base = declared.get(prefix) ?? known.get(prefix);
  return base === undefined ? { words: "", base: "" } : { words: word.slice(colon + 1).replaceAll("-", " "), base };
}

function proposal(hit: Hit, schema: Schema, declared: Prefixes): Proposal {
  const label = hit.snippet === hit.label ? hit.label : `${hit.snippet} · ${hit.label}`;
  const kinds = hit.classes.map((iri) => schema.classes.get(iri)).filter((each) => each !== undefined);
  const narrowest = kinds.sort((a, b) => (a.entities ?? 0) - (b.entities ?? 0))[0];
  const about = narrowest === undefined ? "" : (narrowest.label[document.documentElement.lang] ?? narrowest.label["en"] ?? "");
  return { ...written(hit.id, declared, schema.prefixes), kind: "entity", label, about };
}
