"""Outcomes as Turtle for the reference files.

A check is recorded in a file that ``polemos build`` reads, and not by a write into the current
version: a build starts from the files, so a write would be lost with the next one, and a file
shows a curator what changed since the last run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO

import pyoxigraph as ox

from graph.vocabulary import ID, POLEMOS, PREFIXES, Namespace
from graph.wikidata.checking import Checked, Outcome
from graph.wikidata.items import ENTITY
from graph.wikidata.links import Linkable

_POL = Namespace(POLEMOS)
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
_CHECKS = f"{ID}link-check/wikidata-"


def recordable(checked: Checked, *, accepted: bool) -> bool:
    """Whether there is something to record: what was compared, of a link that stands.

    A link that a person only proposed stands where it agrees.
    """
    compared = checked.item is not None and checked.label and checked.wikidata_class
    return bool(compared) and (not accepted or checked.outcome is Outcome.AGREES)


def as_turtle(
    checks: Iterable[Checked],
    accepted: frozenset[str],
    against: str,
    day: date,
    before: Sequence[ox.Triple] = (),
) -> bytes:
    """The checks, and the links of the entities (IRIs) in ``accepted``, as a file of Turtle.

    ``before``: what the file holds so far. The links in it stay, and so does what it says of a link
    whose item is not there now: a file that was downloaded may only lack it.
    """
    triples: list[ox.Triple] = []
    for checked in checks:
        new = checked.link.iri in accepted
        if recordable(checked, accepted=new):
            link = _link(checked.link)
            triples += [link] if new or link in before else []
            triples += _triples(checked, against, day)
        elif not new:
            triples += [triple for triple in before if _is_about(triple, checked.link)]
    stream = BytesIO()
    used = {"pol": POLEMOS, "wd": ENTITY, "xsd": PREFIXES["xsd"], "check": f"{ID}link-check/"}
    ox.serialize(triples, stream, ox.RdfFormat.TURTLE, prefixes=used)
    return stream.getvalue()


def _check(link: Linkable) -> ox.NamedNode:
    return ox.NamedNode(f"{_CHECKS}{link.short.replace('/', '-')}-{link.item}")


def _link(link: Linkable) -> ox.Triple:
    return ox.Triple(ox.NamedNode(link.iri), _POL.wikidata, ox.NamedNode(ENTITY + link.item))


def _is_about(triple: ox.Triple, link: Linkable) -> bool:
    check = _check(link)
    return check in (triple.subject, triple.object) or triple == _link(link)


def _triples(checked: Checked, against: str, day: date) -> Iterator[ox.Triple]:
    assert checked.item is not None
    check = _check(checked.link)
    revision = f", revision {checked.item.revision}" if checked.item.revision else ""
    yield ox.Triple(ox.NamedNode(checked.link.iri), _POL.linkCheck, check)
    yield ox.Triple(check, _TYPE, _POL.LinkCheck)
    yield ox.Triple(check, _POL.linkTarget, ox.NamedNode(ENTITY + checked.link.item))
    yield ox.Triple(check, _POL.matchedLabel, ox.Literal(checked.label))
    yield ox.Triple(check, _POL.matchedClass, ox.NamedNode(ENTITY + checked.wikidata_class))
    yield ox.Triple(check, _POL.checkedAgainst, ox.Literal(f"{against}{revision}"))
    yield ox.Triple(check, _POL.checkedOn, ox.Literal(day.isoformat(), datatype=_DATE))
    yield ox.Triple(check, _POL.checkOutcome, ox.Literal(checked.outcome.value))
