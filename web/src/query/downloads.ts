/** The answer as a file, in every format that the server writes for a query of its form. */

import { Refusal, ask, root } from "../ask.js";
import { byId, h } from "../dom.js";
import { menu } from "./menu.js";
import { type Form, formOf } from "./tokens.js";
import { say } from "./words.js";

interface Format {
  readonly name: string;
  readonly suffix: string;
}

/** Longer addresses are refused somewhere on the way; such a query is sent in a body. */
const LONGEST = 8000;

/** The formats that the form of the page offers, which is what the server has. */
function formatsFor(form: Form | undefined): readonly Format[] {
  const kind = form === "construct" || form === "describe" ? "graph" : "table";
  const options = byId("query-format").querySelectorAll<HTMLOptionElement>(`optgroup[data-kind=${kind}] option`);
  return [...options].map((option) => ({ name: option.value, suffix: option.dataset["suffix"] ?? option.value }));
}

const TITLES: Readonly<Record<string, string>> = {
  json: "JSON", xml: "XML", csv: "CSV", tsv: "TSV", parquet: "Parquet", arrow: "Arrow", turtle: "Turtle", ntriples: "N-Triples",
  rdfxml: "RDF/XML", jsonld: "JSON-LD", trig: "TriG", nquads: "N-Quads",
  gexf: "GEXF (Gephi)", graphml: "GraphML", cyjs: "Cytoscape", geojson: "GeoJSON",
};

/** The names of columns by which a SELECT is a network, as `/exports/…?query=` knows them. */
const ENDS: readonly (readonly string[])[] = [["source", "target"], ["from", "to"], ["node"], ["event"], ["place"], ["actor"]];
const TOOLS: readonly Format[] = [
  { name: "gexf", suffix: "gexf" }, { name: "graphml", suffix: "graphml" }, { name: "cyjs", suffix: "cyjs" }, { name: "geojson", suffix: "geojson" },
];

/** A button that opens the list of files; `query` is what was asked last, `columns` what it answered. */
export function downloads(query: string, columns: readonly string[], failed: (detail: string) => void): HTMLElement {
  const links = formatsFor(formOf(query)).map((format) => h("li", {}, link(query, format, failed)));
  const more = h("p", { class: "fine" }, h("a", { href: `${root}exports` }, say("exports")));
  return menu(say("download"), h("ul", {}, ...links), ...tools(query, columns), more);
}

/** As a network for Gephi and others, where the columns make one and the address is not too long. */
function tools(query: string, columns: readonly string[]): HTMLElement[] {
  const search = new URLSearchParams({ query }).toString();
  const network = ENDS.some((names) => names.every((name) => columns.includes(name)));
  if (!network || search.length > LONGEST) return [];
  const links = TOOLS.map(({ name, suffix }) =>
    h("li", {}, h("a", { href: `${root}exports/${name}?${search}`, download: `polemos.${suffix}` }, h("span", {}, TITLES[name] ?? name), h("code", {}, `.${suffix}`))));
  return [h("p", { class: "fine" }, say("as-network")), h("ul", {}, ...links)];
}

function link(query: string, { name, suffix }: Format, failed: (detail: string) => void): HTMLElement {
  const search = new URLSearchParams({ query, format: name }).toString();
  const title = [h("span", {}, TITLES[name] ?? name), h("code", {}, `.${suffix}`)];
  const download = `polemos.${suffix}`;
  if (search.length <= LONGEST) return h("a", { href: `${root}sparql?${search}`, download }, ...title);
  const tell = (error: unknown): void => failed(error instanceof Refusal ? error.problem.detail : String(error));
  return h("button", { type: "button", onclick: () => void save(query, name, download).catch(tell) }, ...title);
}

async function save(query: string, format: string, download: string): Promise<void> {
  const { response } = await ask(query, "*/*", { format }).answer;
  const href = URL.createObjectURL(await response.blob());
  h("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
