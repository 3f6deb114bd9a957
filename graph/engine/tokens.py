"""The tokens of a SPARQL text, by the grammar's terminals (SPARQL 1.1, section 19.8).

Made for looking at queries that nobody has parsed yet: linear in the text, never recursive. Reading
ends at the first character that starts no token, because no parser gets past it either.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = f"_0-9{_BASE}"
_CHAR = f"{_FIRST}\\-\u00b7\u0300-\u036f\u203f-\u2040"
_VARIABLE = f"{_FIRST}\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_WORD = f"[{_BASE}](?:[{_CHAR}]|\\.+(?=[{_CHAR}]))*+"
PREFIX = f"(?:{_WORD})?"
LOCAL = f"(?:[:{_FIRST}]|{_ESCAPED})(?:[:{_CHAR}]|{_ESCAPED}|\\.+(?=[:{_CHAR}%\\\\]))*+"
IRI = r"""<(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"""
COMMENT = r"\#[^\n\r]*+"
GAP = rf"(?:[ \t\r\n]|{COMMENT})*+"
"""White space and comments, as they may stand between any two tokens."""

_KINDS = rf"""
      (?P<iri> {IRI} )
    | (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+' )
    | (?P<variable> [?$][{_VARIABLE}]++ )
    | (?P<blank> _:[{_FIRST}](?:[{_CHAR}]|\.+(?=[{_CHAR}]))*+ )
    | (?P<name> {PREFIX}:(?:{LOCAL})? )
    | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)? )
    | (?P<number> [0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)? )
    | (?P<word> {_WORD} )
    | (?P<mark> [{{}}()\[\];,.=!<>&|*/+\-^?~] )
    """
TOKEN = re.compile(
    rf"(?P<space> [ \t\r\n]++ ) | (?P<comment> {COMMENT} ) | {_KINDS}", re.VERBOSE | re.DOTALL
)
"""One token; the name of the group is its kind."""
SIGNIFICANT = re.sub(r"\?P<\w+>", "?:", _KINDS)
"""A pattern in verbose syntax for one token that is neither white space nor comment."""
NOT_A_WORD = f"(?![{_CHAR}.:])"
"""What follows a keyword for sure: nothing that could make it part of a longer word or a name."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens in order, white space and comments left out; ``lastgroup`` is the kind."""
    at = 0
    while (token := TOKEN.match(text, at)) is not None:
        at = token.end()
        if token.lastgroup not in ("space", "comment"):
            yield token


def readings(text: str) -> Iterator[re.Match[str]]:
    """The words and names that any reading of the text may see, in no order, each once.

    By the grammar ``<1)x#>`` is an IRI; a parser without a tokenizer, as pyoxigraph's is, may read
    ``<`` as an operator there and what follows ``#`` as a comment, which shifts all after it. So
    where an IRI holds a character that begins a comment or a string, both ways are followed.
    """
    starts = deque([0])
    seen: set[int] = set()
    comment = range(0)
    while starts:
        at = starts.popleft()
        while at not in seen:
            seen.add(at)
            at = comment.stop if at in comment and text[at] == "#" else at
            token = TOKEN.match(text, at)
            if token is None:
                break
            if token.lastgroup == "comment":
                comment = range(*token.span())
            if token.lastgroup in ("word", "name"):
                yield token
            elif token.lastgroup == "iri" and not {"#", "'"}.isdisjoint(token[0]):
                starts.append(at + 1)
            at = token.end()


def unescaped(text: str) -> str:
    r"""The text with its codepoint escapes ``\uXXXX`` replaced (SPARQL 1.1, section 19.2)."""
    return _ESCAPE.sub(lambda found: _character(found[1] or found[2]), text)


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"
