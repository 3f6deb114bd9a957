/** RDF terms as the SPARQL 1.1 Query Results JSON Format has them (section 3.2.2). */

export interface Iri {
  readonly type: "uri";
  readonly value: string;
}

export interface BlankNode {
  readonly type: "bnode";
  readonly value: string;
}

export interface Literal {
  readonly type: "literal";
  readonly value: string;
  readonly datatype?: string;
  readonly "xml:lang"?: string;
}

/** A triple as a term, as SPARQL 1.2 has it. */
export interface TripleTerm {
  readonly type: "triple";
  readonly value: { readonly subject: Term; readonly predicate: Term; readonly object: Term };
}

export type Term = Iri | BlankNode | Literal | TripleTerm;

/** The term as one text: what a cell shows and what a sort compares. */
export function textOf(term: Term): string {
  if (term.type !== "triple") return term.value;
  const { subject, predicate, object } = term.value;
  return `<<( ${textOf(subject)} ${textOf(predicate)} ${textOf(object)} )>>`;
}
