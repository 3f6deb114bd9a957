/** What one can do: from one state to the next. */

import type { Opening, State } from "./state.js";

export function begin(state: State, entity: string): State {
  const entities = state.entities.includes(entity) ? state.entities : [...state.entities, entity];
  return { ...state, entities, removed: state.removed.filter((each) => each !== entity) };
}

/** Show neighbours, more of them, or all as one; what was removed and is opened anew comes back with them. */
export function open(state: State, openings: readonly Opening[]): State {
  const others = state.openings.filter((each) => !openings.some((opening) => same(each, opening)));
  return { ...state, openings: [...others, ...openings] };
}

export function close(state: State, opening: Opening): State {
  return { ...state, openings: state.openings.filter((each) => !same(each, opening)) };
}

/** Take a thing away, with what was opened from it. */
export function remove(state: State, iri: string): State {
  const pinned = new Map(state.pinned);
  pinned.delete(iri);
  return {
    ...state,
    pinned,
    entities: state.entities.filter((each) => each !== iri),
    openings: state.openings.filter(({ entity }) => entity !== iri),
    removed: state.removed.includes(iri) ? state.removed : [...state.removed, iri],
  };
}

export function pin(state: State, iri: string, place: readonly [number, number] | undefined): State {
  const pinned = new Map(state.pinned);
  if (place === undefined) pinned.delete(iri);
  else pinned.set(iri, place);
  return { ...state, pinned };
}

export function openingOf(state: State, wanted: Omit<Opening, "count">): Opening | undefined {
  return state.openings.find((each) => same(each, wanted));
}

function same(one: Omit<Opening, "count">, other: Omit<Opening, "count">): boolean {
  return one.entity === other.entity && one.direction === other.direction && one.kind === other.kind;
}
