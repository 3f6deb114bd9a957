/** The editor: CodeMirror in a shadow root, where the page's policy lets it have styles. */

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { h } from "../dom.js";
import { LOOK } from "./colours.js";
import { completion } from "./completion.js";
import { typingOver } from "./overtyping.js";
import type { Schema } from "./schema.js";
import { say } from "./words.js";

/** A place in a text as the server counts it: from 1, in characters. */
export interface Spotted {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Writing {
  readonly element: HTMLElement;
  text(): string;
  /** Put another text in; undoing brings the old one back. */
  replace(text: string): void;
  /** Underline a place, or nothing. */
  mark(spotted: Spotted | undefined): void;
  /** Go to the place that is underlined. */
  goTo(spotted: Spotted): void;
  focus(): void;
}

export interface Wishes {
  readonly schema: () => Schema;
  readonly run: () => void;
  readonly changed: () => void;
}

export function openEditor(text: string, wishes: Wishes): Writing {
  const element = h("div", { class: "editor" });
  const host = element.attachShadow({ mode: "open" });
  const state = EditorState.create({ doc: text, extensions: extensions(wishes) });
  const view = new EditorView({ state, parent: host, root: host });
  return {
    element,
    text: () => view.state.doc.toString(),
    replace: (insert) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert }, selection: { anchor: 0 } }),
    mark: (spotted) => view.dispatch(setDiagnostics(view.state, spotted ? [diagnostic(view.state, spotted)] : [])),
    goTo(spotted) {
      view.dispatch({ selection: { anchor: diagnostic(view.state, spotted).from }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
  };
}

function extensions({ schema, run, changed }: Wishes) {
  const runs = () => (run(), true);
  return [
    keymap.of([{ key: "Mod-Enter", run: runs, preventDefault: true }]),
    lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), highlightSpecialChars(),
    history(), drawSelection(), rectangularSelection(), EditorState.allowMultipleSelections.of(true),
    bracketMatching(), closeBrackets(), indentOnInput(), indentUnit.of("  "), EditorState.tabSize.of(2),
    highlightSelectionMatches(), search({ top: false }),
    completion(schema),
    keymap.of([...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
    EditorView.lineWrapping, typingOver,
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": say("editor"), "aria-describedby": "editor-keys", spellcheck: "false" }),
    EditorState.phrases.of(phrases()),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed();
    }),
    ...LOOK,
  ];
}

/** CodeMirror's own words, in the language of the page. */
function phrases(): Record<string, string> {
  return {
    Find: say("find"), Replace: say("replace"), next: say("next"), previous: say("previous"), all: say("all"),
    "match case": say("match-case"), regexp: say("regexp"), "by word": say("by-word"), replace: say("replace"),
    "replace all": say("replace-all"), close: say("close"), Completions: say("completions"),
  };
}

/** From a place to the end of the word there, at least one character. */
function diagnostic({ doc }: EditorState, { line, column, message }: Spotted): Diagnostic {
  const there = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...there.text].slice(0, column - 1).join("").length;
  const word = /^(?:[\p{L}\p{N}_:?$.-]+|\S)/u.exec(there.text.slice(before))?.[0] ?? "";
  const to = Math.min(there.from + before + Math.max(word.length, 1), doc.length);
  const from = Math.min(there.from + before, Math.max(to - 1, 0));
  return { from, to, severity: "error", message };
}
