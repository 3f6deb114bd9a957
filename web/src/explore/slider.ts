/** The window of time: two sliders over the days that the ties reach, and how many lie on each. */

import { fill, h } from "../dom.js";
import type { Dated } from "./things.js";
import { dayOf, extentOf, inWords, isoOf } from "./window.js";
import { say } from "./words.js";

const BARS = 60;

export interface Slider {
  readonly element: HTMLElement;
  /** Over these; the window is as the state has it. */
  show(dated: readonly Dated[], from: string, until: string): void;
}

/** `moved` is told while one slides, `set` when a bound has come to rest. */
export function slider(moved: (from: string, until: string) => void, set: (from: string, until: string) => void): Slider {
  const from = bound("from");
  const until = bound("until");
  const bars = h("div", { class: "explore-bars", "aria-hidden": "true" });
  const all = h("button", { type: "button", onclick: () => set("", "") }, say("all-times"));
  const element = h("fieldset", { class: "explore-time", hidden: true },
    h("legend", {}, say("time")), bars, all, from.label, until.label);

  const values = (): readonly [string, string] => {
    const [first, last] = [Math.min(from.value, until.value), Math.max(from.value, until.value)];
    return [first > from.first ? isoOf(first) : "", last < until.last ? isoOf(last) : ""];
  };
  for (const each of [from, until]) {
    each.input.addEventListener("input", () => {
      tell();
      moved(...values());
    });
    each.input.addEventListener("change", () => set(...values()));
  }

  function tell(): void {
    from.tell();
    until.tell();
    const [first, last] = [Math.min(from.value, until.value), Math.max(from.value, until.value)];
    for (const bar of bars.children) {
      const day = Number((bar as HTMLElement).dataset["day"]);
      bar.classList.toggle("out", day < first || day > last);
    }
  }

  return {
    element,
    show(dated, wantedFrom, wantedUntil) {
      const extent = extentOf(dated);
      element.hidden = extent === undefined || extent[0] === extent[1];
      if (extent === undefined) return;
      const [first, last] = extent;
      from.set(first, last, dayOf(wantedFrom) ?? first);
      until.set(first, last, dayOf(wantedUntil) ?? last);
      all.disabled = wantedFrom === "" && wantedUntil === "";
      fill(bars, ...histogram(dated, first, last));
      tell();
    },
  };
}

interface Bound {
  readonly label: HTMLElement;
  readonly input: HTMLInputElement;
  readonly value: number;
  readonly first: number;
  readonly last: number;
  set(first: number, last: number, value: number): void;
  tell(): void;
}

function bound(name: "from" | "until"): Bound {
  const input = h("input", { type: "range", step: 1, name });
  const output = h("output", {});
  return {
    label: h("label", {}, h("span", {}, say(name)), input, output),
    input,
    get value() { return Number(input.value); },
    get first() { return Number(input.min); },
    get last() { return Number(input.max); },
    set(first, last, value) {
      [input.min, input.max] = [String(first), String(last)];
      input.value = String(value);
    },
    tell() {
      const words = inWords(Number(input.value));
      input.setAttribute("aria-valuetext", words);
      fill(output, words);
    },
  };
}

/** How many begin in each part of the time, as bars. */
function histogram(dated: readonly Dated[], first: number, last: number): HTMLElement[] {
  const width = Math.max(1, (last - first + 1) / BARS);
  const counts = new Array<number>(Math.min(BARS, last - first + 1)).fill(0);
  for (const each of dated) {
    const day = dayOf(each.start) ?? dayOf(each.end);
    if (day === undefined) continue;
    const at = Math.min(counts.length - 1, Math.floor((day - first) / width));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const most = Math.max(...counts, 1);
  return counts.map((count, at) => {
    const bar = h("span", { "data-day": Math.round(first + (at + 0.5) * width) });
    bar.style.height = `${(100 * count) / most}%`;
    return bar;
  });
}
