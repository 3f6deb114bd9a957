/** Completion in the editor: from the schema at once, of entities as the search finds them. */

import { type Completion, type CompletionContext, type CompletionResult, type CompletionSource, autocompletion, completionStatus } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { h } from "../dom.js";
import { number } from "../words.js";
import { entities } from "./entities.js";
import { declaring } from "./prefixes.js";
import { type Proposal, type Spot, proposals } from "./proposals.js";
import type { Schema } from "./schema.js";
import { contextAt } from "./context.js";
import { say } from "./words.js";

/** What a completion replaces: a variable, a name with or without prefix, or the beginning of an IRI. */
const WORD = /(?:[?$][\p{L}\p{N}_·]*|<[^\s<>]*|[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_:.%-]|\\.)*|[\p{L}_][\p{L}\p{N}_-]*)$/u;
const SECTIONS = { near: 0, property: 1, class: 2, variable: 3, prefix: 4, keyword: 5, function: 6, entity: 7 } as const;
const PAUSE = 120;

export function completion(schema: () => Schema): Extension {
  return [proposing(schema), reachable];
}

/** The list scrolls, so that it must be reachable by the keyboard (WCAG 2.2, 2.1.1); Escape leads back. */
const reachable = EditorView.updateListener.of(({ state, view }) => {
  if (completionStatus(state) !== "active") return;
  const lists = () => view.dom.querySelectorAll<HTMLElement>(".cm-tooltip-autocomplete > ul");
  view.requestMeasure({ read: lists, write: (found) => found.forEach((list) => (list.tabIndex = 0)) });
});

function proposing(schema: () => Schema): Extension {
  return autocompletion({
    override: [terms(schema), found(schema)],
    icons: false,
    maxRenderedOptions: 80,
    activateOnTypingDelay: 60,
    addToOptions: [{ render: uses, position: 90 }],
  });
}

function terms(schema: () => Schema): CompletionSource {
  return (context) => {
    const spot = spotOf(context);
    if (spot === undefined) return null;
    return result(spot, proposals(spot, schema()), schema());
  };
}

function found(schema: () => Schema): CompletionSource {
  return async (context) => {
    const spot = spotOf(context);
    if (spot === undefined || !takesEntities(spot)) return null;
    const abort = new AbortController();
    context.addEventListener("abort", () => abort.abort(), { onDocChange: true });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (context.aborted) return null;
    try {
      return result(spot, await entities(spot, schema(), abort.signal), schema());
    } catch (error) {
      if (abort.signal.aborted) return null;
      throw error;
    }
  };
}

function takesEntities({ text, from, word }: Spot): boolean {
  if (/^[?$<]/.test(word)) return false;
  const { place } = contextAt(text.slice(0, from));
  return place !== "prefix" && place !== "predicate";
}

/** The word before the cursor; nothing is proposed in a comment, and unasked only once there is a word. */
function spotOf(context: CompletionContext): Spot | undefined {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (/^\s*#/.test(before) || /"[^"]*$/.test(before.replace(/"[^"]*"/g, ""))) return undefined;
  const word = WORD.exec(before)?.[0] ?? "";
  const text = context.state.doc.toString();
  const from = context.pos - word.length;
  if (word === "" && !context.explicit && !wanted(text.slice(0, from))) return undefined;
  return { text, from, word };
}

/** After a subject and a space, and after `a`, one wants to see what there is. */
function wanted(before: string): boolean {
  if (!/\S[ \t]$/.test(before)) return false;
  const { place, path } = contextAt(before);
  return place === "predicate" || (place === "object" && path.length === 1 && path[0] === "a");
}

function result(spot: Spot, found: readonly Proposal[], schema: Schema): CompletionResult | null {
  if (found.length === 0) return null;
  return { from: spot.from, filter: false, options: found.map((each) => option(each, schema)) };
}

interface Shown extends Completion {
  readonly proposal: Proposal;
}

function option(proposal: Proposal, schema: Schema): Shown {
  const { text, kind, label, near } = proposal;
  const section = near === true ? "near" : kind;
  return {
    proposal,
    label: text,
    ...(label ? { detail: label } : {}),
    section: { name: say(`section-${section}`), rank: SECTIONS[section] },
    ...(proposal.about || proposal.count !== undefined ? { info: () => about(proposal, schema) } : {}),
    apply: (view, _, from, to) => put(view, proposal, schema, from, to),
  };
}

/** Put a proposal into the text, and what declares its prefix, as one step of undoing. */
function put(view: EditorView, { text, prefix, kind }: Proposal, schema: Schema, from: number, to: number): void {
  const insert = kind === "function" ? `${text}(` : text;
  const iri = prefix === undefined ? undefined : schema.prefixes.get(prefix);
  const line = prefix === undefined || iri === undefined ? undefined : declaring(view.state.doc.toString(), prefix, iri);
  const shift = line !== undefined && line.from <= from ? line.insert.length : 0;
  view.dispatch({
    changes: [...(line ? [line] : []), { from, to, insert }],
    selection: { anchor: from + shift + insert.length },
    userEvent: "input.complete",
  });
}

function uses(completion: Completion): Node | null {
  const { count } = (completion as Shown).proposal;
  return count === undefined ? null : h("span", { class: "uses" }, number(count));
}

function about({ kind, about: text, count, text: name }: Proposal, schema: Schema): Node {
  const used = kind === "class" ? "instances" : "statements";
  const iri = [...schema.prefixes].find(([prefix]) => name.startsWith(`${prefix}:`));
  return h("div", {},
    text ? h("p", {}, text) : null,
    count === undefined ? null : h("p", { class: "fine" }, say(used, { count })),
    iri ? h("p", { class: "fine" }, iri[1] + name.slice(iri[0].length + 1)) : null,
  );
}
