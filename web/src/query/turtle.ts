/** The Turtle view: the triples of an answer as text, to be read and copied. */

import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { search, searchKeymap } from "@codemirror/search";
import { h } from "../dom.js";
import { LOOK } from "./colours.js";
import { say } from "./words.js";

/** Make the view into an element, in a shadow root as the editor is. */
export function showTurtle(text: string): { element: HTMLElement; destroy(): void; resize(): void } {
  const element = h("div", { class: "editor reading" });
  const host = element.attachShadow({ mode: "open" });
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(), drawSelection(), EditorView.lineWrapping, EditorState.readOnly.of(true), search(), keymap.of(searchKeymap),
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": say("turtle-text"), "aria-readonly": "true" }),
      ...LOOK,
    ],
  });
  const view = new EditorView({ state, parent: host, root: host });
  return { element, destroy: () => view.destroy(), resize: () => view.requestMeasure() };
}
