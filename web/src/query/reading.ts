/** An answer as it comes in: how much there is so far, and no more of it than a page can hold. */

import type { Bindings } from "../ask.js";

/** Bytes of one answer that are kept; the rest is to be downloaded. */
const MOST = 96 * 1024 * 1024;

export interface Text {
  readonly text: string;
  /** Whether the answer went on. */
  readonly cut: boolean;
}

/** Read a body to its end or to the limit; `heard` is told of the bytes so far. */
export async function readText(response: Response, heard: (bytes: number) => void, most = MOST): Promise<Text> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    bytes += value.byteLength;
    parts.push(decoder.decode(value, { stream: true }));
    heard(bytes);
    if (bytes >= most) {
      await reader?.cancel();
      return { text: parts.join(""), cut: true };
    }
  }
  parts.push(decoder.decode());
  return { text: parts.join(""), cut: false };
}

/**
 * Read results in JSON, of which the end may be missing.
 *
 * Quotes within strings are escaped, so that `},{"` stands between two solutions and nowhere else.
 */
export function readBindings({ text, cut }: Text): Bindings {
  if (!cut) return JSON.parse(text) as Bindings;
  const end = text.lastIndexOf('},{"');
  return JSON.parse(end < 0 ? `${text.slice(0, text.indexOf("[", text.indexOf('"bindings"')) + 1)}]}}` : `${text.slice(0, end + 1)}]}}`) as Bindings;
}
