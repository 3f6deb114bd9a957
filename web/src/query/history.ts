/** The queries that were run in this browser, kept in it and nowhere else. */

export interface Past {
  readonly query: string;
  /** When it was run last (ISO 8601). */
  readonly at: string;
  readonly rows: number | null;
  readonly seconds: number;
}

const KEY = "polemos-queries";
const MOST = 50;

/** The newest first; none where the browser forbids storage or holds something else there. */
export function past(): readonly Past[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPast) : [];
  } catch {
    return [];
  }
}

/** Put a query on top; the same text stands in the list once. */
export function remember(one: Past): void {
  keep([one, ...past().filter((each) => each.query !== one.query)].slice(0, MOST));
}

export function forget(query: string): void {
  keep(past().filter((each) => each.query !== query));
}

export function forgetAll(): void {
  keep([]);
}

function keep(list: readonly Past[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // Where storage is full or forbidden, nothing is remembered; the query has run all the same.
  }
}

function isPast(value: unknown): value is Past {
  const one = value as Partial<Past> | null;
  return typeof one?.query === "string" && typeof one.at === "string" && typeof one.seconds === "number";
}
