"""The Georeferenced Event Dataset of the Uppsala Conflict Data Program (UCDP GED).

The meaning of the columns is that of the codebook (19.1, section 3); what real files add to it is
told where it is dealt with: encodings in graph.sources.files, headers and cells in ``cells``, dates
in ``dates``, sources in ``articles``.
"""

from __future__ import annotations

from pathlib import Path

from graph.sources.source import Dataset, Source
from graph.sources.ucdp import api, facts, parties, releases, rows

DATASET = Dataset(
    slug="ucdp-ged",
    label="UCDP Georeferenced Event Dataset",
    licence="https://creativecommons.org/licenses/by/4.0/",
    page="https://ucdp.uu.se/downloads/",
    citation=(
        "Davies, Shawn, Therése Pettersson and Magnus Öberg; Sundberg, Ralph, and Erik Melander,"
        " 2013, Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research 50(4)"
    ),
)

SOURCE = Source(
    dataset=DATASET,
    read=rows.read_files,
    release_in=releases.in_name,
    published=releases.published,
    complete=releases.is_yearly,
    address=releases.address,
    publisher="https://ucdp.uu.se/",
    fetch=api.fetch_release,
    token="UCDP_ACCESS_TOKEN",
    facts=facts.facts,
    records=facts.records,
    shared=parties.shared,
    columns=Path(__file__).parent / "columns.rq",
    covered=rows.covered,
)
