/**
 * Typing over a selection, done by the editor and not by the browser.
 *
 * Chromium keeps the look of what was replaced by writing inline styles into the page, which the
 * page's Content-Security-Policy refuses, with a complaint in the console.
 */

import { Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export const typingOver = Prec.highest(
  EditorView.domEventHandlers({
    beforeinput(event, view) {
      const { from, to } = view.state.selection.main;
      const text = event.data;
      if (event.inputType !== "insertText" || text === null || view.composing) return false;
      if (view.state.selection.ranges.length > 1 || from === to) return false;
      event.preventDefault();
      const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
      const taken = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert));
      if (!taken) view.dispatch(insert());
      return true;
    },
  }),
);
