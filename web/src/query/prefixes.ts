/** Prefixes of a query: which are declared, how an IRI is written with them, and declaring one more. */

import { tokens } from "./tokens.js";

export type Prefixes = ReadonlyMap<string, string>;

/** Local names that need no escapes (SPARQL 1.1, PN_LOCAL, somewhat narrower). */
const LOCAL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

/** The prefixes that a text declares, by name without the colon. */
export function declaredIn(text: string): Prefixes {
  const found = new Map<string, string>();
  const all = tokens(text);
  all.forEach((token, index) => {
    if (token.kind !== "word" || !/^prefix$/i.test(token.text)) return;
    const [name, iri] = [all[index + 1], all[index + 2]];
    if (name?.kind === "name" && iri?.kind === "iri") found.set(name.text.slice(0, -1), iri.text.slice(1, -1));
  });
  return found;
}

/** An IRI as a query writes it, and the prefix that has to be declared for it. */
export interface Written {
  readonly text: string;
  readonly prefix?: string;
}

/** Write an IRI with a declared prefix, else with a known one, else in full. */
export function written(iri: string, declared: Prefixes, known: Prefixes): Written {
  const here = shortened(iri, declared);
  if (here !== undefined) return { text: here.text };
  const free = new Map([...known].filter(([name]) => !declared.has(name)));
  return shortened(iri, free) ?? { text: `<${iri}>` };
}

/** The longest beginning wins: `event:x` and not `id:event/x`. */
function shortened(iri: string, prefixes: Prefixes): Required<Written> | undefined {
  let best: { prefix: string; base: string } | undefined;
  for (const [prefix, base] of prefixes) {
    if (base === "" || !iri.startsWith(base) || !LOCAL.test(iri.slice(base.length))) continue;
    if (best === undefined || base.length > best.base.length) best = { prefix, base };
  }
  return best && { text: `${best.prefix}:${iri.slice(best.base.length)}`, prefix: best.prefix };
}

/** The IRI that a token stands for; undefined where its prefix is nowhere known. */
export function expanded(text: string, ...prefixes: readonly Prefixes[]): string | undefined {
  if (text.startsWith("<")) return text.slice(1, -1);
  const colon = text.indexOf(":");
  const base = prefixes.map((each) => each.get(text.slice(0, colon))).find((each) => each !== undefined);
  return base === undefined ? undefined : base + text.slice(colon + 1).replace(/\\(.)/g, "$1");
}

export interface Insertion {
  readonly from: number;
  readonly insert: string;
}

/** What declares a prefix in a text: a line after the last declaration, else before the query. */
export function declaring(text: string, prefix: string, iri: string): Insertion {
  const all = tokens(text);
  const line = `PREFIX ${prefix}: <${iri}>`;
  const last = all.findLastIndex((token) => token.kind === "word" && /^prefix$/i.test(token.text));
  const end = all[last + 2];
  if (last >= 0 && end?.kind === "iri") return { from: end.to, insert: `\n${line}` };
  return { from: all[0]?.from ?? text.length, insert: `${line}\n` };
}
