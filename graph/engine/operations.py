"""The operations of a SPARQL Update request, told apart by their tokens (SPARQL 1.1 Update, 3).

Whoever evaluates them has had the whole request parsed before: nothing here judges syntax. Keywords
may be glued together (``INSERTDATA{…}``), because pyoxigraph's parser needs no space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.engine.tokens import tokens

_BEGINS = re.compile(r"INSERT|DELETE|WITH|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY")

Token = re.Match[str]


@dataclass(frozen=True, slots=True)
class Data:
    """INSERT DATA or DELETE DATA; ``block`` is what stands between the braces."""

    prologue: str
    block: str
    inserts: bool


@dataclass(frozen=True, slots=True)
class Modification:
    """DELETE … INSERT … WHERE, or DELETE WHERE; graphs are IRIs as they are written."""

    prologue: str
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

    prologue: str
    text: str
    words: str
    graphs: tuple[str, ...]


Operation = Data | Modification | GraphManagement


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens outside braces, and the block that follows them, if one does."""

    words: str
    tokens: tuple[Token, ...]
    block: str | None


def operations(request: str) -> Iterator[Operation]:
    """The operations of a request, each with the prologue that has been given so far."""
    prologue = ""
    begin = 0
    for piece in _pieces(list(tokens(request))):
        at = next((i for i, token in enumerate(piece) if _begins_operation(token)), len(piece))
        end = piece[at - 1].end() if at else begin
        prologue += request[begin:end] + "\n" if at else ""
        if at < len(piece):
            yield _operation(request, prologue, piece[at:])
        begin = piece[-1].end() + 1 if piece else begin


def _pieces(found: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens between the semicolons that stand outside braces."""
    depth = 0
    piece: list[Token] = []
    for token in found:
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0 and token[0] == ";":
            yield piece
            piece = []
        else:
            piece.append(token)
    yield piece


def _begins_operation(token: Token) -> bool:
    return token.lastgroup == "word" and _BEGINS.match(token[0].upper()) is not None


def _operation(request: str, prologue: str, piece: Sequence[Token]) -> Operation:
    parts = list(_parts(request, piece))
    first = parts[0]
    if first.block is None:
        text = request[piece[0].start() : piece[-1].end()]
        return GraphManagement(prologue, text, first.words, _graphs(first.tokens))
    if first.words in ("INSERTDATA", "DELETEDATA"):
        return Data(prologue, first.block, first.words == "INSERTDATA")
    if first.words == "DELETEWHERE":
        return Modification(prologue, first.block, "", first.block)
    return _modification(prologue, parts)


def _parts(request: str, piece: Sequence[Token]) -> Iterator[_Part]:
    depth = 0
    opened = 0
    outside: list[Token] = []
    for token in piece:
        mark = token[0]
        if mark == "{":
            depth += 1
            opened = token.end() if depth == 1 else opened
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield _Part(_words(outside), tuple(outside), request[opened : token.start()])
                outside = []
        elif depth == 0:
            outside.append(token)
    if outside:
        yield _Part(_words(outside), tuple(outside), None)


def _words(outside: Sequence[Token]) -> str:
    return "".join(token[0].upper() for token in outside if token.lastgroup == "word")


def _graphs(outside: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token[0] for token in outside if token.lastgroup in ("iri", "name"))


def _modification(prologue: str, parts: Sequence[_Part]) -> Modification:
    blocks = {"DELETE": "", "INSERT": "", "WHERE": ""}
    for part in parts:
        for keyword in blocks:
            if part.words.endswith(keyword):
                blocks[keyword] = part.block or ""
    first = parts[0]
    with_graph = _graphs(first.tokens)[0] if first.words.startswith("WITH") else None
    using, named = _using(parts[-1].tokens)
    return Modification(
        prologue, blocks["DELETE"], blocks["INSERT"], blocks["WHERE"], with_graph, using, named
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
