/** The tokens of a SPARQL text, as far as an editor has to tell them apart; no parser. */

export type TokenKind =
  | "iri" | "string" | "variable" | "blank" | "name" | "language" | "number" | "word" | "mark";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const LOCAL = String.raw`(?:[\p{L}\p{N}_:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]|\.(?=[\p{L}\p{N}_:%\\.-]))*`;
const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+|#[^\n\r]*)`,
    String.raw`(?<iri><[^\x00-\x20<>"{}|^\x60\\]*>)`,
    String.raw`(?<string>"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_·]+)`,
    String.raw`(?<blank>_:[\p{L}\p{N}_.-]+)`,
    String.raw`(?<name>(?:\p{L}[\p{L}\p{N}_.-]*)?:${LOCAL})`,
    String.raw`(?<language>@[A-Za-z][A-Za-z0-9-]*)`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>\p{L}[\p{L}\p{N}_-]*)`,
    String.raw`(?<mark>.)`,
  ].join("|"),
  "gsu",
);

/** The tokens in order; white space and comments are left out. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    if (kind === undefined || kind === "space") continue;
    found.push({ kind: kind as TokenKind, text: match[0], from: match.index, to: match.index + match[0].length });
  }
  return found;
}

export type Form = "select" | "ask" | "construct" | "describe";

/** Which of the four forms a query has, by its first word of that kind. */
export function formOf(text: string): Form | undefined {
  const word = tokens(text).find((token) => token.kind === "word" && /^(select|ask|construct|describe)$/i.test(token.text));
  return word?.text.toLowerCase() as Form | undefined;
}
