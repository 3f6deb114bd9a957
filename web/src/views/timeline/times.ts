/** Moments as people read them, and the steps of an axis. All in UTC. */

import { scaleUtc } from "d3-scale";
import type { Span } from "../../values/span.js";
import { language } from "../../words.js";

const DAY = 86_400_000;
// Day before month, and hours to 24: English as most of its readers here write it.
const forms = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone: "UTC", ...options });
const YEAR = forms({ year: "numeric" });
const MONTH = forms({ year: "numeric", month: "short" });
const DATE = forms({ year: "numeric", month: "short", day: "numeric" });
const MOMENT = forms({ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

const HOUR = forms({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

/** A moment as finely as matters on an axis whose steps are this long. */
export function stepText(moment: number, step: number): string {
  const form = step >= 360 * DAY ? YEAR : step >= 27 * DAY ? MONTH : step >= DAY ? DATE : HOUR;
  return form.format(moment);
}

export function dateText(moment: number): string {
  return DATE.format(moment);
}

/** A span in words: its day, or from when till when; three dots where a bound is not known. */
export function spanText({ from, until }: Span): string {
  const text = (moment: number) => (Number.isFinite(moment) ? (moment % DAY === 0 ? DATE : MOMENT).format(moment) : "…");
  // The end is excluded: a day ends where the next begins.
  const last = Number.isFinite(until) && until % DAY === 0 && until > from ? until - DAY : until;
  return text(from) === text(last) ? text(from) : `${text(from)} – ${text(last)}`;
}

/** Moments for the marks of an axis, about `count` of them, and how far they are apart. */
export function ticks(domain: Span, count: number): { moments: number[]; step: number } {
  const moments = scaleUtc([new Date(domain.from), new Date(domain.until)], [0, 1]).ticks(count).map(Number);
  return { moments, step: (moments[1] ?? Infinity) - (moments[0] ?? 0) };
}

/** Thresholds of about `count` bins that begin and end where the calendar does. */
export function thresholds(domain: Span, count: number): number[] {
  const { moments } = ticks(domain, count);
  const step = Math.max(1, (moments[1] ?? domain.until) - (moments[0] ?? domain.from));
  const before = moments[0] !== undefined && moments[0] > domain.from ? [moments[0] - step] : [];
  const last = moments.at(-1) ?? domain.from;
  return [...before, ...moments, ...(last <= domain.until ? [last + step] : [])];
}
