"""Times as the formats with a time line want them: moments, and those in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: str | None) -> datetime | None:
    """The moment of an ISO 8601 dateTime with an offset, or None where it is none."""
    try:
        found = datetime.fromisoformat(text) if text is not None else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def utc(text: str | None) -> datetime | None:
    """The same in UTC, or None as well where that is before the year 1 or after 9999."""
    found = moment(text)
    try:
        return None if found is None else found.astimezone(UTC)
    except OverflowError:
        return None
