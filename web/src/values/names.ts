/** Short names of IRIs, and where their pages are. */

const IDENTIFIERS = "https://w3id.org/polemos/id/";
const ONTOLOGY = "https://w3id.org/polemos/ontology#";

const PREFIXES: readonly (readonly [string, string])[] = [
  ["pol", ONTOLOGY],
  ["rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"],
  ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"],
  ["owl", "http://www.w3.org/2002/07/owl#"],
  ["xsd", "http://www.w3.org/2001/XMLSchema#"],
  ["skos", "http://www.w3.org/2004/02/skos/core#"],
  ["sh", "http://www.w3.org/ns/shacl#"],
  ["prov", "http://www.w3.org/ns/prov#"],
  ["geo", "http://www.opengis.net/ont/geosparql#"],
  ["sf", "http://www.opengis.net/ont/sf#"],
  ["oa", "http://www.w3.org/ns/oa#"],
  ["dcterms", "http://purl.org/dc/terms/"],
  ["dcat", "http://www.w3.org/ns/dcat#"],
  ["void", "http://rdfs.org/ns/void#"],
  ["foaf", "http://xmlns.com/foaf/0.1/"],
  ["schema", "https://schema.org/"],
  ["time", "http://www.w3.org/2006/time#"],
  ["sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"],
  ["wd", "http://www.wikidata.org/entity/"],
  ["wdt", "http://www.wikidata.org/prop/direct/"],
];

/** `event:2026-01-24-kyiv-strike`, `pol:Attack`, `wd:Q212`; the whole IRI where no prefix fits. */
export function curieOf(iri: string): string {
  const [, kind, rest] = /^([a-z-]+)\/(.+)$/.exec(after(iri, IDENTIFIERS) ?? "") ?? [];
  if (kind !== undefined && rest !== undefined) return `${kind}:${rest}`;
  for (const [prefix, namespace] of PREFIXES) {
    const local = after(iri, namespace);
    if (local !== undefined && local !== "") return `${prefix}:${local}`;
  }
  return iri;
}

export interface Address {
  readonly href: string;
  /** Whether it leads to another site. */
  readonly external: boolean;
}

/**
 * Where to read about a thing: its page here, or the address that its IRI is. Undefined for an IRI
 * that no browser should follow, such as `urn:` or `javascript:`.
 */
export function addressOf(iri: string, root: string): Address | undefined {
  const own = after(iri, IDENTIFIERS);
  if (own !== undefined) return { href: `${root}page/${encodeURI(own)}`, external: false };
  const term = after(iri, ONTOLOGY);
  if (term !== undefined && term !== "") return { href: `${root}ontology/${encodeURIComponent(term)}`, external: false };
  return /^https?:\/\/[^\s]+$/i.test(iri) ? { href: iri, external: true } : undefined;
}

function after(text: string, start: string): string | undefined {
  return text.startsWith(start) ? text.slice(start.length) : undefined;
}
