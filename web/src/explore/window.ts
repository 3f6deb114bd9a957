/** The window of time: days, with bounds that may be open. */

import { language } from "../words.js";
import type { Dated } from "./things.js";

const DAY = 86_400_000;
// Days before months, as on the pages that the server writes.
const shownDay = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Days since 1970 of an ISO day or dateTime, by its own calendar; undefined for what is neither. */
export function dayOf(text: string | undefined): number | undefined {
  const [, year, month, day] = /^(-?\d{4,})-(\d\d)-(\d\d)/.exec(text ?? "") ?? [];
  if (year === undefined) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return Math.round(date.getTime() / DAY);
}

export function isoOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function inWords(day: number): string {
  return shownDay.format(new Date(day * DAY));
}

/** When something was, in words; empty where it is not known. */
export function when({ start, end }: Dated): string {
  const [from, until] = [dayOf(start), dayOf(end)];
  if (from === undefined && until === undefined) return "";
  if (from === undefined) return `… – ${inWords(until ?? 0)}`;
  if (until === undefined) return `${inWords(from)} – …`;
  return from === until ? inWords(from) : `${inWords(from)} – ${inWords(until)}`;
}

/** The years that something spans, such as `2019–2023`. */
export function years({ start, end }: Dated): string {
  const [from, until] = [start?.slice(0, 4), end?.slice(0, 4)];
  if (!from && !until) return "";
  return from === until ? (from ?? "") : `${from ?? "…"}–${until ?? "…"}`;
}

/** The first and the last day that any of these reaches; undefined where none is dated. */
export function extentOf(dated: Iterable<Dated>): readonly [number, number] | undefined {
  let [first, last] = [Infinity, -Infinity];
  for (const { start, end } of dated) {
    for (const day of [dayOf(start), dayOf(end)]) {
      if (day === undefined) continue;
      [first, last] = [Math.min(first, day), Math.max(last, day)];
    }
  }
  return first <= last ? [first, last] : undefined;
}

/** Whether something can have been within the window; what has no date always can. */
export function within({ start, end }: Dated, from: string, until: string): boolean {
  const first = dayOf(start) ?? -Infinity;
  const last = dayOf(end) ?? Infinity;
  return first <= (dayOf(until) ?? Infinity) && last >= (dayOf(from) ?? -Infinity);
}
