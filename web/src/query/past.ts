/** The window with the queries that were run before. */

import { fill, h } from "../dom.js";
import { language } from "../words.js";
import { Dialog } from "./dialog.js";
import { type Past, forget, forgetAll, past } from "./history.js";
import { searchable } from "./listed.js";
import { inSeconds } from "./state.js";
import { say } from "./words.js";

const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

export class PastQueries {
  readonly #dialog = new Dialog("past", say("history"));

  /** `take` gets the text of the query that was chosen. */
  constructor(private readonly take: (text: string) => void) {}

  open(): void {
    this.#dialog.open();
    this.#show();
  }

  #show(): void {
    const list = past();
    const about = h("p", { class: "fine" }, say(list.length === 0 ? "history-empty" : "history-kept"));
    if (list.length === 0) {
      fill(this.#dialog.body, about);
      return;
    }
    const entries = list.map((one) => ({ text: one.query, element: this.#entry(one) }));
    const all = h("button", { type: "button", class: "quiet", onclick: () => this.#forgetAll() }, say("history-forget-all"));
    fill(this.#dialog.body, searchable(say("history-search"), entries), h("footer", {}, about, all));
  }

  #entry(one: Past): HTMLElement {
    const rows = one.rows === null ? "" : ` · ${say("rows", { count: one.rows })}`;
    const when = `${moment.format(new Date(one.at))}${rows} · ${say("seconds", { seconds: inSeconds(one.seconds) })}`;
    return h("li", { class: "past-query" },
      h("button", { type: "button", class: "past-text", onclick: () => this.#choose(one) }, h("code", {}, firstLines(one.query)), h("span", { class: "fine" }, when)),
      h("button", { type: "button", class: "quiet", onclick: () => this.#forget(one), "aria-label": say("history-forget-this", { when }) }, say("history-forget")),
    );
  }

  #choose(one: Past): void {
    this.#dialog.close();
    this.take(one.query);
  }

  #forget(one: Past): void {
    forget(one.query);
    this.#show();
    this.#dialog.body.querySelector<HTMLElement>("input, button")?.focus();
  }

  #forgetAll(): void {
    forgetAll();
    this.#show();
  }
}

/** What tells a query from others: not its prefixes. */
function firstLines(query: string): string {
  const lines = query.split("\n").filter((line) => line.trim() !== "" && !/^\s*(prefix|base)\b/i.test(line));
  return lines.slice(0, 4).join("\n");
}
