/** IRIs as they stand in addresses: `actor:russia`, `pol:place`; other IRIs in full. */

const IDENTIFIERS = "https://w3id.org/polemos/id/";
const ONTOLOGY = "https://w3id.org/polemos/ontology#";

export function shortOf(iri: string): string {
  if (iri.startsWith(ONTOLOGY)) return `pol:${iri.slice(ONTOLOGY.length)}`;
  if (!iri.startsWith(IDENTIFIERS)) return iri;
  const [kind, ...name] = iri.slice(IDENTIFIERS.length).split("/");
  return name.length === 0 ? iri : `${kind}:${name.join("/")}`;
}

export function longOf(short: string): string {
  if (short.startsWith("pol:")) return ONTOLOGY + short.slice(4);
  const [, kind, name] = /^([a-z-]+):(?!\/\/)(.+)$/s.exec(short) ?? [];
  return kind === undefined || name === undefined || kind === "urn" ? short : `${IDENTIFIERS}${kind}/${name}`;
}

/** The last part of an IRI: what a property or a role is called without its namespace. */
export function localName(iri: string): string {
  return iri.split(/[#/]/).at(-1) ?? iri;
}

/** The IRI of an edge, as the exports have it: a fragment of what the edge is about. */
export function edgeIri(about: string, kind: string, ends: readonly string[]): string {
  const others = ends.filter((end) => end !== about).map(fragmentOf);
  return `${about}${about.includes("#") ? "/" : "#"}${[kind, ...others].join("/")}`;
}

function fragmentOf(iri: string): string {
  const rest = iri.startsWith(IDENTIFIERS) ? iri.slice(IDENTIFIERS.length) : iri;
  return encodeURIComponent(rest).replaceAll("%2F", "/").replaceAll("%3A", ":");
}
