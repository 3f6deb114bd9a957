"""``polemos link``: links to Wikidata, checked against its own data and proposed for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home, VersionNumber, published
from api.commands.output import counted, say, show_table, tell
from graph.turtle import read_rdf
from graph.wikidata.checking import Checked, Outcome, check
from graph.wikidata.extract import Extract
from graph.wikidata.items import Items
from graph.wikidata.links import Linkable, proposed, read_linkables
from graph.wikidata.live import ADDRESS, CONTACT, Wikidata
from graph.wikidata.recording import as_turtle
from graph.wikidata.suggesting import Suggestion, suggest

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Check and propose links to Wikidata."
)


class Form(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"


Live = Annotated[bool, typer.Option("--live", help="Ask Wikidata itself.")]
ExtractFile = Annotated[
    Path | None,
    typer.Option(
        "--extract",
        exists=True,
        dir_okay=False,
        help="A file of items that was downloaded: entities as JSON, or a part of the dump.",
    ),
]
EntityData = Annotated[
    Path | None,
    typer.Option(
        "--entity-data",
        exists=True,
        file_okay=False,
        help="A folder of downloaded entity data, a file an item (Q1899.json).",
    ),
]
Address = Annotated[
    str, typer.Option("--wikidata", envvar="POLEMOS_WIKIDATA", help="Where --live asks.")
]
Contact = Annotated[
    str,
    typer.Option(
        envvar="POLEMOS_CONTACT",
        help="With --live: an address where Wikimedia can reach you; it asks for one.",
    ),
]
Every = Annotated[
    float, typer.Option(min=0.0, help="With --live: seconds between two requests, at least.")
]
Format = Annotated[Form, typer.Option("--format", help="How to print the answer.")]


@app.callback()
def link() -> None:
    """Check and propose links to Wikidata."""


@contextmanager
def source(
    live: bool, extract: Path | None, folder: Path | None, address: str, contact: str, every: float
) -> Iterator[Items]:
    """Where items come from; a usage error unless exactly one is named."""
    if [live, extract is not None, folder is not None].count(True) != 1:
        raise typer.TyperException(
            "Say what to check against: --live, --extract FILE or --entity-data FOLDER."
        )
    path = extract or folder
    if path is not None:
        yield Extract(path)
        return
    with Wikidata(address, contact, every) as wikidata:
        yield wikidata


@app.command("check")
def check_links(
    live: Live = False,
    extract: ExtractFile = None,
    entity_data: EntityData = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ENTITY=ITEM",
            help="Check this link too, and record it with its check if it agrees.",
        ),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="Write date and outcome of each check to this Turtle file, for the reference"
            " folder; the next build takes them into the graph.",
        ),
    ] = None,
    format: Format = Form.TABLE,
    wikidata: Address = ADDRESS,
    contact: Contact = CONTACT,
    every: Every = 1.0,
    home: Home = DEFAULT_HOME,
    version: VersionNumber = None,
) -> None:
    """Compare each link's label and class with Wikidata's own data.

    Exits with 1 where a link does not agree.
    """
    known = read_linkables(published(home, version).read())
    new = [proposed(known, each) for each in accept or ()]
    with source(live, extract, entity_data, wikidata, contact, every) as items:
        checks = [check(each, items) for each in (*(k for k in known if k.item), *new)]
        against = items.origin
    show_checks(checks, format)
    if record is not None:
        accepted = frozenset(each.iri for each in new)
        day = datetime.now(UTC).date()
        before = [quad.triple for quad in read_rdf(record).quads] if record.exists() else []
        record.write_bytes(as_turtle(checks, accepted, against, day, before))
        tell(f"Written to {record}. Look at what changed, then build.")
    wrong = [each for each in checks if each.outcome is not Outcome.AGREES]
    tell(f"{counted(len(checks), 'link')} checked against: {against}; {len(wrong)} to look at.")
    if wrong:
        raise typer.Exit(1)


def show_checks(checks: Sequence[Checked], format: Form) -> None:
    """Print what came of each check."""
    if format is Form.JSON:
        say(json.dumps([_as_json(each) for each in checks], ensure_ascii=False, indent=2))
        return
    rows = [(each.link.short, each.link.item, each.outcome.value, each.reason) for each in checks]
    show_table(("entity", "item", "outcome", "why"), rows)


def _as_json(checked: Checked) -> dict[str, object]:
    return {
        "entity": checked.link.iri,
        "item": checked.link.item,
        "outcome": checked.outcome.value,
        "reason": checked.reason,
        "target": checked.item.id if checked.item else None,
        "revision": checked.item.revision if checked.item else None,
        "label": checked.label or None,
        "likeness": checked.likeness,
        "class": checked.wikidata_class or None,
    }


@app.command("suggest")
def suggest_links(
    entities: Annotated[
        list[str] | None,
        typer.Argument(help="Entities, such as actor/nato.", show_default="all without a link"),
    ] = None,
    live: Live = False,
    extract: ExtractFile = None,
    entity_data: EntityData = None,
    limit: Annotated[int, typer.Option(min=1, help="Candidates for an entity, at most.")] = 5,
    format: Format = Form.TABLE,
    wikidata: Address = ADDRESS,
    contact: Contact = CONTACT,
    every: Every = 1.0,
    home: Home = DEFAULT_HOME,
    version: VersionNumber = None,
) -> None:
    """Propose items for entities without a link, with scores and reasons; nothing is linked."""
    known = read_linkables(published(home, version).read())
    wanted = _wanted(known, entities)
    with source(live, extract, entity_data, wikidata, contact, every) as items:
        found = {entity: suggest(entity, items, limit) for entity in wanted}
    show_suggestions([each for some in found.values() for each in some], format)
    none = [entity.short for entity, some in found.items() if not some]
    if none:
        tell(f"Nothing was found for {', '.join(none)}.")
    tell("Look at an item before you accept it: polemos link check --accept ENTITY=ITEM --record.")


def _wanted(known: Sequence[Linkable], names: list[str] | None) -> list[Linkable]:
    unlinked = {each.short: each for each in known if not each.item}
    if not names:
        return list(unlinked.values())
    for name in names:
        if name not in unlinked:
            raise typer.TyperException(f"There is no entity without a link called “{name}”.")
    return [unlinked[name] for name in names]


def show_suggestions(found: Sequence[Suggestion], format: Form) -> None:
    """Print the candidates, each with its score and the reasons for it."""
    if format is Form.JSON:
        documents = [
            {
                "entity": each.entity.iri,
                "item": each.item.id,
                "score": each.score,
                "description": each.description,
                "reasons": each.reasons,
            }
            for each in found
        ]
        say(json.dumps(documents, ensure_ascii=False, indent=2))
        return
    rows = [
        (e.entity.short, e.item.id, f"{e.score:g}", "; ".join(e.reasons), e.description)
        for e in found
    ]
    show_table(("entity", "item", "score", "why", "what Wikidata says"), rows)
