/** The address of the screen: the query and the views that are shown, to be kept and sent. */

/** What an address says. */
export interface Asked {
  readonly query: string;
  /** Names of the views, from left to right. */
  readonly views: readonly string[];
  readonly timeout: string;
}

/** Longer ones go into the fragment, which no server and no log gets to see. */
const LONGEST = 2000;

export function readAddress(): Asked | undefined {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = fragment.has("query") ? fragment : new URLSearchParams(location.search);
  const query = given.get("query") ?? "";
  if (query.trim() === "") return undefined;
  return { query, views: (given.get("view") ?? "").split(",").filter((name) => name !== ""), timeout: given.get("timeout") ?? "" };
}

/** The full address of a query and its views, in the language of this page. */
export function addressOf({ query, views, timeout }: Asked): string {
  const kept = new URLSearchParams(location.search);
  const own = new URLSearchParams({ query });
  if (views.length > 0) own.set("view", views.join(","));
  if (timeout !== "") own.set("timeout", timeout);
  const lang = kept.has("lang") ? new URLSearchParams({ lang: kept.get("lang") ?? "" }) : new URLSearchParams();
  const here = new URL(location.pathname, location.origin);
  if (own.toString().length > LONGEST) here.hash = own.toString();
  here.search = new URLSearchParams([...lang, ...(here.hash === "" ? own : [])]).toString();
  return here.href;
}

/** Show the address of what was asked; another query is a step in the browser's history. */
export function showAddress(asked: Asked): void {
  const before = readAddress();
  const address = addressOf(asked);
  if (address === location.href) return;
  if (before === undefined || before.query === asked.query) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}
