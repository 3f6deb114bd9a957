/** The answer to a CONSTRUCT or DESCRIBE: N-Triples read, and written as Turtle to be looked at. */

import type { Bindings } from "../ask.js";
import type { Term } from "../terms.js";
import { type Prefixes, written } from "./prefixes.js";
import { TYPE } from "./schema.js";

export type Triple = readonly [subject: Term, predicate: Term, object: Term];

const STRING = "http://www.w3.org/2001/XMLSchema#string";
const TERM = /\s*(?:<([^>]*)>|_:([^\s<>]+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?|(<<\()|(\)>>)|(\.))/suy;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gsu;
const ESCAPED: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** Read N-Triples (RDF 1.2 N-Triples, section 6); a last line that was cut off is left out. */
export function readTriples(text: string, cut: boolean): Triple[] {
  const whole = cut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  const found: Triple[] = [];
  for (const line of whole.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    TERM.lastIndex = 0;
    const [subject, predicate, object] = [readTerm(line), readTerm(line), readTerm(line)];
    if (subject !== undefined && predicate !== undefined && object !== undefined) found.push([subject, predicate, object]);
  }
  return found;
}

function readTerm(line: string): Term | undefined {
  const [, iri, blank, literal, language, datatype, opening] = TERM.exec(line) ?? [];
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  if (literal !== undefined) {
    const value = unescaped(literal);
    return { type: "literal", value, ...(language ? { "xml:lang": language } : {}), ...(datatype ? { datatype } : {}) };
  }
  return opening === undefined ? undefined : tripleTerm(line);
}

function tripleTerm(line: string): Term | undefined {
  const [subject, predicate, object] = [readTerm(line), readTerm(line), readTerm(line)];
  TERM.exec(line);
  if (subject === undefined || predicate === undefined || object === undefined) return undefined;
  return { type: "triple", value: { subject, predicate, object } };
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, short?: string, long?: string, plain?: string) => {
    const code = short ?? long;
    return code === undefined ? (ESCAPED[plain ?? ""] ?? plain ?? "") : String.fromCodePoint(parseInt(code, 16));
  });
}

/** The triples as rows, in columns that the table and the network know. */
export function asBindings(triples: readonly Triple[]): Bindings {
  const bindings = triples.map(([subject, predicate, object]) => ({ subject, predicate, object }));
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings } };
}

/** Triples as Turtle: grouped by subject, with the prefixes that are used. */
export function asTurtle(triples: readonly Triple[], prefixes: Prefixes): string {
  const used = new Set<string>();
  const write = (term: Term): string => turtleTerm(term, prefixes, used);
  const blocks = [...grouped(triples)].map(([, about]) => {
    const predicates = [...grouped(about, 1)].map(([, same]) => {
      const predicate = same[0]?.[1];
      const verb = predicate?.type === "uri" && predicate.value === TYPE ? "a" : predicate ? write(predicate) : "";
      return `${verb} ${same.map(([, , object]) => write(object)).join(" , ")}`;
    });
    const subject = about[0]?.[0];
    return `${subject ? write(subject) : ""} ${predicates.join(" ;\n    ")} .\n`;
  });
  const lines = [...used].sort().map((name) => `PREFIX ${name}: <${prefixes.get(name) ?? ""}>\n`);
  return `${lines.join("")}${lines.length > 0 ? "\n" : ""}${blocks.join("\n")}`;
}

function grouped(triples: readonly Triple[], by: 0 | 1 = 0): Map<string, Triple[]> {
  const groups = new Map<string, Triple[]>();
  for (const triple of triples) {
    const key = JSON.stringify(triple[by]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [triple]);
    else group.push(triple);
  }
  return groups;
}

function turtleTerm(term: Term, prefixes: Prefixes, used: Set<string>): string {
  if (term.type === "uri") {
    const { text, prefix } = written(term.value, new Map(), prefixes);
    if (prefix !== undefined) used.add(prefix);
    return text;
  }
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<<( ${[subject, predicate, object].map((each) => turtleTerm(each, prefixes, used)).join(" ")} )>>`;
  }
  const { datatype } = term;
  if (term["xml:lang"] !== undefined) return `${quoted(term.value)}@${term["xml:lang"]}`;
  if (datatype === undefined || datatype === STRING) return quoted(term.value);
  return `${quoted(term.value)}^^${turtleTerm({ type: "uri", value: datatype }, prefixes, used)}`;
}

function quoted(text: string): string {
  const escaped = text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return `"${escaped}"`;
}

const LABELS = ["http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel"];

/** What the triples join, without their classes and texts, as a table that the network draws. */
export function asLinks(triples: readonly Triple[], language: string): Bindings {
  const labels = new Map<string, Term>();
  for (const [subject, { value }, object] of triples) {
    if (typeof subject.value !== "string" || typeof value !== "string" || object.type !== "literal") continue;
    if (!LABELS.includes(value)) continue;
    if (!labels.has(subject.value) || object["xml:lang"] === language) labels.set(subject.value, object);
  }
  const links = triples.filter(([subject, { value }, object]) => subject.type === "uri" && object.type === "uri" && value !== TYPE);
  const bindings = links.map(([subject, edge, object]) => {
    const [from, to] = [labels.get(String(subject.value)), labels.get(String(object.value))];
    return { subject, edgeLabel: edge, object, ...(from ? { subjectLabel: from } : {}), ...(to ? { objectLabel: to } : {}) };
  });
  return { head: { vars: ["subject", "subjectLabel", "edgeLabel", "object", "objectLabel"] }, results: { bindings } };
}
