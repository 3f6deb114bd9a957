"""Jelly-RDF (https://jelly-rdf.github.io/), a binary format of quads (needs pyjelly)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from graph.errors import InvalidInput
from graph.export.quads import Quads


@contextmanager
def jelly(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The N-Quads that are written to this go to the stream as Jelly, which stays open.

    The quads follow each other in frames of 250 rows (a delimited stream of physical type QUADS).
    Raises InvalidInput for a triple term of RDF 1.2, which Jelly has no place for.
    """
    from pyjelly.serialize.ioutils import write_delimited  # an extra

    encoded = _stream()
    encoded.enroll()

    def take(quads: Iterator[ox.Quad]) -> None:
        for quad in quads:
            if frame := encoded.quad(quad):
                write_delimited(frame, stream)

    with Quads(take) as target:
        yield cast(BinaryIO, target)
        target.finish()
    if frame := encoded.flow.to_stream_frame():
        write_delimited(frame, stream)


def _stream() -> Any:
    from pyjelly.jelly import LOGICAL_STREAM_TYPE_FLAT_QUADS
    from pyjelly.options import LookupPreset
    from pyjelly.serialize.encode import Rows, Slot, TermEncoder
    from pyjelly.serialize.streams import QuadStream, SerializerOptions

    class Terms(TermEncoder):  # type: ignore[misc]  # pyjelly has no types
        """Writes the terms of pyoxigraph."""

        def encode_spo(self, term: object, slot: Slot, statement: Any) -> Rows:
            match term:
                case ox.NamedNode():
                    return self.encode_iri(term.value, self.get_iri_field(statement, slot))
                case ox.BlankNode():
                    self.set_bnode_field(statement, slot, term.value)
                    return ()
                case ox.Literal():
                    field = self.get_literal_field(statement, slot)
                    datatype = None if term.language else term.datatype.value
                    return self.encode_literal(
                        lex=term.value, language=term.language, datatype=datatype, literal=field
                    )
            raise InvalidInput(f"Jelly has no place for {term}. Take N-Quads.")

        def encode_graph(self, term: object, statement: Any) -> Rows:
            match term:
                case ox.NamedNode():
                    return self.encode_iri(term.value, statement.g_iri)
                case ox.BlankNode():
                    statement.g_bnode = term.value
                    return ()
            return self.encode_default_graph(statement.g_default_graph)

    presets = LookupPreset()
    return QuadStream(
        encoder=Terms(lookup_preset=presets),
        options=SerializerOptions(
            logical_type=LOGICAL_STREAM_TYPE_FLAT_QUADS, lookup_preset=presets
        ),
    )
