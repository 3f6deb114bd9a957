"""The releases of GDELT 2.0: a file for each quarter of an hour, named by its end (UTC)."""

from __future__ import annotations

import re
from datetime import date

from graph.errors import InvalidInput

SLOT = re.compile(r"(\d{4})(\d{2})(\d{2})\d{6}")
IN_NAME = re.compile(r"(?<!\d)(\d{14})(?!\d)")


def in_name(name: str) -> str | None:
    """The release that a file's name tells: 20180101000000 for ``20180101000000.export.CSV``."""
    found = IN_NAME.search(name)
    return found.group(1) if found else None


def published(release: str) -> date | None:
    """The day of its publication, which is its name."""
    slot = SLOT.fullmatch(release)
    if slot is None:
        return None
    try:
        return date(*map(int, slot.groups()))
    except ValueError:
        return None


def address(release: str, kind: str = "export") -> str:
    """Where a release lies below the publisher's address. Raises InvalidInput for other names."""
    if published(release) is None:
        raise InvalidInput(
            f"GDELT has no release “{release}” to download. Name a quarter of an hour in UTC, such"
            " as 20180101000000."
        )
    return f"gdeltv2/{release}.{kind}.CSV.zip"
