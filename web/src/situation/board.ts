/** The pictures: a map, a timeline and a list for each set of filters, over one table. */

import { fill, h } from "../dom.js";
import { readTable } from "../results.js";
import { Selection } from "../selection.js";
import type { View } from "../view.js";
import { VIEWS } from "../views/index.js";
import { number } from "../words.js";
import { bindingsOf, type Event, MOST, type Situation } from "./events.js";
import { bounds, eventList, tally } from "./list.js";
import { Side } from "./side.js";
import { sumOf } from "./sums.js";
import { say } from "./words.js";

export class Board {
  #views: View[] = [];
  #ends: (() => void)[] = [];
  readonly #size = new ResizeObserver(() => this.#views.forEach((view) => view.resize()));

  constructor(private readonly host: HTMLElement) {
    this.#size.observe(host);
  }

  /** Draw situations, one or two beside each other; both share the axes and the brushes. */
  show(situations: readonly Situation[], titles: readonly string[]): void {
    this.clear();
    const table = readTable(bindingsOf(situations.flatMap(({ events }) => events)), "");
    const shared = new Selection();
    const starts = situations.map((_, index) => situations.slice(0, index).reduce((sum, { events }) => sum + events.length, 0));
    fill(this.host, ...situations.map((situation, index) => {
      const from = starts[index] ?? 0;
      const own = (row: number): boolean => row >= from && row < from + situation.events.length;
      const selection = situations.length === 1 ? shared : new Side(shared, own);
      const views = ["map", "timeline"].map((name) => VIEWS.find((kind) => kind.name === name))
        .flatMap((kind) => (kind !== undefined && kind.suits(table) ? [kind.make(table, selection)] : []));
      this.#views.push(...views);
      return this.#picture(situation, titles[index] ?? "", from, selection, views);
    }));
    this.host.classList.toggle("two", situations.length > 1);
  }

  clear(): void {
    this.#views.forEach((view) => view.destroy());
    this.#ends.forEach((end) => end());
    this.#views = [];
    this.#ends = [];
  }

  #picture(situation: Situation, title: string, from: number, selection: Selection, views: readonly View[]): HTMLElement {
    const summary = h("div", { class: "summary", role: "status" });
    const list = h("div", { class: "listed" });
    const passing = (): Event[] => situation.events.filter((_, index) => selection.passes(from + index));
    const sum = (): void => fill(summary, ...summaryOf(situation, passing()));
    sum();
    this.#ends.push(selection.watch(sum), eventList(list, situation.events, (index) => from + index, selection, title === "" ? "h2" : "h3"));
    return h(
      "section",
      { class: "picture", "aria-label": title },
      title !== "" && h("h2", {}, h("bdi", {}, title)),
      summary,
      ...views.map((view) => view.element),
      list,
    );
  }
}

function summaryOf({ events, total }: Situation, passing: readonly Event[]): (Node | null)[] {
  const shown = new Set(passing.map((event) => event.iri)).size;
  const held = new Set(events.map((event) => event.iri)).size;
  const nowhere = passing.filter((event) => event.terms["wkt"] === undefined).length;
  const { events: counted, least, most } = sumOf(passing);
  return [
    h("p", {}, h("strong", {}, say("shown", { shown, count: total })), total > held ? ` ${say("newest", { most: MOST })}` : ""),
    h("p", { class: "note" }, [tally(passing), nowhere > 0 ? say("nowhere", { count: nowhere }) : ""].filter((each) => each !== "").join(" · ")),
    counted === 0 ? null : h("p", { class: "note number" }, `${bounds(least, most)} ${say("by-figures", { count: counted, of: number(shown) })}`),
  ];
}
