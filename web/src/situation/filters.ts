/** What is asked of the situation: filters in the address, for one picture or for two side by side. */

export const NAMES = ["kind", "place", "actor", "reportedIn", "from", "until"] as const;
/** What a second picture may have other than the first; in the address with a 2 behind the name. */
export const COMPARED = ["actor", "place", "reportedIn"] as const;

type Name = (typeof NAMES)[number];
export type Filters = Readonly<Partial<Record<Name, string>>>;

/** The filters of the one picture, or of the two. */
export function filtersOf(address: URLSearchParams): Filters[] {
  const first = given(NAMES.map((name) => [name, address.get(name) ?? ""]));
  const other = given(COMPARED.map((name) => [name, address.get(`${name}2`) ?? ""]));
  return Object.keys(other).length === 0 ? [first] : [first, { ...first, ...other }];
}

/** What a form says, without what is empty, to be put into the address. */
export function addressOf(form: HTMLFormElement): URLSearchParams {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value !== "" && name !== "list");
  return new URLSearchParams(fields as [string, string][]);
}

/** The parameters of the canned queries: days become the moments at which they begin and end. */
export function parametersOf({ from, until, ...others }: Filters): Record<string, string> {
  return {
    ...others,
    ...(from ? { from: `${from}T00:00:00Z` } : {}),
    ...(until ? { until: `${until}T23:59:59Z` } : {}),
  };
}

function given(pairs: readonly (readonly [string, string])[]): Filters {
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}
