/** The answer to a SELECT as the views see it: columns with a kind, rows with a number. */

import type { Term } from "./terms.js";

/** What a column holds, told from its terms and, for the roles below, from its name. */
export type Kind = "iri" | "text" | "number" | "date" | "place" | "boolean" | "mixed" | "empty";

/**
 * What a column is for, by its name and the names beside it: the conventions of the Wikidata Query
 * Service (`xLabel` names `x`) and the project's own (`start`, `end`, `precision`, `claim`,
 * `speaker`, `source`, `quote`, `lower`, `upper`, `reported`: when it was said, not when it was).
 */
export type Role =
  | "label" | "start" | "end" | "precision" | "claim" | "speaker" | "source" | "quote"
  | "point" | "lower" | "upper" | "reported" | "layer" | "edgeLabel" | "none";

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  /** The column that this one names, bounds or dates, where there is one. */
  readonly about?: string;
}

export type Cell = Term | undefined;

export interface Table {
  readonly columns: readonly Column[];
  /** `rows[i]` has a cell a column; `i` is the row's number in every view. */
  readonly rows: readonly (readonly Cell[])[];
  /** What `#defaultView:` of the query names, in lower case. */
  readonly defaultView?: string;
  /** Whether the server's limit of rows cut the answer. */
  readonly truncated: boolean;
}
