"""The operations of a SPARQL Update request, told apart by their tokens (SPARQL 1.1 Update, 3).

Nothing here judges syntax: a request is split into pieces, whoever evaluates them has each parsed,
and only then asks what it does. Keywords may be glued together (``INSERTDATA{…}``), because
pyoxigraph's parser needs no space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.engine.tokens import GAP, tokens

_DECLARES = re.compile(r"BASE|PREFIX|VERSION")
_ONLY_GAP = re.compile(GAP)

Token = re.Match[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """An operation that nobody has parsed yet: its text, where that begins, and its tokens."""

    prologue: str
    """All that BASE and PREFIX said before it, in this piece and those before."""
    text: str
    start: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """INSERT DATA or DELETE DATA; ``block`` is what stands between the braces."""

    block: str
    inserts: bool


@dataclass(frozen=True, slots=True)
class Modification:
    """DELETE … INSERT … WHERE, or DELETE WHERE; graphs are IRIs as they are written."""

    delete: str
    insert: str
    where: str
    with_graph: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()

    @property
    def has_dataset(self) -> bool:
        """Whether it says itself which graphs it is about."""
        return bool(self.with_graph or self.using or self.using_named)


@dataclass(frozen=True, slots=True)
class GraphManagement:
    """An operation on whole graphs; ``words`` are its keywords, joined, in upper case."""

    words: str
    graphs: tuple[str, ...]

    @property
    def is_silent_load(self) -> bool:
        """Whether it is a LOAD that may fail and be taken for done (SPARQL 1.1 Update, 3.1.4)."""
        return self.words.startswith("LOADSILENT")


Operation = Data | Modification | GraphManagement


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens outside braces, and the block that follows them, if one does."""

    words: str
    tokens: tuple[Token, ...]
    block: str | None


def pieces(request: str) -> Iterator[Piece]:
    """The operations of a request, split at the semicolons outside braces.

    The last goes to the end of the request, whatever stands there. A piece without a token is a
    semicolon too many, unless it is the last: that one is left out.
    """
    prologue = ""
    split = list(_split(list(tokens(request))))
    begin = 0
    for number, found in enumerate(split, start=1):
        end = len(request) if number == len(split) else split[number][0].start()
        found = found[1:] if number > 1 else found
        at = next((i for i, token in enumerate(found) if _begins_operation(token)), len(found))
        start = found[at].start() if at < len(found) else end
        prologue += request[begin:start] + "\n" if at else ""
        if number < len(split) or request[start:].strip():
            yield Piece(prologue, request[start:end], start, tuple(found[at:]))
        begin = end + 1


def readable(text: str) -> bool:
    """Whether the tokens go to the end of a text."""
    last = max((token.end() for token in tokens(text)), default=0)
    return _ONLY_GAP.fullmatch(text, last) is not None


def _split(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Groups of tokens; each but the first begins with the semicolon before it."""
    depth = 0
    group: list[Token] = []
    for token in found:
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0 and token[0] == ";":
            yield group
            group = []
        group.append(token)
    yield group


def _begins_operation(token: Token) -> bool:
    """Whether this is no part of a prologue."""
    if token.lastgroup == "word":
        return _DECLARES.match(token[0].upper()) is None
    return token.lastgroup not in ("iri", "name", "string")


def operation(piece: Piece) -> Operation:
    """What a piece does, once it is known to parse."""
    parts = list(_parts(piece))
    first = parts[0]
    if first.block is None:
        return GraphManagement(first.words, _graphs(first.tokens))
    if first.words in ("INSERTDATA", "DELETEDATA"):
        return Data(first.block, first.words == "INSERTDATA")
    if first.words == "DELETEWHERE":
        return Modification(first.block, "", first.block)
    return _modification(parts)


def _parts(piece: Piece) -> Iterator[_Part]:
    depth = 0
    opened = 0
    outside: list[Token] = []
    for token in piece.tokens:
        mark = token[0]
        if mark == "{":
            depth += 1
            opened = token.end() if depth == 1 else opened
        elif mark == "}":
            depth -= 1
            if depth == 0:
                block = piece.text[opened - piece.start : token.start() - piece.start]
                yield _Part(_words(outside), tuple(outside), block)
                outside = []
        elif depth == 0:
            outside.append(token)
    if outside:
        yield _Part(_words(outside), tuple(outside), None)


def _words(outside: Sequence[Token]) -> str:
    return "".join(token[0].upper() for token in outside if token.lastgroup == "word")


def _graphs(outside: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token[0] for token in outside if token.lastgroup in ("iri", "name"))


def _modification(parts: Sequence[_Part]) -> Modification:
    blocks = {"DELETE": "", "INSERT": "", "WHERE": ""}
    for part in parts:
        for keyword in blocks:
            if part.words.endswith(keyword):
                blocks[keyword] = part.block or ""
    first = parts[0]
    with_graph = _graphs(first.tokens)[0] if first.words.startswith("WITH") else None
    using, named = _using(parts[-1].tokens)
    return Modification(
        blocks["DELETE"], blocks["INSERT"], blocks["WHERE"], with_graph, using, named
    )


def _using(outside: Sequence[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs of USING and those of USING NAMED."""
    using: list[str] = []
    named: list[str] = []
    chosen = using
    for token in outside:
        if token.lastgroup == "word":
            chosen = named if token[0].upper().endswith("NAMED") else using
        elif token.lastgroup in ("iri", "name"):
            chosen.append(token[0])
    return tuple(using), tuple(named)
