/** One exploration: its state, its past, and the parts of the screen that show it. */

import { Refusal } from "../ask.js";
import { byId, fill, h } from "../dom.js";
import * as actions from "./actions.js";
import { Answers } from "./answers.js";
import { Frame } from "./frame.js";
import { aboutGroup, aboutThing, type Doing } from "./panel.js";
import { aboutTie } from "./quotes.js";
import { type Shown, shownOf } from "./shown.js";
import { EMPTY, type Opening, PARAMETERS, read, type State, written } from "./state.js";
import type { Dated } from "./things.js";
import { within } from "./window.js";
import { say } from "./words.js";

/** Neighbours of a lone beginning that are shown at once, without being asked for. */
const FEW = 40;
const MOST_UNDONE = 200;
const NOTHING: Shown = { things: new Map(), ties: new Map(), groups: new Map(), extents: [] };

export class Explorer {
  readonly #answers = new Answers();
  readonly #past: State[] = [];
  readonly #frame: Frame;
  #state: State = EMPTY;
  #shown: Shown = NOTHING;
  #chosen = "";
  #step = 25;
  #turn = 0;

  constructor(host: HTMLElement) {
    this.#frame = new Frame(host, {
      change: (state) => void this.#go(state(this.#state)),
      choose: (key) => void this.choose(key),
      undo: () => this.#undo(),
      step: (count) => {
        this.#step = count;
        void this.choose(this.#chosen);
      },
      window: (from, until) => this.#look({ ...this.#state, from, until }),
    });
  }

  /** Show what the address says. */
  async start(): Promise<void> {
    const search = new URLSearchParams(location.search);
    const state = read(search);
    this.#chosen = state.entities.at(-1) ?? "";
    byId("explore-plain").hidden = state.entities.length > 0;
    await this.#show(state.openings.length === 0 ? await this.#opened(state) : state);
  }

  /** Begin with another entity, beside those that are there. */
  begin(entity: string): void {
    const lone = this.#state.entities.length === 0;
    this.#chosen = entity;
    const state = actions.begin(this.#state, entity);
    void (async () => this.#go(lone ? await this.#opened(state) : state))();
  }

  /** Read about a thing or a tie. */
  async choose(key: string): Promise<void> {
    this.#chosen = key;
    this.#frame.choose(key, this.#shown, this.#hidden(this.#state));
    const turn = this.#turn;
    try {
      const about = await this.#about(key);
      if (turn === this.#turn && key === this.#chosen) this.#frame.tell(...about);
    } catch (error) {
      this.#failed(error);
    }
  }

  #about(key: string): Promise<Parameters<typeof fill>[1][]> {
    const tie = this.#shown.ties.get(key);
    if (this.#shown.groups.has(key)) return aboutGroup(key, this.#shown, this.#answers, this.#doing(key));
    if (tie !== undefined) return aboutTie(tie, this.#shown, this.#answers, (end) => void this.choose(end));
    if (this.#shown.things.has(key)) return aboutThing(key, this.#shown, this.#answers, this.#doing(key));
    return Promise.resolve([h("p", { class: "view-note" }, say(this.#shown.things.size === 0 ? "start-none" : "nothing-chosen"))]);
  }

  #doing(iri: string): Doing {
    const pinned = this.#state.pinned.has(iri);
    return {
      step: this.#step,
      pinned,
      open: (openings) => void this.#go(actions.open(this.#state, openings)),
      close: (opening) => void this.#go(actions.close(this.#state, opening)),
      pin: () => void this.#go(actions.pin(this.#state, iri, pinned ? undefined : this.#frame.picture.placeOf(iri))),
      remove: () => void this.#go(actions.remove(this.#state, iri)),
    };
  }

  /** A lone beginning with few neighbours is shown with them. */
  async #opened(state: State): Promise<State> {
    const [entity] = state.entities;
    if (entity === undefined || state.entities.length > 1) return state;
    const counts = await this.#answers.counts(entity).catch(() => []);
    if (counts.reduce((sum, { count }) => sum + count, 0) > FEW) return state;
    const openings = counts.map(({ direction, kind }): Opening => ({ entity, direction, kind, count: this.#step }));
    return { ...state, openings };
  }

  /** On to another state, from which one can come back. */
  async #go(state: State): Promise<void> {
    this.#past.push(this.#state);
    this.#past.splice(0, this.#past.length - MOST_UNDONE);
    await this.#show(state);
  }

  #undo(): void {
    const state = this.#past.pop();
    if (state !== undefined) void this.#show(state);
  }

  /** Change the window alone, which needs no answer. */
  #look(state: State): void {
    this.#state = state;
    this.#frame.show(this.#shown, state, this.#hidden(state), this.#chosen, this.#past.length > 0);
    this.#write();
  }

  async #show(state: State): Promise<void> {
    const turn = ++this.#turn;
    this.#frame.busy(true);
    try {
      const shown = await shownOf(state, this.#answers);
      if (turn !== this.#turn) return;
      this.#shown = shown;
      this.#look(state);
      if (!shown.things.has(this.#chosen) && !shown.ties.has(this.#chosen)) this.#chosen = "";
      await this.choose(this.#chosen);
    } catch (error) {
      this.#failed(error);
    } finally {
      if (turn === this.#turn) this.#frame.busy(false);
    }
  }

  /** What lies outside the window: ties, what is dated itself, and what only they led to. */
  #hidden(state: State): ReadonlySet<string> {
    const { things, ties } = this.#shown;
    const hidden = new Set<string>();
    if (state.from === "" && state.until === "") return hidden;
    const outside = (dated: Dated): boolean => !within(dated, state.from, state.until);
    for (const thing of things.values()) if (outside(thing) && !state.entities.includes(thing.iri)) hidden.add(thing.iri);
    const reached = new Set(state.entities);
    const tied = new Set<string>();
    for (const tie of ties.values()) {
      tied.add(tie.source).add(tie.target);
      if (outside(tie) || hidden.has(tie.source) || hidden.has(tie.target)) hidden.add(tie.id);
      else reached.add(tie.source).add(tie.target);
    }
    for (const iri of tied) if (!reached.has(iri)) hidden.add(iri);
    return hidden;
  }

  #write(): void {
    const search = new URLSearchParams(location.search);
    for (const name of PARAMETERS) search.delete(name);
    for (const [name, value] of written(this.#state)) search.append(name, value);
    history.replaceState(null, "", search.size === 0 ? location.pathname : `?${search}`);
    byId("explore-plain").hidden = this.#state.entities.length > 0;
  }

  #failed(error: unknown): void {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const detail = error instanceof Refusal ? error.problem.detail : String(error);
    this.#frame.tell(h("p", { role: "alert" }, say("failed", { detail })));
  }
}
