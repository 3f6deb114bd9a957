/** An answer as it comes in: read piece by piece, and no more of it than a page can hold. */

import type { Bindings } from "../ask.js";

/** Bytes of one answer that are kept; the rest is to be downloaded. */
const MOST = 96 * 1024 * 1024;

/** Whoever takes the text of an answer, in pieces that end anywhere. */
export interface Reader {
  take(text: string): void;
}

/** Read a body to its end or to the limit; tells whether it went on. `heard` is told of the bytes so far. */
export async function read(response: Response, reader: Reader, heard: (bytes: number) => void, most = MOST): Promise<boolean> {
  const body = response.body?.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  for (;;) {
    const { done, value } = (await body?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    bytes += value.byteLength;
    reader.take(decoder.decode(value, { stream: true }));
    heard(bytes);
    if (bytes >= most) {
      await body?.cancel();
      return true;
    }
  }
  reader.take(decoder.decode());
  return false;
}

/** Everything as one text. */
export class WholeText implements Reader {
  readonly #parts: string[] = [];

  take(text: string): void {
    this.#parts.push(text);
  }

  get text(): string {
    return this.#parts.join("");
  }
}

type Solutions = NonNullable<Bindings["results"]>["bindings"];
const BEGINNING = /"bindings"\s*:\s*\[/;

/**
 * Results in JSON, parsed while they come, so that no piece of work is long.
 *
 * Quotes within strings are escaped, so that `},{"` stands between two solutions and nowhere else.
 * Where a server puts white space there, all is parsed at the end.
 */
export class Results implements Reader {
  readonly #rows: Solutions[number][] = [];
  #head: Bindings["head"] | undefined;
  #rest = "";

  take(text: string): void {
    this.#rest += text;
    if (this.#head === undefined) this.#begin();
    const end = this.#head === undefined ? -1 : this.#rest.lastIndexOf('},{"');
    if (end < 0) return;
    this.#add(this.#rest.slice(0, end + 1));
    this.#rest = this.#rest.slice(end + 2);
  }

  /** What was read; of an answer that was cut, the solutions that are whole. */
  end(cut: boolean): Bindings {
    if (this.#head === undefined) return JSON.parse(this.#rest) as Bindings;
    if (!cut) this.#add(this.#rest.slice(0, this.#rest.lastIndexOf("]")));
    return { head: this.#head, results: { bindings: this.#rows } };
  }

  /** The names of the columns stand before the solutions; where they do not, the end is waited for. */
  #begin(): void {
    const found = BEGINNING.exec(this.#rest);
    const before = this.#rest.slice(0, found?.index);
    if (found === null || !before.includes('"head"')) return;
    this.#head = (JSON.parse(`${before}"bindings":[]}}`) as Bindings).head;
    this.#rest = this.#rest.slice(found.index + found[0].length);
  }

  #add(text: string): void {
    for (const row of JSON.parse(`[${text}]`) as Solutions) this.#rows.push(row);
  }
}
