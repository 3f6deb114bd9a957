"""The tiny article, ontology and shapes of ``data``, copied to be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.files import Sources

DATA = Path(__file__).parent / "data"
SLUG = "2026-01-01-tiny"


def sources(folder: Path = DATA) -> Sources:
    """The data's folders; none of them holds a query."""
    names = ("ontology", "reference", "articles", "articles")
    return Sources(*(folder / name for name in names))


def copied(folder: Path, *edits: tuple[str, str, str]) -> Sources:
    """A copy of the data under ``folder``; each edit is a file, what to replace in it, by what."""
    copy = folder / "data"
    shutil.copytree(DATA, copy)
    for name, old, new in edits:
        file = copy / name
        text = file.read_text("utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        file.write_text(text.replace(old, new), "utf-8")
    return sources(copy)
