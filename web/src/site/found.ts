/** What the search finds, as `GET /search` tells it. */

import { root } from "../ask.js";
import { h, type Child } from "../dom.js";
import { language } from "../words.js";

export interface Hit {
  readonly id: string;
  readonly label: string;
  readonly classes: readonly string[];
  readonly property: string;
  readonly language: string;
  readonly snippet: string;
  readonly marks: readonly (readonly [number, number])[];
  /** Its page on this server, or its IRI where it has none here. */
  readonly page: string;
  /** Its narrowest class in words. */
  readonly kind: string;
}

/** The best few for words that may be incomplete; none where nothing can be searched for. */
export async function search(words: string, limit: number, signal: AbortSignal): Promise<readonly Hit[]> {
  const asked = new URLSearchParams({ q: words, limit: String(limit), labels: language });
  const response = await fetch(`${root}search?${asked}`, { headers: { Accept: "application/json" }, signal });
  if (!response.ok) return [];
  return ((await response.json()) as { results: readonly Hit[] }).results;
}

/** A text with the marked parts in `mark`; the server counts characters, and not UTF-16 units. */
export function marked(text: string, marks: readonly (readonly [number, number])[]): Child[] {
  const letters = [...text];
  const part = (from: number, to?: number): string => letters.slice(from, to).join("");
  const shown: Child[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    shown.push(part(at, from), h("mark", {}, part(from, to)));
    at = to;
  }
  return [...shown, part(at)];
}
