/** The query as a program of somebody's own: templates with the query put in as the language wants it. */

import curl from "./copies/curl.txt";
import javascript from "./copies/javascript.txt";
import javascriptGraph from "./copies/javascript-graph.txt";
import polars from "./copies/polars.txt";
import python from "./copies/python.txt";
import pythonWhole from "./copies/python-whole.txt";
import r from "./copies/r.txt";
import rWhole from "./copies/r-whole.txt";
import { type Form, formOf } from "./tokens.js";

export interface Copy {
  readonly name: string;
  readonly text: string;
}

interface Template {
  readonly name: string;
  readonly rows: string;
  /** For an ASK, a CONSTRUCT or a DESCRIBE; without it the template is for rows only. */
  readonly other?: string;
  readonly quote: (query: string) => string;
}

const inPython = (query: string): string => `"""\n${query.replace(/\\/g, "\\\\").replace(/"""/g, '\\"\\"\\"')}\n"""`;

const TEMPLATES: readonly Template[] = [
  { name: "curl", rows: curl, other: curl, quote: (query) => query },
  { name: "Python, SPARQLWrapper", rows: python, other: pythonWhole, quote: inPython },
  { name: "Python, polars", rows: polars, quote: inPython },
  { name: "R", rows: r, other: rWhole, quote: inR },
  { name: "JavaScript", rows: javascript, other: javascriptGraph, quote: inJavaScript },
];

/** How the answer is to come, by the query's form: for curl and R, and for SPARQLWrapper. */
const ACCEPTED: Readonly<Record<Form, string>> = {
  select: "text/csv", ask: "application/sparql-results+json", construct: "text/turtle", describe: "text/turtle",
};

/** The query in each language that fits its form. */
export function copiesOf(text: string, endpoint: string): readonly Copy[] {
  const query = text.trim();
  const form = formOf(query) ?? "select";
  const fitting = TEMPLATES.filter((template) => form === "select" || template.other !== undefined);
  return fitting.map(({ name, rows, other, quote }) => {
    const values: Readonly<Record<string, string>> = {
      endpoint, query: quote(query), accept: ACCEPTED[form], end: delimiter(query), format: form === "ask" ? "JSON" : "TURTLE",
    };
    const template = form === "select" ? rows : (other ?? rows);
    return { name, text: template.trimEnd().replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? "") };
  });
}

/** A word to end a here-document with, which is no line of the query. */
function delimiter(query: string): string {
  const lines = new Set(query.split("\n"));
  let word = "SPARQL";
  while (lines.has(word)) word += "_";
  return word;
}

/** A raw string of R (4.0), with as many dashes as it takes. */
function inR(query: string): string {
  let dashes = "";
  while (query.includes(`)${dashes}"`)) dashes += "-";
  return `r"${dashes}(\n${query}\n)${dashes}"`;
}

function inJavaScript(query: string): string {
  return `\`\n${query.replace(/[\\`]|\$\{/g, "\\$&")}\n\``;
}
