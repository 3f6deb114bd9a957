/** Questions to this server: queries with their time and their end, canned queries, problems. */

import type { Term } from "./terms.js";

/** Where the server is: a path that ends in a slash, told by the page (`<body data-root>`). */
export const root = `${document.body.dataset["root"] ?? ""}/`;

/** A problem document (RFC 9457), or what stands in for one where the server cannot be reached. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly line?: number;
  readonly column?: number;
  readonly excerpt?: string;
}

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export interface Bindings {
  readonly head: { readonly vars?: readonly string[] };
  readonly results?: { readonly bindings: readonly Readonly<Record<string, Term>>[] };
  readonly boolean?: boolean;
}

export interface Answer {
  readonly response: Response;
  /** The version that answered. */
  readonly version: string;
  readonly truncated: boolean;
}

/** A query under way; `stop` frees its worker on the server as well. */
export interface Question {
  readonly answer: Promise<Answer>;
  stop(): void;
}

/** Ask the endpoint. The promise is refused with a Refusal, or an AbortError once it is stopped. */
export function ask(query: string, accept: string, parameters: Readonly<Record<string, string>> = {}): Question {
  const id = newId();
  const abort = new AbortController();
  const body = new URLSearchParams({ query, ...parameters });
  const headers = { Accept: accept, "Polemos-Query": id };
  const sent = fetch(`${root}sparql`, { method: "POST", body, headers, signal: abort.signal });
  return {
    answer: sent.then(answered),
    stop() {
      abort.abort();
      // The server sees the closed connection too; this is for where a proxy stands between.
      void fetch(`${root}running/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined);
    },
  };
}

/** Ask one of the canned queries. Values that are empty are left out. */
export async function canned(
  name: string,
  values: Readonly<Record<string, string | number>> = {},
  signal?: AbortSignal,
): Promise<Bindings> {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  const headers = { Accept: "application/sparql-results+json" };
  const response = await fetch(`${root}queries/${name}?${search}`, { headers, ...(signal ? { signal } : {}) });
  return (await (await answered(response)).response.json()) as Bindings;
}

/** An id that nobody guesses. (`randomUUID` is there over HTTPS and on this machine only.) */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answered(response: Response): Promise<Answer> {
  if (!response.ok) throw new Refusal(await problemOf(response));
  return {
    response,
    version: response.headers.get("Polemos-Version") ?? "",
    truncated: response.headers.get("Polemos-Truncated") === "true",
  };
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = { title: response.statusText, detail: response.statusText, status: response.status };
  if (!(response.headers.get("Content-Type") ?? "").startsWith("application/problem+json")) return fallback;
  return { ...fallback, ...((await response.json()) as Partial<Problem>) };
}
