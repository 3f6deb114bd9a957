"""The documents of a thing: its description in every format of RDF.

Formats for triples, and JSON-LD, hold the merged facts; TriG and N-Quads hold beside them the
graphs of the claims that state them.
"""

from __future__ import annotations

from collections import defaultdict

from api.linked_data.asking import Reader, Row
from api.linked_data.triples import Term
from graph.formats import RDF_FORMATS, RdfFormat

_WITH_CLAIMS = {"trig": "turtle", "nquads": "ntriples"}
"""The formats that carry claims, each with the format of triples that is part of its syntax."""


async def describe(reader: Reader, query: str, iri: str, format: RdfFormat) -> bytes:
    """The description that a CONSTRUCT query gives of an IRI, in a format."""
    plain = RDF_FORMATS[_WITH_CLAIMS.get(format.name, format.name)]
    term = f"<{iri}>"
    facts = await reader.document(query, plain.media_type, entity=term)
    if format.name not in _WITH_CLAIMS:
        return facts
    rows = await reader.rows("claims", entity=term)
    rows += await reader.rows("own-graph", entity=term)
    return facts + _WRITERS[format.name](rows).encode()


def _trig(rows: list[Row]) -> str:
    """Claim graphs as TriG writes them (RDF 1.1 TriG, section 2.2)."""
    graphs: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        graphs[ntriples(row["claim"])][f"    {_triple(row)} ."] = None
    blocks = ("\n".join((f"{name} {{", *lines, "}")) for name, lines in graphs.items())
    return "".join(f"\n{block}\n" for block in blocks)


def _nquads(rows: list[Row]) -> str:
    """Claim graphs as lines (RDF 1.1 N-Quads)."""
    lines = (f"{_triple(row)} {ntriples(row['claim'])} .\n" for row in rows)
    return "".join(dict.fromkeys(lines))


_WRITERS = {"trig": _trig, "nquads": _nquads}


def _triple(row: Row) -> str:
    return " ".join(ntriples(row[name]) for name in ("s", "p", "o"))


def ntriples(term: Term) -> str:
    """A term as N-Triples writes it (RDF 1.1 N-Triples, section 2)."""
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    text = f'"{term.value.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
