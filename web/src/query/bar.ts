/** What stands above the query: run and stop, the time it may take, examples, history, sharing. */

import { h } from "../dom.js";
import { Examples } from "./examples.js";
import { PastQueries } from "./past.js";
import { say } from "./words.js";

export interface Bar {
  readonly element: HTMLElement;
  /** Seconds that a query may take; empty for as long as the server allows. */
  timeout: string;
  running(is: boolean): void;
}

export interface Doing {
  readonly run: () => void;
  readonly stop: () => void;
  readonly take: (text: string) => void;
  readonly share: (button: HTMLElement) => void;
}

const TIMES = ["1", "5", "10", "30", "60"];

export function bar({ run, stop, take, share }: Doing): Bar {
  const examples = new Examples(take);
  const past = new PastQueries(take);
  const runs = h("button", { type: "button", class: "first run", onclick: run, "aria-keyshortcuts": "Control+Enter Meta+Enter" }, say("run"));
  const stops = h("button", { type: "button", class: "stop", onclick: stop, hidden: true }, say("stop"));
  const shares = h("button", { type: "button", class: "quiet", onclick: () => share(shares) }, say("share"));
  const times = h("select", { "aria-label": say("timeout") },
    h("option", { value: "" }, say("timeout-none")),
    ...TIMES.map((time) => h("option", { value: time }, say("timeout-of", { count: Number(time) }))),
  );
  const element = h("div", { class: "bar", role: "group", "aria-label": say("query") },
    runs, stops, times,
    h("span", { class: "apart" }),
    h("button", { type: "button", class: "quiet", onclick: () => void examples.open() }, say("examples")),
    h("button", { type: "button", class: "quiet", onclick: () => past.open() }, say("history")),
    shares,
  );
  return {
    element,
    get timeout() {
      return times.value;
    },
    set timeout(seconds: string) {
      if (seconds !== "" && !TIMES.includes(seconds)) times.append(h("option", { value: seconds }, say("timeout-of", { count: Number(seconds) })));
      times.value = seconds;
    },
    running(is) {
      // The focus stays on the button that takes the other's place.
      const focused = document.activeElement === (is ? runs : stops);
      runs.hidden = is;
      stops.hidden = !is;
      if (focused) (is ? stops : runs).focus();
    },
  };
}

/** The keys of the editor, where they can be seen: above all how to leave it. */
export function hints(): HTMLElement {
  const key = (name: string, what: string): HTMLElement => h("span", {}, h("kbd", {}, name), ` ${what}`);
  const mod = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";
  return h("p", { class: "hints", id: "editor-keys" },
    key(`${mod} Enter`, say("key-run")), key("Ctrl Space", say("key-complete")), key("Tab", say("key-indent")), key("Esc, Tab", say("key-leave")),
  );
}
