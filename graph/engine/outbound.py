"""Where a query may reach out to: SERVICE and LOAD, judged before anything runs.

pyoxigraph opens any address that a query names, and its parser needs no space around keywords:
``trueSERVICE<http://…>{…}`` calls. So the text is searched for the call itself (keyword, address,
brace), in every word that holds the keyword and in every reading of the text, and what is unclear
counts as a call.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from graph.engine.tokens import GAP, LOCAL, PREFIX, readings, unescaped
from graph.errors import Refused

WIKIDATA = "https://query.wikidata.org/sparql"
DEFAULT_ALLOWED = frozenset({WIKIDATA})


@dataclass(frozen=True, slots=True)
class Outbound:
    """Where queries may reach out to, and what one call may use."""

    allowed: frozenset[str] = DEFAULT_ALLOWED
    """The addresses that SERVICE may call, compared whole."""
    private: frozenset[str] = frozenset()
    """Those of them that may lie in this machine's own network, or on the machine itself."""
    seconds: float = 20.0
    """For one call."""
    bytes: int = 32 * 1024**2
    """For the answer to one call."""
    calls: int = 100
    """For one query: the store may call once for each row."""
    contact: str = "https://w3id.org/polemos/"
    """Where whoever runs the endpoint can complain: a page or a mail address."""

    def to_json(self) -> dict[str, Any]:
        """As a worker is told."""
        return {
            key: sorted(each) if isinstance(each, frozenset) else each
            for key, each in asdict(self).items()
        }


def to_outbound(told: Mapping[str, Any]) -> Outbound:
    """What :meth:`Outbound.to_json` wrote."""
    sets = {key: frozenset(told[key]) for key in ("allowed", "private")}
    return Outbound(**{**told, **sets})


_ADDRESS = rf"(?:<(?P<iri>[^>]*)>|(?P<variable>[?$]\w+)|(?P<prefix>{PREFIX}):(?P<local>{LOCAL})?)"
_CALLS = {
    "SERVICE": re.compile(
        rf"service{GAP}(?:silent{GAP})?{_ADDRESS}{GAP}\{{", re.IGNORECASE | re.DOTALL
    ),
    "LOAD": re.compile(
        rf"load{GAP}(?:silent{GAP})?{_ADDRESS}{GAP}(?:;|into|\Z)", re.IGNORECASE | re.DOTALL
    ),
}
_PREFIXES = re.compile(rf"(?=prefix{GAP}({PREFIX}):{GAP}<([^>]*)>)", re.IGNORECASE)
_BASES = re.compile(rf"(?=base{GAP}<([^>]*)>)", re.IGNORECASE)
_MENTIONED = re.compile(r"service|load", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LOCAL_ESCAPE = re.compile(r"\\(.)")


def refuse_outbound(text: str, allowed: Collection[str] = DEFAULT_ALLOWED) -> None:
    """Raise Refused for a SERVICE or LOAD to an address that is not on ``allowed``.

    Judges queries and updates. Addresses are compared whole, after prefixes and BASE are resolved.
    """
    for version in {text, unescaped(text)} if "\\" in text else {text}:
        if _MENTIONED.search(version) and (calls := list(_calls(version))):
            said = Prologue(version)
            for keyword, call in calls:
                _judge(keyword, call, said, allowed)


def calls_out(text: str) -> bool:
    """Whether the text calls a SERVICE, allowed or not."""
    return bool(_MENTIONED.search(text)) and any(_calls(text))


@dataclass(frozen=True, slots=True)
class Call:
    """A SERVICE in a text: from where to where its address is written, and which one it is."""

    start: int
    end: int
    address: str


def service_calls(text: str) -> tuple[Call, ...]:
    """The SERVICE calls of a text that :func:`refuse_outbound` lets pass, in order.

    Raises Refused where it is not clear which address one means.
    """
    said = Prologue(text)
    found: dict[tuple[int, int], str] = {}
    for _, call in _calls(text):
        addresses = tuple(said.addresses(call))
        if len(addresses) != 1:
            raise Refused(f"{call[0]!r} may mean several addresses: write the address in full.")
        found[_written(call)] = addresses[0]
    return tuple(Call(start, end, address) for (start, end), address in sorted(found.items()))


def _written(call: re.Match[str]) -> tuple[int, int]:
    """From where to where a call's address stands."""
    if call["iri"] is not None:
        return call.start("iri") - 1, call.end("iri") + 1
    behind_colon = call.end("prefix") + 1
    return call.start("prefix"), max(call.end("local"), behind_colon)


def _calls(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for token in readings(text):
        spoken = token.end() if token.lastgroup == "word" else text.index(":", token.start())
        for mention in _MENTIONED.finditer(text, token.start(), spoken):
            keyword = mention[0].upper()
            call = _CALLS[keyword].match(text, mention.start())
            if call is not None:
                yield keyword, call


def _judge(keyword: str, call: re.Match[str], said: Prologue, allowed: Collection[str]) -> None:
    if call["variable"] is not None:
        raise Refused(
            f"{keyword} {call['variable']}: an address in a variable is refused, because it cannot"
            " be judged before the query runs. Write the address as an IRI."
        )
    for address in said.addresses(call):
        if address not in allowed:
            listed = ", ".join(sorted(allowed)) or "none"
            raise Refused(
                f"{keyword} <{address}> is refused: requests go only to listed addresses"
                f" ({listed}). Whoever runs this server can add the address to the list."
            )


class Prologue:
    """Everything in a text that may be a PREFIX or a BASE, wherever it stands."""

    def __init__(self, text: str) -> None:
        self._prefixes: dict[str, set[str]] = {}
        for prefix, iri in _PREFIXES.findall(text):
            self._prefixes.setdefault(prefix, set()).add(unescaped(iri))
        self._bases = {unescaped(base) for base in _BASES.findall(text)}

    def addresses(self, call: re.Match[str]) -> Iterator[str]:
        """Every address that the call may mean; none where its prefix is not declared at all."""
        if call["iri"] is not None:
            yield self._absolute(unescaped(call["iri"]))
            return
        local = _LOCAL_ESCAPE.sub(r"\1", call["local"] or "")
        for iri in sorted(self._prefixes.get(call["prefix"], ())):
            yield self._absolute(iri) + local

    def _absolute(self, iri: str) -> str:
        """An IRI resolved against the text's BASE by pyoxigraph itself, so that both agree."""
        if _SCHEME.match(iri) or not self._bases:
            return iri
        if len(self._bases) > 1:
            raise Refused(f"<{iri}> may mean several addresses here: write the address in full.")
        (base,) = self._bases
        try:
            (quad,) = ox.parse(f"<{iri}> a 0 .".encode(), ox.RdfFormat.TURTLE, base_iri=base)
        except (SyntaxError, ValueError):
            return iri
        assert isinstance(quad.subject, ox.NamedNode)
        return quad.subject.value
