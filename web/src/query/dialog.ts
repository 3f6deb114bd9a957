/** A window over the page with a heading and a way out; the browser keeps the focus in it. */

import { fill, h } from "../dom.js";
import { say } from "./words.js";

export class Dialog {
  readonly element: HTMLDialogElement;
  readonly body = h("div", { class: "dialog-body" });

  constructor(name: string, title: string) {
    const heading = h("h2", { id: `${name}-title` }, title);
    const close = h("button", { type: "button", class: "quiet", onclick: () => this.close() }, say("close"));
    this.element = h("dialog", { class: `dialog ${name}`, "aria-labelledby": heading.id }, h("header", {}, heading, close), this.body);
    // A press beside the window closes it: the backdrop is the dialog itself to the event.
    this.element.addEventListener("pointerdown", (event) => {
      if (event.target === this.element) this.close();
    });
    document.body.append(this.element);
  }

  open(...content: HTMLElement[]): void {
    fill(this.body, ...content);
    this.element.showModal();
  }

  close(): void {
    this.element.close();
  }
}
