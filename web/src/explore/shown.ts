/** From what is explored to what is shown of it. */

import type { Answers } from "./answers.js";
import { contested, type Count, type Direction, type Thing, type Tie } from "./things.js";
import { asEdges } from "./acts.js";
import type { Opening, State } from "./state.js";
import { say } from "./words.js";
import { years } from "./window.js";

/** How much of an opening is shown. */
export interface Extent extends Opening {
  readonly shown: number;
  readonly total: number;
}

export interface Shown {
  readonly things: ReadonlyMap<string, Thing>;
  readonly ties: ReadonlyMap<string, Tie>;
  /** By the node of a group: which opening it stands for. */
  readonly groups: ReadonlyMap<string, Opening>;
  readonly extents: readonly Extent[];
}

interface Parts {
  readonly things: Map<string, Thing>;
  readonly ties: Map<string, Tie>;
  readonly groups: Map<string, Opening>;
}

/** Ask what is not known yet, and put together what is to be seen. */
export async function shownOf(state: State, answers: Answers): Promise<Shown> {
  const parts: Parts = { things: new Map(), ties: new Map(), groups: new Map() };
  const briefs = await Promise.all(state.entities.map((entity) => answers.brief(entity)));
  for (const { thing } of briefs) parts.things.set(thing.iri, thing);
  const extents = await Promise.all(state.openings.map((opening) => extend(opening, answers)));
  for (const { add } of extents) add(parts);
  const kept = without(parts, new Set(state.removed));
  const seen = state.events === "edges" ? await asEdges(kept, answers, new Set(state.entities)) : kept;
  const ties = state.claims === "apart" ? apart(seen.ties) : seen.ties;
  return { ...seen, ties, extents: extents.map(({ extent }) => extent) };
}

interface Extended {
  readonly extent: Extent;
  add(parts: Parts): void;
}

async function extend(opening: Opening, answers: Answers): Promise<Extended> {
  const { entity, direction, kind, count } = opening;
  const counts = await answers.counts(entity);
  const counted = counts.find((each) => each.direction === direction && each.kind === kind);
  if (counted === undefined) return { extent: { ...opening, shown: 0, total: 0 }, add: () => undefined };
  if (count === 0) return grouped(opening, counted, answers);
  const found = await answers.neighbours(entity, direction, kind, count);
  return {
    extent: { ...opening, shown: found.things.length, total: counted.count },
    add: ({ things, ties }) => {
      for (const thing of found.things) if (!things.has(thing.iri)) things.set(thing.iri, thing);
      for (const tie of found.ties) ties.set(tie.id, tie);
    },
  };
}

/** Many neighbours as one node, such as “400 attacks, 2019–2023”. */
async function grouped(opening: Opening, counted: Count, answers: Answers): Promise<Extended> {
  const { entity, direction, kind } = opening;
  const divisions = await answers.divisions(entity, direction, kind);
  const iri = groupKey(opening);
  const starts = divisions.flatMap(({ start }) => start ?? []).sort();
  const ends = divisions.flatMap(({ end }) => end ?? []).sort();
  const dated = { ...(starts[0] && { start: starts[0] }), ...(ends.at(-1) && { end: ends.at(-1) as string }) };
  const kinds = new Set(divisions.map((each) => each.kind));
  const groups = new Set(divisions.map((each) => each.group));
  const [group = "other"] = groups;
  const name = kinds.size === 1 ? [...kinds][0] : groups.size === 1 ? say(`group-${group}`) : say("things");
  const label = [say("group", { count: counted.count, kind: name ?? "" }), years(dated)].filter(Boolean).join(", ");
  const thing: Thing = { iri, label, group: groups.size === 1 ? group : "other", kind: name ?? "", many: counted.count, ...dated };
  const [source, target] = direction === "out" ? [entity, iri] : [iri, entity];
  const tie: Tie = { id: `${iri} tie`, source, target, kind, label: counted.label, about: entity, claims: [], records: [], ...dated };
  return {
    extent: { ...opening, shown: 0, total: counted.count },
    add: ({ things, ties, groups }) => {
      things.set(iri, thing);
      ties.set(tie.id, tie);
      groups.set(iri, opening);
    },
  };
}

export function groupKey({ entity, direction, kind }: { entity: string; direction: Direction; kind: string }): string {
  return `group ${entity} ${direction} ${kind}`;
}

/** Without what was removed, and without ties that lead to nothing. */
function without(parts: Parts, removed: ReadonlySet<string>): Parts {
  const things = new Map([...parts.things].filter(([iri]) => !removed.has(iri)));
  const ties = new Map([...parts.ties].filter(([, { source, target }]) => things.has(source) && things.has(target)));
  return { things, ties, groups: parts.groups };
}

/** A tie for each claim, side by side. */
function apart(ties: ReadonlyMap<string, Tie>): Map<string, Tie> {
  const each = [...ties.values()].flatMap((tie) =>
    tie.claims.length < 2 ? [tie] : tie.claims.map((claim) => ({ ...tie, id: `${tie.id} ${claim.iri}`, claims: [claim], records: [] })));
  return new Map(each.map((tie) => [tie.id, tie]));
}

/** The ties at a thing, the contested ones first. */
export function tiesOf(shown: Shown, iri: string): Tie[] {
  const at = [...shown.ties.values()].filter(({ source, target }) => source === iri || target === iri);
  return at.sort((one, other) => Number(contested(other)) - Number(contested(one)));
}
