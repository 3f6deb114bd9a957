/** The colours of the page's tokens for what is drawn on a canvas, in light and in dark. */

const SERIES = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6"] as const;
/** Kinds that have a colour of their own on every screen, by a word that their name holds. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/attack|strike|assault|shelling|bomb|напад|атак|удар|обстріл/i, "--attack"],
  [/negotiat|talks|mediat|переговор|посередниц/i, "--negotiation"],
  [/statement|demand|reject|assess|denial|заява|вимога|відмова/i, "--statement"],
];

export interface Colours {
  /** The value of a token such as `--line`. */
  token(name: string): string;
  /** The colour of one of several things, by its place among them. */
  series(index: number): string;
  /** The colours of kinds: those known everywhere, and for the others the series in order. */
  kinds(names: readonly string[]): Map<string, string>;
}

/** Read the tokens as they are now; read them again when watchColours says so. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  const token = (name: string): string => {
    const value = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, value);
    return value;
  };
  const values = SERIES.map(token);
  const series = (index: number): string => values[index % values.length] ?? token("--text");
  return { token, series, kinds: (names) => kinds(names, token, series) };
}

/** Be told when the page goes from light to dark or back; call what is returned to end that. */
export function watchColours(listener: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(listener);
  dark.addEventListener("change", listener);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    dark.removeEventListener("change", listener);
    chosen.disconnect();
  };
}

function kinds(names: readonly string[], token: (name: string) => string, series: (index: number) => string): Map<string, string> {
  let next = 0;
  return new Map(names.map((name) => {
    const known = KINDS.find(([words]) => words.test(name));
    return [name, known === undefined ? series(next++) : token(known[1])];
  }));
}
