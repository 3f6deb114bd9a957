/** What stands behind a tie: who said it, in which words, and who contradicts it. */

import { root } from "../ask.js";
import { type Child, h } from "../dom.js";
import { addressOf } from "../values/names.js";
import type { Answers } from "./answers.js";
import type { Said } from "./reading.js";
import { shortOf } from "./iris.js";
import type { Shown } from "./shown.js";
import { contested, sources, type Thing, type Tie } from "./things.js";
import { dayOf, inWords, when } from "./window.js";
import { say } from "./words.js";

/** More claims than this of one statement are counted only. */
const MOST = 30;

export async function aboutTie(tie: Tie, shown: Shown, answers: Answers, choose: (key: string) => void): Promise<Child[]> {
  const claims = tie.claims.slice(0, MOST);
  const said = await Promise.all(claims.map(({ iri }) => answers.said(iri)));
  const dated = when(tie);
  return [
    h("h2", {}, ends(tie.source, shown, choose), h("span", { class: "explore-role" }, ` ${tie.label} `), ends(tie.target, shown, choose)),
    h("p", { class: "explore-facts" },
      dated !== "" && h("span", {}, dated),
      h("span", {}, say("sources", { count: sources(tie) })),
      contested(tie) && h("strong", { class: "explore-contested" }, say("contested"))),
    ...said.map((statements) => claim(statements)),
    tie.claims.length > MOST && h("p", { class: "view-note" }, say("more-claims", { count: tie.claims.length - MOST })),
    ...records(tie),
    tie.claims.length + tie.records.length === 0 && h("p", { class: "view-note" }, say("no-claim")),
  ];
}

function ends(iri: string, shown: Shown, choose: (key: string) => void): HTMLElement {
  const thing: Pick<Thing, "label"> = shown.things.get(iri) ?? { label: shortOf(iri) };
  return h("button", { type: "button", class: "plain", onclick: () => choose(iri) }, h("bdi", {}, thing.label));
}

/** A claim, and beside it those that contradict it; those that support it below. */
function claim(statements: readonly Said[]): HTMLElement {
  const [own, ...others] = [...statements].sort((one, other) => Number(one.relation !== "") - Number(other.relation !== ""));
  const against = others.filter(({ relation }) => relation.startsWith("contradicts"));
  const rest = others.filter((each) => !against.includes(each));
  return h("div", { class: "explore-claim" },
    h("div", { class: against.length > 0 ? "explore-sides" : null }, own && quoted(own), ...against.map(quoted)),
    ...rest.map(quoted));
}

function quoted(said: Said): HTMLElement {
  return h("figure", { class: `explore-quote ${said.relation.replace("-inverse", "")}` },
    said.relation !== "" && h("p", { class: "explore-relation" }, said.relation in RELATIONS ? say(RELATIONS[said.relation as keyof typeof RELATIONS]) : said.relation),
    h("blockquote", {}, h("p", { dir: "auto" }, h("q", {}, said.quote))),
    h("figcaption", {},
      link(said.speakerIri, said.speaker, "strong"),
      said.office !== "" && `, ${said.office}`,
      said.modality !== "" && ` (${said.modality})`,
      h("span", { class: "explore-where" },
        date(said.date), said.outlet !== "" && said.outletIri !== said.speakerIri && h("span", {}, link(said.outletIri, said.outlet)),
        said.articleIri !== "" && h("span", {}, link(said.articleIri, said.article))),
      link(said.iri, say("claim-page"))));
}

const RELATIONS = {
  "contradicts": "contradicts", "contradicts-inverse": "contradicted-by", "corroborates": "supports",
  "corroborates-inverse": "supported-by", "refines": "refines", "refines-inverse": "refined-by",
} as const;

function date(iso: string): Child {
  const day = dayOf(iso);
  return day === undefined ? null : h("time", { datetime: iso }, inWords(day));
}

function records(tie: Tie): Child[] {
  if (tie.records.length === 0) return [];
  return [
    h("h3", {}, say("records")),
    h("ul", { class: "explore-records" }, ...tie.records.map((iri) => h("li", {}, link(iri, shortOf(iri))))),
  ];
}

function link(iri: string, label: string, weight?: "strong"): HTMLElement {
  const address = addressOf(iri, root);
  const name = h(weight ?? "bdi", {}, label);
  return address === undefined ? name : h("a", { href: address.href, class: address.external ? "outside" : null }, name);
}
