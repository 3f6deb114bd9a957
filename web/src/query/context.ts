/** Where in a query the cursor stands, and what the triples say of its subject; tolerant of anything. */

import { type Token, tokens } from "./tokens.js";

export type Place = "subject" | "predicate" | "object" | "graph" | "expression" | "prefix";

export interface Triple {
  readonly subject: string;
  /** The steps of a path that is a plain sequence; empty where it is none. */
  readonly path: readonly string[];
  readonly object: string;
}

export interface Context {
  readonly place: Place;
  /** The subject and the steps before, as written. */
  readonly subject: string;
  readonly path: readonly string[];
}

interface Frame {
  readonly kind: "top" | "group" | "blank" | "brackets";
  readonly self: string;
  place: Place;
  subject: string;
  path: string[];
  plain: boolean;
}

const TERMS = new Set(["iri", "string", "variable", "blank", "name", "number"]);
const EXPRESSIONS = /^(filter|bind|having|values|select|order|group|limit|offset|by|as|in|not|from|describe)$/i;

/** The context at the end of a text. */
export function contextAt(text: string): Context {
  const reader = new Reader();
  for (const token of tokens(text)) reader.read(token);
  return reader.context;
}

/** The triples of the patterns of a text. */
export function triplesIn(text: string): readonly Triple[] {
  const reader = new Reader();
  for (const token of tokens(text)) reader.read(token);
  return reader.triples;
}

class Reader {
  readonly triples: Triple[] = [];
  readonly #frames: Frame[] = [frame("top", "expression")];
  #blanks = 0;
  #prefix = 0;
  /** Whether the next braces hold the data of VALUES. */
  #data = false;

  get context(): Context {
    const { place, subject, path } = this.#here;
    return { place: this.#prefix > 0 ? "prefix" : place, subject, path: [...path] };
  }

  get #here(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame;
  }

  read(token: Token): void {
    if (this.#inPrefix(token)) return;
    if (token.kind === "word") this.#word(token.text);
    else if (token.kind === "mark") this.#mark(token.text);
    else if (TERMS.has(token.kind)) this.#term(token.text);
  }

  /** `PREFIX name: <iri>` takes two tokens after its word. */
  #inPrefix(token: Token): boolean {
    if (token.kind === "word" && /^(prefix|base)$/i.test(token.text)) this.#prefix = /^base$/i.test(token.text) ? 1 : 2;
    else if (this.#prefix > 0) this.#prefix -= 1;
    else return false;
    return true;
  }

  #word(text: string): void {
    const here = this.#here;
    this.#data = /^values$/i.test(text);
    if (text === "a" && here.place === "predicate") this.#term("a");
    else if (/^(graph|service)$/i.test(text)) here.place = "graph";
    else if (EXPRESSIONS.test(text)) here.place = "expression";
    else if (/^(true|false)$/i.test(text) && here.place === "object") this.#term(text);
    else if (/^(optional|union|minus|where)$/i.test(text) && here.kind === "group") here.place = "subject";
  }

  #term(text: string): void {
    const here = this.#here;
    if (here.place === "subject") {
      here.subject = text;
      this.#expectPredicate();
    } else if (here.place === "predicate") {
      here.path.push(text);
      here.place = "object";
    } else if (here.place === "object") {
      this.triples.push({ subject: here.subject, path: here.plain ? [...here.path] : [], object: text });
    } else if (here.place === "graph") {
      here.place = "subject";
    }
  }

  #expectPredicate(): void {
    Object.assign(this.#here, { place: "predicate", path: [], plain: true });
  }

  #mark(text: string): void {
    const here = this.#here;
    if (text === "{") this.#openGroup();
    else if (text === "}") this.#close("group");
    else if (text === "(") this.#open();
    else if (text === ")") this.#close("brackets");
    else if (text === "[") this.#frames.push(frame("blank", "predicate", `[${(this.#blanks += 1)}`));
    else if (text === "]") this.#close("blank");
    else if (here.kind !== "top") this.#punctuation(text, here);
  }

  #punctuation(text: string, here: Frame): void {
    if (text === "." && here.kind === "group") here.place = "subject";
    else if (text === ";" && here.place === "object") this.#expectPredicate();
    else if (text === "/" && here.place === "object") here.place = "predicate";
    else if (/[|^!]/.test(text)) {
      here.plain = false;
      if (here.place === "object") here.place = "predicate";
    } else if (/[*+?]/.test(text)) here.plain = false;
  }

  #openGroup(): void {
    this.#frames.push(frame("group", this.#data ? "expression" : "subject"));
    this.#data = false;
  }

  /** A bracket within a path leaves us where we were; any other holds an expression or a list. */
  #open(): void {
    const { place } = this.#here;
    const inner = frame("brackets", place === "object" || place === "predicate" ? place : "expression");
    inner.plain = false;
    this.#frames.push(inner);
  }

  /** Leave frames up to one of the kind; a stray closing mark is passed over. */
  #close(kind: Frame["kind"]): void {
    const at = this.#frames.findLastIndex((each) => each.kind === kind);
    const left = this.#frames[at];
    if (at < 1 || left === undefined) return;
    this.#frames.length = at;
    const here = this.#here;
    if (kind === "blank") this.#term(left.self);
    else if (kind === "group") here.place = here.kind === "group" ? "subject" : "expression";
    else if (here.place === "predicate") Object.assign(here, { place: "object", plain: false });
    else if (here.place === "expression" && here.kind === "group") here.place = "subject";
  }
}

function frame(kind: Frame["kind"], place: Place, self = ""): Frame {
  return { kind, self, place, subject: self, path: [], plain: true };
}
