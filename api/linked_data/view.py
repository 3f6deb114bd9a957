"""What a template may ask about the terms it shows: names, addresses, kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from api.linked_data.addresses import Addresses
from api.linked_data.language import Language
from api.linked_data.triples import Term, Triples
from graph.vocabulary import OA, POLEMOS, RDF, RDFS, SKOS, short

_LABELS = (RDFS.label.value, SKOS.prefLabel.value)
_WORDS = tuple(f"{POLEMOS}{name}" for name in ("quote", "verbatim", "content"))
_LONGEST_NAME = 90
_WEB = re.compile(r"https?://", re.IGNORECASE)
TYPE = RDF.type.value
COUNTED = 10_000
"""Up to so many references are counted."""


@dataclass(frozen=True, slots=True)
class View:
    """The triples of a page, read in its language; ``graph`` holds the ontology's terms too."""

    graph: Triples
    addresses: Addresses
    language: Language

    def name(self, iri: str) -> Term:
        """How a person calls it: its label, else its words, else its IRI in short."""
        label = self.language.best(self.graph.all(iri, *_LABELS))
        if label:
            return label
        words = self.language.best(self.graph.all(iri, *_WORDS))
        if words:
            return Term("literal", f"“{shortened(words.value)}”", words.language)
        slug = short(iri).removeprefix("<").removesuffix(">")
        kind = next(
            (self.language.best(self.graph.all(each, *_LABELS)) for each in self.classes(iri)), None
        )
        return Term("literal", f"{kind.value}: {slug.partition(':')[2] or slug}" if kind else slug)

    def property(self, iri: str) -> Term:
        """How to call a property before its value."""
        key = f"as-{local_name(iri)}"
        if self.language.has(key):
            return Term("literal", self.language.say(key), self.language.tag)
        return self.name(iri)

    def short(self, iri: str) -> str:
        """An IRI as people write it."""
        return short(iri)

    def href(self, iri: str) -> str | None:
        """Where to read about it: here, or on the web; None for what is no web address."""
        local = self.addresses.local(iri)
        if local is None:
            return iri if _WEB.match(iri) else None
        return self.here(local)

    def here(self, path: str) -> str:
        """An address of this server, in the language that the reader chose."""
        return f"{path}?{urlencode({'lang': self.language.tag})}" if self.language.chosen else path

    def classes(self, iri: str) -> list[str]:
        """The classes of ours that it belongs to, without those above another of them."""
        types = [term.value for term in self.graph.all(iri, TYPE)]
        ours = [type for type in types if type.startswith(POLEMOS)]
        above = {
            term.value for type in ours for term in self.graph.all(type, RDFS.subClassOf.value)
        }
        above |= {
            term.value for type in above for term in self.graph.all(type, RDFS.subClassOf.value)
        }
        return [type for type in ours if type not in above] or types

    def layouts(self, term: Term) -> list[str]:
        """The templates that may show a value, the closest first."""
        names = [local_name(type) for type in self.classes(term.value)]
        kind = "literal" if term.kind == "literal" else "link"
        return [
            *(f"linked_data/values/{name}.html" for name in names if term.kind == "uri"),
            f"linked_data/values/{kind}.html",
        ]

    def all(self, iri: str, *names: str) -> list[Term]:
        """The values of properties of ours."""
        return self.graph.all(iri, *(f"{POLEMOS}{name}" for name in names))

    def one(self, iri: str, *names: str) -> Term | None:
        """The first value of properties of ours."""
        return self.graph.one(iri, *(f"{POLEMOS}{name}" for name in names))

    def texts(self, iri: str, predicate: str) -> list[Term]:
        """The texts in the reader's language where there are such, else all."""
        found = [term for term in self.graph.all(iri, predicate) if term.kind == "literal"]
        best = self.language.best(found)
        return [term for term in found if best and term.language == best.language]

    def heading(self, property: str) -> str:
        """What to call the things that refer by a property."""
        key = f"by-{local_name(property)}"
        if self.language.has(key):
            return self.language.say(key)
        return self.language.say("by-other", label=self.name(property).value)

    def shown(self, shown: int, count: int | None) -> str:
        """How many of how many are shown."""
        if count == shown:
            return self.language.number(shown)
        if count is None:
            return self.language.say("shown-unknown", shown=shown)
        many = count == COUNTED + 1
        number = self.language.number(COUNTED if many else count)
        return self.language.say("shown-many" if many else "shown", shown=shown, count=number)

    def interval(self, quantity: str) -> str:
        """A reported quantity in its bounds, such as ``370 < n`` or ``19 ≤ n``."""
        lower, upper = self.one(quantity, "lowerBound"), self.one(quantity, "upperBound")
        if lower and upper and lower.value == upper.value:
            return f"n = {self._bound(lower)}"
        below = f"{self._bound(lower)} {self._sign(quantity, 'lowerInclusive')} " if lower else ""
        above = f" {self._sign(quantity, 'upperInclusive')} {self._bound(upper)}" if upper else ""
        point = self.one(quantity, "pointValue")
        if not (below or above):
            return f"n ≈ {self._bound(point)}" if point else ""
        return f"{below}n{above}"

    def _sign(self, quantity: str, property: str) -> str:
        inclusive = self.one(quantity, property)
        return "<" if inclusive and inclusive.value in ("false", "0") else "≤"

    def _bound(self, term: Term) -> str:
        whole = re.fullmatch(r"[+-]?\d+", term.value)
        return self.language.number(int(term.value)) if whole else term.value


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def shortened(text: str) -> str:
    """A text cut to the length of a name, at a space."""
    if len(text) <= _LONGEST_NAME:
        return text
    return f"{text[:_LONGEST_NAME].rpartition(' ')[0] or text[:_LONGEST_NAME]}…"


EXACT, PREFIX, SUFFIX = OA.exact.value, OA.prefix.value, OA.suffix.value
