/**
 * The words of the screens in the language of the page; no text stands in the code.
 *
 * They lie in `words/`, a pair of files an area (`query.en.json`, `query.uk.json`), and each area
 * makes its own `say` from its pair, so that a screen loads no more words than it shows.
 */

import en from "../words/shared.en.json";
import uk from "../words/shared.uk.json";

/** A text, or the texts by plural form as Intl.PluralRules names them. */
type Words = string | Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

/** The language of the page: `en` or `uk`. */
export const language = document.documentElement.lang === "uk" ? "uk" : "en";
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/**
 * Make the function that says an area's words: by key, with values put in for `{name}`. The value
 * `count` chooses the plural form. Both files must have the same keys; the compiler holds it.
 */
export function speaker<Key extends string>(
  english: Readonly<Record<Key, Words>>,
  ukrainian: Readonly<Record<NoInfer<Key>, Words>>,
): (key: Key, values?: Values) => string {
  const words = language === "uk" ? ukrainian : english;
  return (key, values = {}) => {
    const found: Words = words[key];
    const form = typeof found === "string" ? found : chosen(found, Number(values["count"]));
    return form.replace(/\{(\w+)\}/g, (_, name: string) => shown(values[name]));
  };
}

/** A number with its thousands apart. */
export function number(value: number): string {
  return numbers.format(value);
}

/** The words that several areas need. */
export const say = speaker(en, uk);

function chosen(forms: Readonly<Record<string, string>>, count: number): string {
  return forms[plural.select(count)] ?? forms["other"] ?? "";
}

function shown(value: string | number | undefined): string {
  return typeof value === "number" ? number(value) : (value ?? "");
}
