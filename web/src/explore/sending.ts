/** Taking it along: the address, the picture's data as graphology JSON, and the exports of the server. */

import { root } from "../ask.js";
import { type Child, fill, h } from "../dom.js";
import type { Shown } from "./shown.js";
import { contested, sources } from "./things.js";
import { say } from "./words.js";

interface Format {
  readonly name: string;
  readonly read_by: readonly string[];
  readonly takes_network: boolean;
}

/** What is shown, as https://graphology.github.io/serialization has it; places are those of the picture. */
export function graphology(shown: Shown, hidden: ReadonlySet<string>, placeOf: (iri: string) => readonly [number, number]): object {
  const things = [...shown.things.values()].filter(({ iri }) => !hidden.has(iri));
  const ties = [...shown.ties.values()].filter(({ id }) => !hidden.has(id));
  return {
    attributes: { name: document.title },
    options: { type: "directed", multi: true, allowSelfLoops: true },
    nodes: things.map(({ iri, ...rest }) => {
      const [x, y] = placeOf(iri);
      return { key: iri, attributes: { ...rest, x, y } };
    }),
    edges: ties.map((tie) => ({
      key: tie.id,
      source: tie.source,
      target: tie.target,
      attributes: {
        label: tie.label, kind: tie.kind, start: tie.start, end: tie.end, sources: sources(tie), contested: contested(tie),
        claims: tie.claims.map(({ iri }) => iri), speakers: tie.claims.map(({ speaker }) => speaker), quotes: tie.claims.map(({ quote }) => quote),
        records: tie.records,
      },
    })),
  };
}

/** Let the browser save a file. */
export function save(content: object, name: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Put the address on the clipboard; false where the browser does not allow it. */
export async function copyAddress(): Promise<boolean> {
  return navigator.clipboard?.writeText(location.href).then(() => true, () => false) ?? false;
}

/** Links to the exports of what lies around an entity, in every format for networks. */
export async function exportsOf(host: HTMLElement, entity: string, label: string, network: "events" | "actors"): Promise<void> {
  const response = await fetch(`${root}exports`, { headers: { Accept: "application/json" } });
  const { formats } = (await response.json()) as { formats: readonly Format[] };
  const links = formats.filter(({ takes_network }) => takes_network).map((format): Child => {
    const search = new URLSearchParams({ about: entity, network });
    return h("li", {}, h("a", { href: `${root}exports/${format.name}?${search}`, download: true }, format.name), " ", h("span", {}, format.read_by.join(", ")));
  });
  fill(host, h("p", {}, say("exports-of"), " ", h("bdi", {}, label)), h("ul", {}, ...links));
}
