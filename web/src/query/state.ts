/** The line that says how the query stands: running for how long, how many rows of how many, which version. */

import { fill, h } from "../dom.js";
import type { Selection } from "../selection.js";
import { number } from "../words.js";
import type { Done } from "./asking.js";
import { say } from "./words.js";

const TICK = 100;

export class State {
  /** What is read out: the beginning and the end, not each tick. */
  readonly #said = h("span", { class: "said", role: "status" });
  readonly #clock = h("span", { class: "clock figure" });
  readonly element = h("p", { class: "state" }, this.#said, this.#clock);
  #timer = 0;
  #bytes = 0;

  running(): void {
    window.clearInterval(this.#timer);
    const started = performance.now();
    this.#bytes = 0;
    this.#said.textContent = say("running");
    const tick = (): void => {
      const seconds = say("seconds", { seconds: inSeconds((performance.now() - started) / 1000) });
      this.#clock.textContent = this.#bytes === 0 ? seconds : `${seconds} · ${say("megabytes", { size: (this.#bytes / 1e6).toFixed(1) })}`;
    };
    tick();
    this.#timer = window.setInterval(tick, TICK);
  }

  heard(bytes: number): void {
    this.#bytes = bytes;
  }

  stopped(): void {
    this.#end(say("stopped"));
  }

  failed(): void {
    this.#end(say("failed"));
  }

  done(done: Done): void {
    const how = [say("seconds", { seconds: inSeconds(done.seconds) }), say("version", { version: done.version })].join(" · ");
    this.#end(countOf(done), how);
  }

  /** Say how many rows pass what is chosen in the views. */
  follow(selection: Selection, total: number): void {
    const tell = (): void => {
      let passing = total;
      if (selection.brushed) for (let row = 0; row < total; row += 1) if (!selection.passes(row)) passing -= 1;
      this.#said.textContent = say("rows-of", { shown: passing, count: total });
    };
    selection.watch(tell);
    tell();
  }

  #end(text: string, clock?: string): void {
    window.clearInterval(this.#timer);
    this.#said.textContent = text;
    if (clock !== undefined) fill(this.#clock, clock);
  }
}

function countOf({ found }: Done): string {
  if (found.kind === "yes-no") return say(found.yes ? "yes" : "no");
  if (found.kind === "triples") return say("triples", { count: found.triples.length });
  const count = found.bindings.results?.bindings.length ?? 0;
  return say("rows-of", { shown: count, count });
}

export function inSeconds(seconds: number): string {
  return seconds < 10 ? seconds.toFixed(2) : number(Math.round(seconds));
}
