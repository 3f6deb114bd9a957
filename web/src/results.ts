/** The answer to a SELECT, read into the table that the views draw. */

import type { Bindings } from "./ask.js";
import type { Cell, Kind, Table } from "./table.js";
import { kindOf } from "./values/datatypes.js";
import { columnsOf } from "./values/roles.js";

/** `#defaultView:Map` in a query, with or without the options that the Wikidata Query Service knows. */
const DEFAULT_VIEW = /^[ \t]*#defaultView:[ \t]*(\w+)/m;
/** What the Wikidata Query Service calls views that bear other names here. */
const NAMES: Readonly<Record<string, string>> = {
  graph: "network", dimensions: "network", barchart: "chart", linechart: "chart", areachart: "chart", scatterchart: "chart",
};

/**
 * Read an answer in the SPARQL 1.1 Query Results JSON Format.
 *
 * `truncated` says that the server's limit of rows cut the answer (Answer.truncated).
 */
export function readTable(bindings: Bindings, query: string, truncated = false): Table {
  const names = bindings.head.vars ?? [];
  const rows = (bindings.results?.bindings ?? []).map((row) => names.map((name) => row[name]));
  const columns = columnsOf(names.map((name, index) => ({ name, kind: kindOfColumn(rows, index) })));
  const view = defaultViewOf(query);
  return { columns, rows, truncated, ...(view === undefined ? {} : { defaultView: view }) };
}

/** The view that a query asks to be shown in, by its name here. */
export function defaultViewOf(query: string): string | undefined {
  const name = DEFAULT_VIEW.exec(query)?.[1]?.toLowerCase();
  return name === undefined ? undefined : (NAMES[name] ?? name);
}

function kindOfColumn(rows: readonly (readonly Cell[])[], index: number): Kind {
  let kind: Kind = "empty";
  for (const row of rows) {
    const cell = row[index];
    if (cell === undefined) continue;
    const found = kindOf(cell);
    if (kind === "empty") kind = found;
    else if (kind !== found) return "mixed";
  }
  return kind;
}
