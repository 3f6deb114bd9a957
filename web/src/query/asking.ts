/** A query from its start to its end: asked, timed, stopped, read. */

import { type Bindings, type Problem, Refusal, ask } from "../ask.js";
import { Results, WholeText, read } from "./reading.js";
import { type Triple, readTriples } from "./triples.js";

/** What came back, whatever the form of the query. */
export type Found =
  | { readonly kind: "rows"; readonly bindings: Bindings }
  | { readonly kind: "yes-no"; readonly yes: boolean }
  | { readonly kind: "triples"; readonly triples: readonly Triple[] };

export interface Done {
  readonly query: string;
  readonly found: Found;
  readonly version: string;
  readonly seconds: number;
  /** Whether the server's limit of rows cut the answer. */
  readonly truncated: boolean;
  /** Whether the answer was too long for the page. */
  readonly cut: boolean;
}

/** What is told of a query while it runs and at its end; exactly one of the last three is. */
export interface Listener {
  heard(bytes: number): void;
  done(done: Done): void;
  failed(problem: Problem): void;
  stopped(): void;
}

const ACCEPTED = "application/sparql-results+json, application/n-triples";

/** Ask a query; what is returned stops it and frees its worker. */
export function run(query: string, timeout: string, listener: Listener): () => void {
  const started = performance.now();
  const question = ask(query, ACCEPTED, timeout === "" ? {} : { timeout });
  let over = false;
  const finish = async (): Promise<void> => {
    const { response, version, truncated } = await question.answer;
    const { found, cut } = await foundIn(response, (bytes) => listener.heard(bytes));
    const seconds = (performance.now() - started) / 1000;
    if (!over) listener.done({ query, found, version, seconds, truncated, cut });
  };
  finish().catch((error: unknown) => {
    if (!over) listener.failed(error instanceof Refusal ? error.problem : unreachable(error));
  });
  return () => {
    over = true;
    question.stop();
    listener.stopped();
  };
}

async function foundIn(response: Response, heard: (bytes: number) => void): Promise<{ found: Found; cut: boolean }> {
  if ((response.headers.get("Content-Type") ?? "").startsWith("application/n-triples")) {
    const whole = new WholeText();
    const cut = await read(response, whole, heard);
    return { found: { kind: "triples", triples: readTriples(whole.text, cut) }, cut };
  }
  const results = new Results();
  const cut = await read(response, results, heard);
  const bindings = results.end(cut);
  const found: Found = bindings.boolean === undefined ? { kind: "rows", bindings } : { kind: "yes-no", yes: bindings.boolean };
  return { found, cut };
}

/** The connection failed, or the answer broke off: there is no problem document. */
function unreachable(error: unknown): Problem {
  return { title: "", detail: error instanceof Error ? error.message : "", status: 0 };
}
