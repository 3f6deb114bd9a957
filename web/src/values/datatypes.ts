/** The kind of a term, by its datatype (XML Schema Part 2, GeoSPARQL 1.1 section 8.4.1). */

import type { Kind } from "../table.js";
import type { Term } from "../terms.js";

export const XSD = "http://www.w3.org/2001/XMLSchema#";
export const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";

const NUMBERS = new Set(
  [
    "integer", "decimal", "double", "float", "long", "int", "short", "byte", "nonNegativeInteger",
    "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt",
    "unsignedShort", "unsignedByte",
  ].map((name) => XSD + name),
);
const DATES = new Set(["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"].map((name) => XSD + name));

/** A blank node counts as a thing, like an IRI; a triple as text. */
export function kindOf(term: Term): Kind {
  if (term.type === "uri" || term.type === "bnode") return "iri";
  if (term.type === "triple" || term.datatype === undefined) return "text";
  if (NUMBERS.has(term.datatype)) return "number";
  if (DATES.has(term.datatype)) return "date";
  if (term.datatype === WKT) return "place";
  return term.datatype === `${XSD}boolean` ? "boolean" : "text";
}

/** The number that a literal is, or NaN. XML Schema writes infinities as INF and -INF. */
export function numberOf(term: Term | undefined): number {
  if (term === undefined || kindOf(term) !== "number") return NaN;
  const text = String(term.value);
  return text.endsWith("INF") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}
