"""The releases of UCDP GED: their names in files, their days, their addresses.

A yearly release is called 26.1; a candidate release of one month 26.0.8, of several months
26.01.26.06 (from January to June 2026).
"""

from __future__ import annotations

import re
from datetime import date

from graph.errors import InvalidInput

YEARLY = re.compile(r"\d{2}\.\d")
CANDIDATE = re.compile(r"\d{2}\.0\.\d{1,2}|\d{2}\.\d{2}\.\d{2}\.\d{2}")
IN_NAME = (
    re.compile(r"ucdp-ged-(\d[\d.]*\d)\.jsonl$"),
    re.compile(r"GEDEvent_v(\d{2}_\d{2}_\d{2}_\d{2})(?!\d)", re.IGNORECASE),
    re.compile(r"GEDEvent_v(\d{2}_0_\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"GEDEvent_v(\d{2}_\d)(?![\d_])", re.IGNORECASE),
    re.compile(r"(?<![a-z])ged(\d{2}[._]?\d)(?!\d)", re.IGNORECASE),
)
PUBLISHED = {
    "20.1": date(2020, 6, 16),
    "24.1": date(2024, 5, 22),
    "25.1": date(2025, 6, 11),
    "26.1": date(2026, 6, 8),
    "26.0.8": date(2026, 9, 20),
}
"""The days on which the publisher's files were last modified, as its server told them."""


def in_name(name: str) -> str | None:
    """The release that a file's name tells: 26.1 for ``ged261-csv.zip``."""
    for pattern in IN_NAME:
        if found := pattern.search(name):
            text = found.group(1).replace("_", ".")
            return text if "." in text else f"{text[:2]}.{text[2:]}"
    return None


def is_yearly(release: str) -> bool:
    """Whether a release holds all events of its years; a candidate release adds to one."""
    return YEARLY.fullmatch(release) is not None


def published(release: str) -> date | None:
    """The day of its publication, where that is known."""
    return PUBLISHED.get(release)


def address(release: str) -> str:
    """Where a release lies below the publisher's address. Raises InvalidInput for other names."""
    if is_yearly(release):
        return f"downloads/ged/ged{release.replace('.', '')}-csv.zip"
    if CANDIDATE.fullmatch(release):
        return f"downloads/candidateged/GEDEvent_v{release.replace('.', '_')}.csv"
    raise InvalidInput(
        f"UCDP GED has no release “{release}” to download. Name one like 26.1, 26.0.8 or"
        " 26.01.26.06, or give the file."
    )
