/** The screen as a whole: which part tells which other part what. */

import { type Asked, addressOf, readAddress, showAddress } from "./address.js";
import { Answer } from "./answer.js";
import { type Done, run } from "./asking.js";
import { bar, hints } from "./bar.js";
import { put } from "./copying.js";
import type { Spotted, Writing } from "./editor.js";
import { remember } from "./history.js";
import { NOTHING, type Schema, fetchSchema } from "./schema.js";
import { splitter } from "./split.js";

export class Workbench {
  readonly #bar = bar({
    run: () => this.run(), stop: () => this.#stop?.(), take: (text) => this.take(text), share: (button) => this.#share(button),
  });
  readonly #answer: Answer;
  #schema: Schema = NOTHING;
  /** Where the schema cannot be had, the editor completes without it and Turtle has no prefixes. */
  readonly #told = fetchSchema((schema) => (this.#schema = schema)).catch(() => undefined);
  #writing: Writing;
  #stop: (() => void) | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly textarea: HTMLTextAreaElement,
    answer: HTMLElement,
  ) {
    this.#answer = new Answer(answer, {
      prefixes: this.#told.then(() => this.#schema.prefixes), goTo: (spotted) => this.#writing.goTo(spotted), viewsChanged: () => this.#showAddress(),
    });
    this.#writing = plain(textarea);
  }

  /** Make the page live, and run what its address asks. */
  start(): void {
    const asked = readAddress();
    if (asked !== undefined) this.#open(asked);
    this.form.prepend(this.#bar.element);
    this.form.append(hints());
    this.form.after(splitter(this.element));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      this.run();
    });
    window.addEventListener("popstate", () => this.#return());
    if (asked !== undefined) this.run(asked.views);
  }

  /** Load the editor and put it in the textarea's place, which serves until then. */
  async openEditor(): Promise<void> {
    const { openEditor } = await import("./editor.js");
    const focused = document.activeElement === this.textarea;
    this.#writing = openEditor(this.#writing.text(), {
      schema: () => this.#schema, run: () => this.run(), changed: () => this.#writing.mark(undefined),
    });
    this.textarea.hidden = true;
    this.textarea.before(this.#writing.element);
    if (focused) this.#writing.focus();
    this.#answer.mark(this.#writing);
  }

  /** Put a text into the editor, to be read before it is run. */
  take(text: string): void {
    this.#writing.replace(text);
    this.#writing.focus();
  }

  /** `views`: those that the address names, where it is an address that is run. */
  run(views: readonly string[] = []): void {
    const query = this.#writing.text();
    if (query.trim() === "") return;
    this.#stop?.();
    this.#writing.mark(undefined);
    this.#bar.running(true);
    this.#answer.running(query);
    const ended = (): void => {
      this.#stop = undefined;
      this.#bar.running(false);
    };
    this.#stop = run(query, this.#bar.timeout, {
      heard: (bytes) => this.#answer.heard(bytes),
      done: (done) => {
        ended();
        this.#answer.done(done, views);
        this.#keep(done);
      },
      failed: (problem) => {
        ended();
        this.#answer.failed(problem);
        this.#answer.mark(this.#writing);
      },
      stopped: () => {
        ended();
        this.#answer.stopped();
      },
    });
    showAddress({ query, views: views.length > 0 ? views : this.#answer.views, timeout: this.#bar.timeout });
  }

  #keep({ query, seconds, found }: Done): void {
    const rows = found.kind === "rows" ? (found.bindings.results?.bindings.length ?? 0) : found.kind === "triples" ? found.triples.length : null;
    remember({ query, at: new Date().toISOString(), rows, seconds });
    this.#showAddress();
  }

  #showAddress(): void {
    const { query } = this.#answer;
    if (query !== "") showAddress({ query, views: this.#answer.views, timeout: this.#bar.timeout });
  }

  /** The reader went back or forth: show that query and run it. */
  #return(): void {
    const asked = readAddress();
    if (asked === undefined) return;
    this.#open(asked);
    this.run(asked.views);
  }

  #open(asked: Asked): void {
    this.#bar.timeout = asked.timeout;
    if (this.#writing.text() !== asked.query) this.#writing.replace(asked.query);
  }

  #share(button: HTMLElement): void {
    void put(addressOf({ query: this.#writing.text(), views: this.#answer.views, timeout: this.#bar.timeout }), button);
  }
}

/** The textarea, until the editor is there and where it cannot be loaded. */
function plain(textarea: HTMLTextAreaElement): Writing {
  const goTo = ({ line, column }: Spotted): void => {
    const before = textarea.value.split("\n").slice(0, line - 1).join("\n").length;
    const at = before + (line > 1 ? 1 : 0) + column - 1;
    textarea.focus();
    textarea.setSelectionRange(at, at + 1);
  };
  return {
    element: textarea, text: () => textarea.value, mark: () => undefined, focus: () => textarea.focus(), goTo,
    replace(text) {
      textarea.value = text;
    },
  };
}
