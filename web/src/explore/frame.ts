/** The parts of the screen: tools above, the picture or the list, what is told beside it, the time below. */

import { type Child, fill, h } from "../dom.js";
import { legend } from "../views/legend.js";
import { list } from "./list.js";
import { groupName, Picture } from "./picture.js";
import { type Slider, slider } from "./slider.js";
import type { Shown } from "./shown.js";
import type { State } from "./state.js";
import { type Taken, taking } from "./taking.js";
import { GROUPS } from "./things.js";
import { say } from "./words.js";

export interface Wishes {
  change(state: (now: State) => State): void;
  choose(key: string): void;
  undo(): void;
  step(count: number): void;
  /** The window is being moved. */
  window(from: string, until: string): void;
}

const STEPS = [10, 25, 50, 100, 200] as const;
const PAN = 0.15;

export class Frame {
  readonly picture: Picture;
  readonly #wishes: Wishes;
  readonly #stage = h("div", { class: "network-stage", tabindex: 0, role: "group", "aria-label": say("view-picture"), "aria-describedby": "explore-help" });
  readonly #list = h("div", { class: "explore-listed", hidden: true });
  readonly #panel = h("section", { class: "explore-panel", "aria-live": "polite", "aria-label": say("connected"), tabindex: -1 });
  readonly #count = h("output", { class: "view-count" });
  readonly #key = h("div", { class: "explore-key" });
  readonly #hover = h("p", { class: "explore-hover", "aria-hidden": "true" });
  readonly #undo = h("button", { type: "button", disabled: true, onclick: () => this.#wishes.undo() }, say("undo"));
  readonly #layout = h("button", { type: "button", onclick: () => this.#toggleLayout() }, say("layout"));
  readonly #time: Slider;
  readonly #events: HTMLSelectElement;
  readonly #claims: HTMLSelectElement;
  readonly #views: readonly HTMLElement[];
  #shown: Shown | undefined;
  #hidden: ReadonlySet<string> = new Set();
  #state: State | undefined;
  #chosen = "";

