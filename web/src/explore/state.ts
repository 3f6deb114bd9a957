/** What is explored: all that the picture follows from, as it stands in the address. */

import { longOf, shortOf } from "./iris.js";
import type { Direction } from "./things.js";

/** Neighbours by one property or role that are shown: so many of them, or all as one group. */
export interface Opening {
  readonly entity: string;
  readonly direction: Direction;
  readonly kind: string;
  /** At most so many; 0 for all as one node. */
  readonly count: number;
}

export interface State {
  /** Where one began. */
  readonly entities: readonly string[];
  readonly openings: readonly Opening[];
  readonly removed: readonly string[];
  readonly pinned: ReadonlyMap<string, readonly [number, number]>;
  readonly events: "nodes" | "edges";
  readonly claims: "together" | "apart";
  /** Days, or empty: the window of time. */
  readonly from: string;
  readonly until: string;
}

export const EMPTY: State = {
  entities: [], openings: [], removed: [], pinned: new Map(), events: "nodes", claims: "together", from: "", until: "",
};

const DAY = /^-?\d{4,}-\d\d-\d\d$/;

export function read(search: URLSearchParams): State {
  const all = (name: string): string[] => search.getAll(name).filter((value) => value !== "");
  const day = (name: string): string => (DAY.test(search.get(name) ?? "") ? (search.get(name) ?? "") : "");
  return {
    entities: all("entity").map(longOf),
    openings: all("open").map(opening).filter((each) => each !== undefined),
    removed: all("without").map(longOf),
    pinned: new Map(all("pin").map(pin).filter((each) => each !== undefined)),
    events: search.get("events") === "edges" ? "edges" : "nodes",
    claims: search.get("claims") === "apart" ? "apart" : "together",
    from: day("from"),
    until: day("until"),
  };
}

/** The parameters that `read` reads back; IRIs have no spaces, and so a space parts them from the rest. */
export function written(state: State): [string, string][] {
  const shown: [string, string][] = [
    ...state.entities.map((iri): [string, string] => ["entity", shortOf(iri)]),
    ...state.openings.map((each): [string, string] => ["open", [shortOf(each.entity), each.direction, shortOf(each.kind), each.count].join(" ")]),
    ...state.removed.map((iri): [string, string] => ["without", shortOf(iri)]),
    ...[...state.pinned].map(([iri, [x, y]]): [string, string] => ["pin", [shortOf(iri), x.toFixed(1), y.toFixed(1)].join(" ")]),
    ["events", state.events === "edges" ? "edges" : ""],
    ["claims", state.claims === "apart" ? "apart" : ""],
    ["from", state.from],
    ["until", state.until],
  ];
  return shown.filter(([, value]) => value !== "");
}

/** The names of the parameters that are the state's. */
export const PARAMETERS = ["entity", "open", "without", "pin", "events", "claims", "from", "until"] as const;

function opening(text: string): Opening | undefined {
  const [entity, direction, kind, count] = text.split(" ");
  if (!entity || !kind || (direction !== "in" && direction !== "out")) return undefined;
  const number = Number(count);
  return { entity: longOf(entity), direction, kind: longOf(kind), count: Number.isInteger(number) && number > 0 ? number : 0 };
}

function pin(text: string): [string, readonly [number, number]] | undefined {
  const [iri, x, y] = text.split(" ");
  const place = [Number(x), Number(y)] as const;
  return iri && place.every(Number.isFinite) ? [longOf(iri), place] : undefined;
}
