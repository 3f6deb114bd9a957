/** Dates as the ranges they are: a year is a year long, not its first of January. */

import type { Cell } from "../table.js";
import { kindOf } from "./datatypes.js";

/** A stretch of time in milliseconds since 1970, `until` excluded; an infinite bound is not known. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

const FORM = /^(-?\d{4,})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * The span of an xsd:date, xsd:dateTime, xsd:gYear or xsd:gYearMonth (XML Schema Part 2, section 3.3);
 * a dateTime has no length. Without a zone it is read as UTC. Undefined for anything else.
 */
export function spanOf(cell: Cell): Span | undefined {
  if (cell?.type !== "literal" || kindOf(cell) !== "date") return undefined;
  const found = FORM.exec(cell.value);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = found;
  const offset = offsetOf(zone);
  const at = (y: number, m: number, d: number): number => utc(y, m, d) - offset;
  if (month === undefined) return { from: at(Number(year), 0, 1), until: at(Number(year) + 1, 0, 1) };
  const m = Number(month) - 1;
  if (day === undefined) return { from: at(Number(year), m, 1), until: at(Number(year), m + 1, 1) };
  const midnight = at(Number(year), m, Number(day));
  if (hour === undefined) return { from: midnight, until: at(Number(year), m, Number(day) + 1) };
  const instant = midnight + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
  return { from: instant, until: instant };
}

/** Whether two spans have a moment in common. */
export function overlap(one: Span, other: Span): boolean {
  return one.from <= other.until && other.from <= one.until;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** Date.UTC, which takes the years 0 to 99 for those of the 20th century. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}
