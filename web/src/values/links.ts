/** The network in a table: which things its rows join, and what they say of that. */

import type { Cell, Table } from "../table.js";
import { labelColumns, titleOf } from "./titles.js";

export interface Node {
  /** Its IRI, or `_:` and its name within the answer. */
  readonly key: string;
  readonly label: string;
  readonly kind: string;
}

export interface Link {
  readonly source: string;
  readonly target: string;
  /** What the link is: the row's `edgeLabel`, or else the name of the target's column. */
  readonly label: string;
  readonly contested: boolean;
  /** The rows that tell of it. */
  readonly rows: readonly number[];
  /** How many claims tell of it, or else speakers or sources; 1 where the table has none of these. */
  readonly sources: number;
}

export interface Network {
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
}

/** Names of columns that mean "from this to that"; the first pair that a table has is taken. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["from", "to"], ["source", "target"], ["subject", "object"], ["one", "other"],
  ["parent", "child"], ["earlier", "later"], ["actor", "target"], ["speaker", "addressee"],
];

/** The columns that a link goes between, as numbers of columns. */
export function endsOf(table: Table): (readonly [number, number])[] {
  const at = (name: string): number =>
    table.columns.findIndex((column) => column.name === name && column.kind === "iri");
  for (const [from, to] of PAIRS) if (at(from) >= 0 && at(to) >= 0) return [[at(from), at(to)]];
  // As the Wikidata Query Service has it: from the first thing in a row to each later one.
  const things = [...table.columns.keys()].filter((index) => {
    const column = table.columns[index];
    return column?.kind === "iri" && column.role === "none";
  });
  const [first, ...later] = things;
  return first === undefined ? [] : later.map((target) => [first, target] as const);
}

/** Read the network of a table. Rows that tell of the same link make one link. */
export function networkOf(table: Table): Network {
  const ends = endsOf(table);
  const labels = labelColumns(table);
  const nodes = new Map<string, Node>();
  const links = new Map<string, Gathered>();
  const about = columnsAbout(table, ends);
  table.rows.forEach((row, number) => {
    for (const [from, to] of ends) {
      const [source, target] = [row[from], row[to]];
      if (source === undefined || target === undefined) continue;
      const [one, other] = [keep(nodes, row, from, labels, table), keep(nodes, row, to, labels, table)];
      const label = valueOf(row[about.label]) ?? table.columns[to]?.name ?? "";
      gather(links, { source: one, target: other, label, row, number, about });
    }
  });
  return { nodes: [...nodes.values()], links: [...links.values()].map(finished) };
}

interface About {
  readonly label: number;
  readonly event: number;
  readonly contested: number;
  readonly teller: number;
}

interface Gathered {
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly rows: number[];
  readonly tellers: Set<string>;
  contested: boolean;
}

function columnsAbout(table: Table, ends: readonly (readonly [number, number])[]): About {
  const find = (test: (name: string, role: string) => boolean): number =>
    table.columns.findIndex((column) => column.kind !== "empty" && test(column.name, column.role));
  const taken = new Set(ends.flat());
  return {
    label: find((_, role) => role === "edgeLabel"),
    event: table.columns.findIndex((column, index) => column.name === "event" && !taken.has(index)),
    contested: find((name) => /^(contested|disputed|contradicted)$/i.test(name)),
    teller: ["claim", "speaker", "source"].map((wanted) => find((_, role) => role === wanted)).find((index) => index >= 0) ?? -1,
  };
}

interface Found {
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly row: readonly Cell[];
  readonly number: number;
  readonly about: About;
}

/** Links in different events are different links between the same two. */
function gather(links: Map<string, Gathered>, { source, target, label, row, number, about }: Found): void {
  const key = [source, target, label, valueOf(row[about.event]) ?? ""].join("\n");
  const link = links.get(key) ?? { source, target, label, rows: [], tellers: new Set<string>(), contested: false };
  links.set(key, link);
  link.rows.push(number);
  const teller = valueOf(row[about.teller]);
  if (teller !== undefined) link.tellers.add(teller);
  link.contested ||= valueOf(row[about.contested]) === "true";
}

function finished({ tellers, ...link }: Gathered): Link {
  return { ...link, sources: Math.max(1, tellers.size) };
}

function keep(nodes: Map<string, Node>, row: readonly Cell[], column: number, labels: readonly number[], table: Table): string {
  const cell = row[column];
  const key = cell?.type === "bnode" ? `_:${cell.value}` : (valueOf(cell) ?? "");
  if (!nodes.has(key)) nodes.set(key, { key, label: titleOf(row, column, labels), kind: kindOf(table, row, column, key) });
  return key;
}

/** By a column such as `fromKindLabel` or `toType`, or else by the kind of IRI: `actor`, `event`. */
function kindOf(table: Table, row: readonly Cell[], column: number, key: string): string {
  const name = table.columns[column]?.name ?? "";
  for (const suffix of ["KindLabel", "Kind", "TypeLabel", "Type"]) {
    const at = table.columns.findIndex((each) => each.name === name + suffix);
    const value = valueOf(row[at]);
    if (value !== undefined) return value;
  }
  return /^https:\/\/w3id\.org\/polemos\/id\/([a-z-]+)\//.exec(key)?.[1] ?? name;
}

function valueOf(cell: Cell): string | undefined {
  return cell === undefined || cell.type === "triple" ? undefined : cell.value;
}
