"""GDELT 2.0 Events: codings by a machine of mentions in the news, and no events that happened.

One report becomes several rows, which may contradict each other or say what the report does not.
So a row is a pol:MentionCoding, which no question about events finds. The columns are those of the
Event Database codebook 2.0; a file has none of their names in it.
"""

from __future__ import annotations

from pathlib import Path

from graph.sources.gdelt import facts, places, releases, rows
from graph.sources.source import Dataset, Source

DATASET = Dataset(
    slug="gdelt-events",
    label="GDELT 2.0 Event Database",
    licence="https://www.gdeltproject.org/about.html",
    page="https://www.gdeltproject.org/",
    citation="The GDELT Project, https://www.gdeltproject.org/",
)

SOURCE = Source(
    dataset=DATASET,
    read=rows.read_files,
    release_in=releases.in_name,
    published=releases.published,
    complete=lambda release: False,
    address=releases.address,
    publisher="http://data.gdeltproject.org/",
    fetch=None,
    token="",
    facts=facts.facts,
    records=facts.records,
    shared=places.shared,
    columns=Path(__file__).parent / "columns.rq",
    covered=lambda held, release: held.clear(),
)
"""The publisher is addressed without TLS: its certificate is not that of the host."""
