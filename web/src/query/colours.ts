/** How SPARQL and Turtle are coloured, and how the editor looks: by the page's own tokens. */

import { HighlightStyle, StreamLanguage, type StreamParser, type StringStream, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** What SPARQL 1.2 adds to the marks and functions that the mode of SPARQL 1.1 knows. */
const MARKS = /^(?:<<\(?|\)?>>|\{\||\|\}|~)/;
const FUNCTIONS = /^(?:triple|subject|predicate|object|istriple|langdir|haslang|haslangdir|strlangdir|version)\b/i;

interface ModeState {
  /** Which delimiter ends the long string that the line is in. */
  long: string;
  readonly inner: unknown;
}

const mode = sparql as StreamParser<unknown>;

/** SPARQL with the forms of 1.2, and with strings over several lines. */
const SPARQL = StreamLanguage.define<ModeState>({
  ...(mode as unknown as StreamParser<ModeState>),
  startState: (unit) => ({ long: "", inner: mode.startState?.(unit) }),
  copyState: (state) => ({ long: state.long, inner: { ...(state.inner as object) } }),
  indent: (state, after, context) => mode.indent?.(state.inner, after, context) ?? null,
  token(stream, state) {
    if (state.long !== "" || stream.match(/^(?:"""|''')/, false)) return longString(stream, state);
    if (stream.match(MARKS)) return "bracket";
    if (stream.match(FUNCTIONS)) return "builtin";
    return mode.token(stream, state.inner);
  },
});

function longString(stream: StringStream, state: ModeState): string {
  if (state.long === "") {
    state.long = stream.string.slice(stream.pos, stream.pos + 3);
    stream.pos += 3;
  }
  const end = stream.string.indexOf(state.long, stream.pos);
  if (end < 0) stream.skipToEnd();
  else {
    stream.pos = end + 3;
    state.long = "";
  }
  return "string";
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword], color: "var(--code-word)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--code-word)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)", whiteSpace: "nowrap" },
  { tag: [tags.atom, tags.link, tags.url, tags.variableName, tags.propertyName], color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.literal, tags.meta], color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.bracket, tags.operator, tags.punctuation], color: "var(--quiet)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--raised)", height: "100%", fontSize: ".875rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: ".6rem 0" },
  ".cm-line": { padding: "0 .75rem" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--quiet)", border: "0" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--panel) 70%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--chosen)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark-2)", color: "inherit" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--against)" },
  ".cm-searchMatch": { backgroundColor: "var(--mark)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--mark-3)" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--text)", fontFamily: "var(--sans)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--raised)", border: "1px solid var(--edge)", color: "var(--text)", minHeight: "1.75rem" },
  ".cm-button": { backgroundColor: "var(--raised)", backgroundImage: "none", border: "1px solid var(--edge)", color: "var(--text)", minHeight: "1.75rem" },
  ".cm-panel.cm-search [name=close]": { color: "var(--text)", minWidth: "1.75rem", minHeight: "1.75rem" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--text)", border: "1px solid var(--edge)", borderRadius: "3px", boxShadow: "0 6px 20px rgb(0 0 0 / .18)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", fontSize: ".875rem", maxHeight: "19rem", minWidth: "20rem", maxWidth: "min(36rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "baseline", gap: ".6rem", padding: ".3rem .6rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--chosen)", color: "var(--text)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": { padding: ".45rem .6rem .15rem", border: "0", color: "var(--quiet)", opacity: "1", fontSize: ".8125rem" },
  ".cm-completionLabel": { fontFamily: "var(--mono)", whiteSpace: "nowrap" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "0", color: "var(--quiet)", overflow: "hidden", textOverflow: "ellipsis" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--text)" },
  ".uses": { marginLeft: "auto", paddingLeft: "1rem", color: "var(--quiet)", fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" },
  "li[aria-selected] .uses": { color: "var(--text)" },
  ".cm-completionInfo": { fontFamily: "var(--serif)", fontSize: ".9375rem", lineHeight: "1.45", padding: ".6rem .75rem", maxWidth: "22rem" },
  ".cm-completionInfo p": { margin: "0 0 .3rem" },
  ".cm-completionInfo p:last-child": { margin: "0" },
  ".cm-completionInfo .fine": { fontFamily: "var(--sans)", fontSize: ".8125rem", color: "var(--quiet)", overflowWrap: "anywhere" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--against) 1.5px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--against)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--against)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", fontSize: ".875rem", padding: ".4rem .6rem", maxWidth: "30rem" },
  ".cm-placeholder": { color: "var(--quiet)" },
});

/** For Turtle as well: its terms are SPARQL's, and the mode made for it takes local names for keywords. */
export const LOOK = [SPARQL, syntaxHighlighting(colours), look];
