/** The canned queries as examples: found by words, given values, and put into the editor as text. */

import { Refusal, root } from "../ask.js";
import { fill, h } from "../dom.js";
import { Dialog } from "./dialog.js";
import { type Entry, searchable } from "./listed.js";
import { say } from "./words.js";

interface Parameter {
  readonly name: string;
  readonly takes: string;
  readonly description: string;
  readonly example: string;
  readonly default?: string;
}

interface Canned {
  readonly name: string;
  readonly question: string;
  readonly keywords: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly reaches: readonly string[];
}

export class Examples {
  readonly #dialog = new Dialog("examples", say("examples"));
  #queries: readonly Canned[] | undefined;

  /** `take` gets the text of the example that was chosen. */
  constructor(private readonly take: (text: string) => void) {}

  async open(): Promise<void> {
    this.#dialog.open(h("p", {}, say("loading")));
    this.#queries ??= await fetchQueries();
    fill(this.#dialog.body, searchable(say("examples-search"), this.#queries.map((query) => this.#entry(query))));
    this.#dialog.body.querySelector("input")?.focus();
  }

  #entry(query: Canned): Entry {
    const form = h("form", { class: "values", onsubmit: (event: SubmitEvent) => void this.#choose(event, query) },
      ...query.parameters.map((parameter) => field(query.name, parameter)),
      query.reaches.length > 0 ? h("p", { class: "fine" }, say("reaches", { addresses: query.reaches.join(", ") })) : null,
      h("p", { class: "wrong", role: "alert" }),
      h("button", { type: "submit", class: "first" }, say("example-take")),
    );
    const element = h("li", {}, h("details", {}, h("summary", {}, query.question), h("p", { class: "fine" }, query.keywords.join(" · ")), form));
    return { text: [query.question, query.name, ...query.keywords].join(" "), element };
  }

  async #choose(event: SubmitEvent, query: Canned): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    try {
      const text = await textOf(query, valuesOf(form, query));
      this.#dialog.close();
      this.take(text);
    } catch (error) {
      const wrong = form.querySelector(".wrong");
      if (!(error instanceof Refusal) || wrong === null) throw error;
      wrong.textContent = error.problem.detail;
    }
  }
}

function field(query: string, { name, takes, description, example, default: preset }: Parameter): HTMLElement {
  const id = `${query}-${name}`;
  return h("div", { class: "value" },
    h("label", { for: id }, description),
    h("input", { id, name, type: "text", value: preset ?? "", placeholder: example, autocapitalize: "off", spellcheck: "false", "aria-describedby": `${id}-takes` }),
    h("p", { class: "fine", id: `${id}-takes` }, `?${name} · ${takes}`),
  );
}

/** The values by name, the default for one that was emptied; as the query asked by name has it. */
function valuesOf(form: HTMLFormElement, query: Canned): URLSearchParams {
  const values = new FormData(form);
  const given = query.parameters.map(({ name, default: preset }) => [name, String(values.get(name) ?? "") || (preset ?? "")]);
  return new URLSearchParams(given.filter(([, value]) => value !== ""));
}

async function fetchQueries(): Promise<readonly Canned[]> {
  const response = await fetch(`${root}queries`, { headers: { Accept: "application/json" } });
  return ((await response.json()) as { queries: readonly Canned[] }).queries;
}

/** The query with the values in it, as the server writes it; the header becomes one line of comment. */
async function textOf(query: Canned, values: URLSearchParams): Promise<string> {
  const response = await fetch(`${root}queries/${query.name}.rq?${values}`, { headers: { Accept: "application/sparql-query, application/problem+json" } });
  if (!response.ok) throw new Refusal((await response.json()) as Refusal["problem"]);
  const lines = (await response.text()).split("\n").filter((line) => !line.startsWith("#+"));
  return `# ${query.question}\n${lines.join("\n").trim()}\n`;
}
