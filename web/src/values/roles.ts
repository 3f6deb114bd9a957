/** What the columns of an answer are for, told from their names and what they hold. */

import type { Column, Kind, Role } from "../table.js";

export interface Named {
  readonly name: string;
  readonly kind: Kind;
}

/** The words of a name that give a column its role, and what the column must hold to have it. */
const MARKS: readonly (readonly [Role, Kind | "any", RegExp])[] = [
  ["edgeLabel", "any", /^edgeLabel$/],
  ["start", "date", /^(start|begin|earliest|since|from)$/i],
  ["end", "date", /^(end|until|latest|to)$/i],
  ["reported", "date", /^(reported|published|publication|said)$/i],
  ["precision", "any", /^precision$/i],
  ["lower", "number", /^(lower|lowerBound|low|atLeast|minimum|min)$/i],
  ["upper", "number", /^(upper|upperBound|high|atMost|maximum|max)$/i],
  ["point", "number", /^(point|pointValue|best|bestEstimate|value)$/i],
  ["claim", "iri", /^claim$/i],
  ["speaker", "any", /^speaker$/i],
  ["source", "any", /^(source|outlet|article)$/i],
  ["quote", "text", /^quote$/i],
  ["layer", "any", /^layer$/i],
];
const LABEL = /^(.+)Label$/;

/** Give each column its role and the column that it is about. */
export function columnsOf(named: readonly Named[]): Column[] {
  const names = new Set(named.map((column) => column.name));
  const marked = named.map((column) => ({ column, ...marksOf(column, names) }));
  return marked.map(({ column, role, stem }) => {
    if (role === "label") return { ...column, role, ...(names.has(stem) ? { about: stem } : {}) };
    const about = role === "lower" || role === "upper" ? pointOf(stem, marked) : names.has(stem) ? stem : undefined;
    return { ...column, role, ...(about === undefined || about === column.name ? {} : { about }) };
  });
}

interface Marked {
  readonly role: Role;
  /** The name without the words that give the role: `killed` of `killedAtLeast`. */
  readonly stem: string;
}

function marksOf({ name, kind }: Named, names: ReadonlySet<string>): Marked {
  const label = LABEL.exec(name)?.[1];
  if (label !== undefined && (names.has(label) || name !== "edgeLabel")) return { role: "label", stem: label };
  for (const [role, holds, mark] of MARKS) {
    const stem = holds === "any" || holds === kind ? without(name, mark) : undefined;
    if (stem !== undefined) return { role, stem };
  }
  return { role: "none", stem: name };
}

/** What is left of a camel-case name when its first or last words are the mark; undefined if they are not. */
function without(name: string, mark: RegExp): string | undefined {
  const words = name.split(/(?=[A-Z])|_/);
  for (let count = words.length; count > 0; count -= 1) {
    if (mark.test(words.slice(-count).join(""))) return words.slice(0, -count).join("");
    if (mark.test(words.slice(0, count).join(""))) return decapitalised(words.slice(count).join(""));
  }
  return undefined;
}

function decapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The column of the point value that a bound belongs to: the one of the same stem. */
function pointOf(stem: string, marked: readonly (Marked & { column: Named })[]): string | undefined {
  const points = marked.filter(({ column }) => column.kind === "number");
  const same = points.find(({ role, column }) => (role === "none" ? column.name === stem : false));
  return (same ?? points.find((point) => point.role === "point" && point.stem === stem))?.column.name;
}