  constructor(host: HTMLElement, wishes: Wishes) {
    this.#wishes = wishes;
    this.#events = choice("events", ["nodes", "edges"], (value) =>
      wishes.change((state) => ({ ...state, events: value === "edges" ? "edges" : "nodes" })));
    this.#claims = choice("claims", ["together", "apart"], (value) =>
      wishes.change((state) => ({ ...state, claims: value === "apart" ? "apart" : "together" })));
    this.#time = slider(wishes.window, (from, until) => wishes.change((state) => ({ ...state, from, until })));
    this.#views = (["picture", "list"] as const).map((view) =>
      h("button", { type: "button", "aria-pressed": String(view === "picture"), onclick: () => this.#view(view) }, say(`view-${view}`)));
    host.append(this.#tools(), this.#body(), this.#time.element);
    host.hidden = false;
    this.picture = new Picture(this.#stage, {
      choose: wishes.choose,
      hover: (key) => fill(this.#hover, this.#named(key)),
      rest: () => fill(this.#layout, say("layout")),
    });
    this.#stage.addEventListener("keydown", (event) => this.#keyed(event));
    new ResizeObserver(() => this.picture.drawing.resize()).observe(this.#stage);
    if (!this.picture.drawing.drawn) this.#view("list");
  }

  show(shown: Shown, state: State, hidden: ReadonlySet<string>, chosen: string, undoable: boolean): void {
    this.#shown = shown;
    this.#state = state;
    this.#hidden = hidden;
    this.#undo.disabled = !undoable;
    [this.#events.value, this.#claims.value] = [state.events, state.claims];
    this.picture.show(shown, state, hidden);
    fill(this.#layout, say(this.picture.drawing.layout.running ? "stop" : "layout"));
    this.#time.show([...shown.ties.values()], state.from, state.until);
    this.#legend(shown);
    this.choose(chosen, shown, hidden);
    this.#counts(state);
  }

  choose(key: string, shown: Shown, hidden: ReadonlySet<string>): void {
    this.#chosen = key;
    this.picture.choose(key);
    // The button that was pressed goes with the old list; its successor gets the focus.
    const focused = this.#list.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["key"] : undefined;
    if (!this.#list.hidden) fill(this.#list, list(shown, hidden, key, this.#wishes.choose));
    if (focused !== undefined) this.#list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  tell(...about: Child[]): void {
    const held = this.#panel.contains(document.activeElement);
    fill(this.#panel, ...about);
    if (held) this.#panel.focus({ preventScroll: true });
  }

  busy(busy: boolean): void {
    this.#panel.setAttribute("aria-busy", String(busy));
  }

  #tools(): HTMLElement {
    const step = h("select", { id: "explore-step", onchange: () => this.#wishes.step(Number(step.value)) },
      ...STEPS.map((count) => h("option", { value: count, selected: count === 25 }, count)));
    return h("div", { class: "view-tools explore-tools" },
      h("div", { class: "explore-views", role: "group", "aria-label": say("views") }, ...this.#views),
      this.#undo, this.#layout,
      // Where there is room they are always open.
      h("details", { class: "explore-options", open: matchMedia("(min-width: 52rem)").matches },
        h("summary", {}, say("options")),
        h("div", {},
          h("label", {}, say("events"), " ", this.#events),
          h("label", {}, say("claims"), " ", this.#claims),
          h("label", {}, say("step"), " ", step))),
      this.#count,
      taking(() => this.#now()));
  }

  #body(): HTMLElement {
    const button = (name: "nearer" | "farther" | "fit", sign: string, act: () => void): HTMLElement =>
      h("button", { type: "button", "aria-label": say(name), title: say(name), onclick: act }, sign);
    return h("div", { class: "explore-body" },
      h("div", { class: "explore-seen" },
        this.#stage,
        h("div", { class: "explore-zoom" },
          button("nearer", "+", () => this.picture.drawing.zoom(1.5)),
          button("farther", "−", () => this.picture.drawing.zoom(1 / 1.5)),
          button("fit", "⤢", () => this.picture.drawing.fit())),
        this.#hover, this.#list, this.#key,
        h("p", { class: "view-help", id: "explore-help" }, say("picture-help"))),
      this.#panel);
  }

  #view(view: "picture" | "list"): void {
    this.#stage.hidden = view === "list";
    this.#list.hidden = view === "picture";
    this.#views.forEach((button, at) => button.setAttribute("aria-pressed", String((at === 0) === (view === "picture"))));
    if (this.#shown !== undefined) this.choose(this.#chosen, this.#shown, this.#hidden);
  }

  #counts(state: State): void {
    const { things, ties } = this.#shown ?? { things: new Map(), ties: new Map() };
    const gone = [...ties.keys()].filter((key) => this.#hidden.has(key)).length;
    const undated = state.from + state.until === "" ? 0 : [...ties.values()].filter(({ start, end }) => !start && !end).length;
    fill(this.#count, say("shown-things", { count: things.size }), " · ", say("shown-ties", { count: ties.size }),
      gone > 0 && ` · ${say("outside", { count: gone })}`, undated > 0 && ` · ${say("undated", { count: undated })}`);
  }

  #legend(shown: Shown): void {
    const there = new Set([...shown.things.values()].map(({ group }) => group));
    const entries = GROUPS.filter((group) => there.has(group)).map((group) => ({ name: groupName(group), colour: this.picture.colourOf(group) }));
    fill(this.#key, legend(entries), h("p", { class: "view-help" }, `${say("width")} · ${say("dashed")}`));
  }

  #named(key: string): Child {
    const tie = this.#shown?.ties.get(key);
    const name = (iri: string): string => this.#shown?.things.get(iri)?.label ?? "";
    return tie === undefined ? name(key) : `${name(tie.source)} – ${tie.label} → ${name(tie.target)}`;
  }

  #toggleLayout(): void {
    const { layout } = this.picture.drawing;
    if (layout.running) layout.stop();
    else layout.start();
    fill(this.#layout, say(layout.running ? "stop" : "layout"));
  }

  #now(): Taken | undefined {
    const [shown, state] = [this.#shown, this.#state];
    if (shown === undefined || state === undefined) return undefined;
    const chosen = shown.groups.has(this.#chosen) ? undefined : shown.things.get(this.#chosen);
    const around = chosen ?? [...shown.things.values()].find(({ iri }) => !shown.groups.has(iri));
    return { shown, state, around, hidden: this.#hidden, placeOf: (iri) => this.picture.placeOf(iri) };
  }

  #keyed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { drawing } = this.picture;
    const acts: Readonly<Record<string, () => void>> = {
      "+": () => drawing.zoom(1.5), "-": () => drawing.zoom(1 / 1.5), "0": () => drawing.fit(),
      ArrowLeft: () => drawing.pan(-PAN, 0), ArrowRight: () => drawing.pan(PAN, 0),
      ArrowUp: () => drawing.pan(0, -PAN), ArrowDown: () => drawing.pan(0, PAN),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }
}

function choice(name: "events", values: readonly ["nodes", "edges"], act: (value: string) => void): HTMLSelectElement;
function choice(name: "claims", values: readonly ["together", "apart"], act: (value: string) => void): HTMLSelectElement;
function choice(name: "events" | "claims", values: readonly string[], act: (value: string) => void): HTMLSelectElement {
  const select = h("select", { name, onchange: () => act(select.value) },
    ...values.map((value) => h("option", { value }, say(`${name}-${value}` as "events-nodes"))));
  return select;
}
