/** The window with the query as a program, and copying. */

import { root } from "../ask.js";
import { fill, h } from "../dom.js";
import { copiesOf } from "./copies.js";
import { Dialog } from "./dialog.js";
import { say } from "./words.js";

export class Copying {
  readonly #dialog = new Dialog("copying", say("copy-as"));
  #chosen = "curl";

  open(query: string): void {
    const copies = copiesOf(query, new URL(`${root}sparql`, location.href).href);
    const code = h("code", {});
    const pre = h("pre", { tabindex: 0, "aria-label": say("program") }, code);
    const show = (): void => {
      const copy = copies.find(({ name }) => name === this.#chosen) ?? copies[0];
      fill(code, copy?.text ?? "");
    };
    const choices = copies.map(({ name }, index) => choice(name, name === this.#chosen || (index === 0 && !copies.some((each) => each.name === this.#chosen)), () => {
      this.#chosen = name;
      show();
    }));
    const copy = h("button", { type: "button", class: "first" }, say("copy"));
    copy.addEventListener("click", () => void put(code.textContent ?? "", copy));
    show();
    this.#dialog.open(h("fieldset", { class: "languages" }, h("legend", {}, say("language")), ...choices), pre, h("footer", {}, copy));
  }
}

function choice(name: string, checked: boolean, chosen: () => void): HTMLElement {
  return h("label", { class: "choice" }, h("input", { type: "radio", name: "copy-language", value: name, checked, onchange: chosen }), name);
}

/** Copy a text, and say on the button that it was done; where it is forbidden, say that. */
export async function put(text: string, button: HTMLElement): Promise<void> {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = say("copied");
  } catch {
    button.textContent = say("copy-forbidden");
  }
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
}
