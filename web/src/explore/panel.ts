/** What is told of the thing that is chosen: in brief, and what it is connected to, with counts. */

import { root } from "../ask.js";
import { type Child, h } from "../dom.js";
import { addressOf } from "../values/names.js";
import { number } from "../words.js";
import type { Answers } from "./answers.js";
import type { Brief } from "./reading.js";
import { localName } from "./iris.js";
import { type Extent, groupKey, type Shown } from "./shown.js";
import type { Opening } from "./state.js";
import { COUNTED, type Count } from "./things.js";
import { when } from "./window.js";
import { say } from "./words.js";

export interface Doing {
  /** How many neighbours to show at once. */
  readonly step: number;
  readonly pinned: boolean;
  open(openings: readonly Opening[]): void;
  close(opening: Opening): void;
  pin(): void;
  remove(): void;
}

/** From so many on, neighbours can be shown as one node. */
const GROUPED = 5;

export async function aboutThing(iri: string, shown: Shown, answers: Answers, doing: Doing): Promise<Child[]> {
  const [brief, counts] = await Promise.all([answers.brief(iri), answers.counts(iri)]);
  return [
    heading(brief),
    facts(brief),
    h("p", { class: "explore-acts" },
      h("button", { type: "button", "aria-pressed": String(doing.pinned), onclick: () => doing.pin() }, say("pin")),
      h("button", { type: "button", onclick: () => doing.remove() }, say("remove"))),
    h("h3", {}, say("connected")),
    ...connections(iri, counts, shown, doing),
  ];
}

function heading({ thing }: Brief): HTMLElement {
  const address = addressOf(thing.iri, root);
  const name = h("bdi", {}, thing.label);
  return h("h2", {}, address === undefined ? name : h("a", { href: address.href }, name));
}

function facts({ thing, precision, place, wikidata }: Brief): HTMLElement {
  const item = wikidata && addressOf(wikidata, root);
  const dated = when(thing);
  return h("p", { class: "explore-facts" },
    h("span", {}, thing.kind || say(`group-${thing.group}`)),
    dated !== "" && h("span", {}, dated, precision !== "" && ` (${precision})`),
    place !== "" && h("bdi", {}, place),
    item && h("span", {}, h("a", { href: item.href, class: "outside" }, "Wikidata")));
}

function connections(iri: string, counts: readonly Count[], shown: Shown, doing: Doing): Child[] {
  if (counts.length === 0) return [h("p", { class: "view-note" }, say("no-connections"))];
  const rest = counts.filter((each) => extentOf(iri, each, shown) === undefined);
  const all = rest.reduce((sum, { count }) => sum + count, 0);
  const openAll = (): void => doing.open(rest.map((each) => ({ entity: iri, ...sideOf(each), count: doing.step })));
  return [
    h("ul", { class: "explore-counts" }, ...counts.map((each) => connection(iri, each, shown, doing))),
    rest.length > 1 && h("p", {}, h("button", { type: "button", class: "first", onclick: openAll }, say("show-rest", { count: all }))),
  ];
}

function connection(iri: string, each: Count, shown: Shown, doing: Doing): HTMLElement {
  const extent = extentOf(iri, each, shown);
  const wanted = { entity: iri, ...sideOf(each) };
  const name = connectionName(each);
  const act = (label: string, action: () => void): HTMLElement =>
    h("button", { type: "button", "aria-label": `${label}: ${name}`, onclick: action }, label);
  const next = (extent?.shown ?? 0) + doing.step;
  const more = extent === undefined || extent.count === 0 || extent.shown < each.count;
  return h("li", {},
    h("span", { class: "explore-kind" }, name),
    h("span", { class: "explore-count" }, extent === undefined || extent.count === 0 ? counted(each.count) : say("of", { shown: extent.shown, count: counted(each.count) })),
    h("span", { class: "explore-acts" },
      more && act(say(extent === undefined ? "show" : extent.count === 0 ? "open" : "more"), () => doing.open([{ ...wanted, count: next }])),
      extent === undefined && each.count >= GROUPED && act(say("as-one"), () => doing.open([{ ...wanted, count: 0 }])),
      extent !== undefined && act(say("hide"), () => doing.close(extent))));
}

/** What is told of many things drawn as one: how they divide into classes. */
export async function aboutGroup(key: string, shown: Shown, answers: Answers, doing: Doing): Promise<Child[]> {
  const opening = shown.groups.get(key);
  const thing = shown.things.get(key);
  if (opening === undefined || thing === undefined) return [];
  const divisions = await answers.divisions(opening.entity, opening.direction, opening.kind);
  const of = shown.things.get(opening.entity)?.label ?? "";
  const count = thing.many ?? 0;
  return [
    h("h2", {}, thing.label),
    h("p", { class: "explore-facts" }, h("bdi", {}, of)),
    h("ul", { class: "explore-counts" }, ...divisions.map((each) =>
      h("li", {}, h("span", { class: "explore-kind" }, each.kind), h("span", { class: "explore-count" }, number(each.count)), h("span", {}, when(each))))),
    h("p", { class: "explore-acts" },
      h("button", { type: "button", class: "first", onclick: () => doing.open([{ ...opening, count: doing.step }]) }, say("open-some", { count: Math.min(doing.step, count) })),
      h("button", { type: "button", onclick: () => doing.close(opening) }, say("hide"))),
  ];
}

function sideOf({ direction, kind }: Count): Pick<Opening, "direction" | "kind"> {
  return { direction, kind };
}

function extentOf(iri: string, each: Count, shown: Shown): Extent | undefined {
  return shown.extents.find((extent) => groupKey(extent) === groupKey({ entity: iri, ...sideOf(each) }));
}

function counted(count: number): string {
  return count > COUNTED ? say("more-than", { count: COUNTED }) : number(count);
}

/** A connection from the thing's own side: “as attacker in”, “party: target”, “place”, “its parts”. */
export function connectionName({ direction, kind, label }: Pick<Count, "direction" | "kind" | "label">): string {
  if (kind.includes("/role/")) return say(direction === "out" ? "as-role" : "party", { kind: label });
  if (direction === "out") return label;
  const name = localName(kind);
  return name in INVERSES ? say(INVERSES[name as keyof typeof INVERSES]) : say("inverse", { kind: label });
}

/** How a property is called from its other end. */
const INVERSES = {
  place: "inverse-place", within: "inverse-within", comprises: "inverse-comprises", partOf: "inverse-partOf",
  precedes: "inverse-precedes", hit: "inverse-hit", target: "inverse-target", primaryTarget: "inverse-primaryTarget",
  weapon: "inverse-weapon", circumstance: "inverse-circumstance", about: "inverse-about", issue: "inverse-issue",
  rejects: "inverse-rejects", addressee: "inverse-addressee", officeOf: "inverse-officeOf", member: "inverse-member",
  represents: "inverse-represents", affiliation: "inverse-affiliation", office: "inverse-office",
} as const;
