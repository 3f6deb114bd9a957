"""ACLED, the Armed Conflict Location and Event Data: exports that the user holds a licence for.

No row ships with Polemos, and none is fetched. What is loaded goes to a home of its own, which the
public one knows nothing of (graph.loading.visibility).
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import InvalidInput
from graph.sources.acled import facts, parties, rows
from graph.sources.source import Dataset, Source

DATASET = Dataset(
    slug="acled",
    label="Armed Conflict Location and Event Data (ACLED)",
    licence="https://acleddata.com/eula",
    page="https://acleddata.com/",
    citation="ACLED, https://acleddata.com/",
    restricted=True,
)


def _address(release: str) -> str:
    raise InvalidInput(
        "ACLED is had with an account of your own only. Export the rows there, and give the file:"
        f" polemos load acled FILE --release {release}."
    )


SOURCE = Source(
    dataset=DATASET,
    read=rows.read_files,
    release_in=lambda name: None,
    published=lambda release: None,
    complete=lambda release: False,
    address=_address,
    publisher="https://acleddata.com/",
    fetch=None,
    token="",
    facts=facts.facts,
    records=facts.records,
    shared=parties.shared,
    columns=Path(__file__).parent / "columns.rq",
    covered=lambda held, release: held.clear(),
)
