"""The canned queries: files of SPARQL that open with a header of their own.

The lines that begin with ``#+`` hold a YAML mapping (the convention of grlc), without these two
characters. queries/README.md describes the keys; any other key is an error, so that a slip of the
pen does not pass for an option.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

import pyoxigraph as ox
import yaml

from graph.engine.outline import FORMS
from graph.engine.tokens import tokens
from graph.errors import InvalidInput, InvalidParameter, NotFound
from graph.files import QUERIES, children
from graph.parameters import TYPES, Parameter
from graph.vocabulary import hint

MARK = "#+"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VARIABLE = re.compile(r"[a-z][A-Za-z0-9]*")
KEYS = ("summary", "keywords", "parameters", "reaches")
PARAMETER_KEYS = ("name", "type", "default", "description")


@dataclass(frozen=True, slots=True)
class Query:
    """A query with a name, the question it answers, and the parameters it takes.

    ``text`` is the file as it stands, header and all. ``reaches`` are the addresses of the
    endpoints that it asks by SERVICE.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    text: str
    keywords: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()

    def bindings(self, values: Mapping[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
        """The terms by variable name: of the values given, and of the defaults of the others.

        A parameter with neither is left out, which leaves its variable unbound. ``str`` makes
        N-Triples of a term. Raises InvalidParameter where a parameter is unknown or a value is none
        of its type.
        """
        known = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in known:
                takes = f"It takes {', '.join(known)}." if known else "It takes none."
                raise InvalidParameter(
                    f"The query {self.name} has no parameter “{name}”. {takes}{hint(name, known)}",
                    name,
                )
        return {
            parameter.name: parameter.term(text)
            for parameter in self.parameters
            if (text := values.get(parameter.name, parameter.default)) is not None
        }


def read_queries(folder: Path = QUERIES) -> dict[str, Query]:
    """All queries of a folder by name, in the order of their names; raises as read_query does."""
    files = sorted(file for file in children(folder) if file.suffix == ".rq")
    return {file.stem: read_query(file) for file in files}


def find_query(name: str, folder: Path = QUERIES) -> Query:
    """The query of this name; raises NotFound with the closest name where there is none."""
    names = sorted(file.stem for file in children(folder) if file.suffix == ".rq")
    if name not in names:
        raise NotFound(f"There is no query “{name}”.{hint(name, names)}")
    return read_query(folder / f"{name}.rq")


def read_query(file: Path) -> Query:
    """Read a query; raises InvalidInput where its header is wrong or its SELECT does not fit it.

    The rest of the SPARQL is not parsed here: whoever runs it does.
    """
    text = file.read_text(encoding="utf-8")
    try:
        return _query(file.stem, text)
    except InvalidInput as fault:
        raise InvalidInput(f"{file.name}: {fault}") from fault


def _query(name: str, text: str) -> Query:
    if not NAME.fullmatch(name):
        raise InvalidInput(
            "name the file in lower-case words with hyphens, like who-negotiated.rq."
        )
    header = _header(text)
    summary = _text(header, "summary")
    if not summary.endswith("?"):
        raise InvalidInput("the summary is a question. End it with a question mark.")
    parameters = tuple(map(_parameter, _list(header, "parameters")))
    reaches = tuple(map(str, _list(header, "reaches")))
    query = Query(name, summary, parameters, text, _keywords(header), reaches)
    _check_projection(query)
    return query


def _header(text: str) -> dict[str, object]:
    lines = [line for line in text.splitlines() if line.startswith(MARK)]
    try:
        # BaseLoader makes texts, lists and mappings only: a default of 24 or of no stays a text.
        header = yaml.load("\n".join(line[len(MARK) :] for line in lines), Loader=yaml.BaseLoader)
    except yaml.YAMLError as fault:
        raise InvalidInput(f"the header is not YAML: {' '.join(str(fault).split())}.") from fault
    return _mapping(header, "header", KEYS)


def _parameter(entry: object) -> Parameter:
    fields = _mapping(entry, "parameter", PARAMETER_KEYS)
    name, type = _text(fields, "name"), _text(fields, "type")
    if not VARIABLE.fullmatch(name):
        raise InvalidInput(f"“{name}” is no name of a parameter. Use letters, like “facilityType”.")
    if type not in TYPES:
        raise InvalidInput(f"there is no type “{type}”. Use one of {', '.join(TYPES)}.")
    default = _text(fields, "default") if "default" in fields else None
    parameter = Parameter(name, TYPES[type], _text(fields, "description"), default)
    if default is not None:
        parameter.term(default)
    return parameter


def _keywords(header: Mapping[str, object]) -> tuple[str, ...]:
    keywords = _list(header, "keywords")
    if not keywords:
        raise InvalidInput("the header has no keywords. Add “keywords: [word, word]”.")
    return tuple(map(str, keywords))


def _mapping(value: object, what: str, keys: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidInput(f"the {what} is no mapping. Write lines like “{MARK} {keys[0]}: …”.")
    for key in value:
        if key not in keys:
            raise InvalidInput(f"the {what} has no key “{key}”. Use {', '.join(keys)}.")
    return value


def _list(fields: Mapping[str, object], key: str) -> list[object]:
    value = fields.get(key, [])
    if not isinstance(value, list):
        raise InvalidInput(f"the key “{key}” holds a list. Write “{key}: [ … ]” or lines with “-”.")
    return value


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"the header lacks a “{key}”. Add “{key}: …”.")
    return value


def _check_projection(query: Query) -> None:
    """A variable can be given a value only where SELECT projects it (pyoxigraph's rule)."""
    projected = _projected(query.text)
    for parameter in query.parameters:
        if parameter.name not in projected:
            raise InvalidInput(f"SELECT leaves out ?{parameter.name}, a parameter. Add it.")


def _projected(text: str) -> set[str]:
    """The variables that the outermost SELECT names as they are, not within an expression."""
    found = dropwhile(lambda token: not _is_word(token, FORMS), tokens(text))
    if not _is_word(next(found, None), ("SELECT",)):
        raise InvalidInput("the query is no SELECT. Only a SELECT takes parameters; write one.")
    names: set[str] = set()
    depth = 0
    for token in found:
        if token[0] == "{" and depth == 0:
            break
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token.lastgroup == "variable" and depth == 0:
            names.add(token[0][1:])
    return names


def _is_word(token: re.Match[str] | None, words: Collection[str]) -> bool:
    return token is not None and token.lastgroup == "word" and token[0].upper() in words
