"""Write the codes of CAMEO below the twenty roots, their scores, and what they are in PLOVER.

Run ``python -m curation.cameo FOLDER`` with the folder that holds ``cameo/`` and
``gdelt_events_20180101/``. Labels are those of ``cameo.tsv`` beside this file: English ones follow
the published table, Ukrainian ones are the project's own.

The published tables of scores number some codes otherwise than the table of codes (016 is "make
empathetic comment" in one, "deny responsibility" in the other), so that a score is taken from rows
of GDELT, and from the table only where both tables name a code alike.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from curation.turtle_file import Statement, write_turtle
from graph.files import ONTOLOGY
from graph.turtle import read_rdf
from graph.vocabulary import DCTERMS, ID, OWL, POL, RDF, RDFS, SKOS, XSD, entity

LABELS = Path(__file__).with_name("cameo.tsv")
CODES = ONTOLOGY / "codes" / "cameo-further.ttl"
MAPPING = ONTOLOGY / "alignments" / "cameo-plover.ttl"
EVENT_CODE, SCORE = 26, 30
"""The places of two columns in a row of GDELT."""
SCHEME = entity("scheme", "cameo")
PREFIXES = {
    "cameo": f"{ID}cameo/",
    "plover": f"{ID}plover/",
    "scheme": f"{ID}scheme/",
    "pol": POL.base,
    "skos": SKOS.base,
    "xsd": XSD.base,
}
BY_HAND = {"106": "DEMAND"}
"""The published table runs 1056 and 106 together in one line."""


def main(folder: Path) -> None:
    """Write both files."""
    labels = {row["code"]: row for row in _table(LABELS, "\t")}
    above = {quad.subject for quad in read_rdf(ONTOLOGY / "codes" / "cameo.ttl").quads}
    roots = {each.value.rpartition("/")[2] for each in above if isinstance(each, ox.NamedNode)}
    names = {code: code for code in roots if code.isdigit()} | dict.fromkeys(labels, "")
    scores = _scores(folder)
    said = [*_codes(labels, names), *_scored(names, scores)]
    origin = (
        "The codes of CAMEO that cameo.ttl leaves out, and the scores of all.",
        "Written by curation/cameo.py from the code tables of AlifCor/media-focus (9b151e4) and",
        "linwoodc3/gdeltPyR (8762db7), and a file of GDELT (20180101000000) for scores.",
        "Codes and names are CAMEO's, Ukrainian labels the project's own. A code is a string.",
    )
    write_turtle(CODES, origin, PREFIXES, said)
    _write_mapping(folder, names)


def _table(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _broader(code: str, names: Mapping[str, str]) -> str:
    """The longest code that this one begins with."""
    return next(code[:end] for end in range(len(code) - 1, 1, -1) if code[:end] in names)


def _codes(
    labels: Mapping[str, Mapping[str, str]], names: Mapping[str, str]
) -> Iterator[Statement]:
    for code, row in labels.items():
        node, broader = entity("cameo", code), _broader(code, names)
        definition = f"{row['en'][0].upper()}{row['en'][1:]}: CAMEO {code}, a kind of {broader}."
        yield node, RDF.type, SKOS.Concept
        yield node, SKOS.prefLabel, ox.Literal(row["en"], language="en")
        yield node, SKOS.prefLabel, ox.Literal(row["uk"], language="uk")
        yield node, SKOS.definition, ox.Literal(definition, language="en")
        yield node, SKOS.notation, ox.Literal(code)
        yield node, SKOS.inScheme, SCHEME
        yield node, SKOS.broader, entity("cameo", broader)


def _scored(names: Mapping[str, str], scores: Mapping[str, str]) -> Iterator[Statement]:
    for code in sorted(names):
        if code in scores:
            score = ox.Literal(scores[code], datatype=XSD.decimal)
            yield entity("cameo", code), POL.goldstein, score


def _scores(folder: Path) -> dict[str, str]:
    """The scores by code: those of rows of GDELT before those of the tables that agree."""
    with (folder / "cameo" / "CAMEO.eventcodes.txt").open(encoding="latin-1") as file:
        names = dict(line.strip().split("\t")[:2] for line in file if "\t" in line)
    table = json.loads((folder / "cameo" / "cameoCodes.json").read_text("utf-8"))
    described, scored = table["Description"], table["GoldsteinScale"]
    agreed = {
        code: scored[code]
        for code, name in names.items()
        if code in described and _letters(described[code]) == _letters(name)
    }
    return {code: f"{float(value):.1f}" for code, value in (agreed | _observed(folder)).items()}


def _observed(folder: Path) -> dict[str, str]:
    observed = {}
    for path in sorted((folder / "gdelt_events_20180101").glob("*.CSV")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            cells = line.split("\t")
            observed[cells[EVENT_CODE]] = cells[SCORE]
    return observed


def _letters(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())


def _write_mapping(folder: Path, names: Mapping[str, str]) -> None:
    iri = ox.NamedNode("https://w3id.org/polemos/alignment/cameo-plover")
    types = {
        row["cameo_code"]: row["plover_event"]
        for row in _table(folder / "cameo" / "cameo2plover_eventtype.csv")
    } | BY_HAND
    header: list[Statement] = [
        (iri, RDF.type, OWL.Ontology),
        (iri, RDFS.label, ox.Literal("CAMEO and PLOVER", language="en")),
        (iri, RDFS.label, ox.Literal("CAMEO і PLOVER", language="uk")),
        (
            iri,
            DCTERMS.description,
            ox.Literal("The PLOVER event type of each CAMEO code that has one.", language="en"),
        ),
        (iri, DCTERMS.license, ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")),
        (iri, RDFS.seeAlso, ox.NamedNode("https://github.com/openeventdata/PLOVER")),
        (iri, OWL.versionIRI, ox.NamedNode(f"{iri.value}/0.1.0")),
        (iri, OWL.versionInfo, ox.Literal("0.1.0")),
    ]
    mapped: list[Statement] = [
        (
            entity("cameo", code),
            SKOS.closeMatch if len(code) == 2 else SKOS.broadMatch,
            entity("plover", types[code]),
        )
        for code in sorted(names)
        if types.get(code)
    ]
    origin = (
        "Written by curation/cameo.py from openeventdata/PLOVER, CAMEO2PLOVER-2021.txt (6b803a4):",
        "event types only, without mode and context. CAMEO 01 and 02 have no type in PLOVER.",
    )
    prefixes = PREFIXES | {"owl": OWL.base, "rdfs": RDFS.base, "dcterms": DCTERMS.base}
    write_turtle(MAPPING, origin, prefixes, (*header, *mapped))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
