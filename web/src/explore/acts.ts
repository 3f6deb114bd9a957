/** Events as edges: what actors do to or with each other in them, as the export `actors` has it. */

import type { Answers } from "./answers.js";
import type { Act } from "./reading.js";
import { edgeIri } from "./iris.js";
import type { Claim, Thing, Tie } from "./things.js";

const EVENTS = new Set(["attack", "conflict", "diplomacy", "statement"]);
/** More events than this stay nodes: each is asked for by itself. */
const MOST = 300;

interface Parts<Groups> {
  readonly things: Map<string, Thing>;
  readonly ties: Map<string, Tie>;
  readonly groups: Groups;
}

/** Put edges in place of the events in which somebody does something to or with another. */
export async function asEdges<Groups>(parts: Parts<Groups>, answers: Answers, kept: ReadonlySet<string>): Promise<Parts<Groups>> {
  const events = [...parts.things.values()].filter(({ group, many }) => EVENTS.has(group) && many === undefined).slice(0, MOST);
  const found = await Promise.all(events.map(async (event) => ({ event, acts: await answers.acts(event.iri) })));
  const acted = found.filter(({ event, acts }) => acts.length > 0 && !kept.has(event.iri));
  const gone = new Set(acted.map(({ event }) => event.iri));
  const claims = new Map([...parts.ties.values()].flatMap((tie) => tie.claims).map((claim) => [claim.iri, claim]));
  const things = new Map([...parts.things].filter(([iri]) => !gone.has(iri)));
  const ties = new Map([...parts.ties].filter(([, { source, target }]) => !gone.has(source) && !gone.has(target)));
  for (const { event, acts } of acted) for (const act of acts) add(things, ties, tieOf(event, act, claims), act);
  return { things, ties, groups: parts.groups };
}

function add(things: Map<string, Thing>, ties: Map<string, Tie>, tie: Tie, act: Act): void {
  ties.set(tie.id, tie);
  for (const actor of [act.source, act.target]) if (!things.has(actor.iri)) things.set(actor.iri, actor);
}

function tieOf(event: Thing, act: Act, known: ReadonlyMap<string, Claim>): Tie {
  const { source, target, label } = act;
  const plain = ({ iri, quote }: { iri: string; quote: string }): Claim => ({ iri, quote, speaker: "", source: iri, contested: false });
  return {
    id: edgeIri(event.iri, label.replaceAll(" ", "-"), [source.iri, target.iri]),
    source: source.iri,
    target: target.iri,
    kind: label,
    label: `${label}: ${event.label}`,
    about: event.iri,
    ...(act.start && { start: act.start }),
    ...(act.end && { end: act.end }),
    claims: act.claims.map((claim) => known.get(claim.iri) ?? plain(claim)),
    records: [],
  };
}
