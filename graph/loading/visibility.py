"""Where restricted datasets go: a home of their own, which the public one knows nothing of.

A licence may let whoever holds it use rows and not pass them on. To hide such rows within one
store, every way to read it would have to be watched: queries, graphs, versions, pages, exports,
search, dumps, backups. So they never enter it. The first restricted load takes the public graph's
current version over into the home beside it (hard links); from then on each load of a public
dataset goes to both. To see everything, name the restricted home: ``--home polemos-restricted``.
"""

from __future__ import annotations

from pathlib import Path

from graph.engine.versions import Versions
from graph.errors import NotFound

SUFFIX = "-restricted"


def restricted_home(home: Path) -> Path:
    """The home for restricted datasets beside a public one; a restricted home is its own."""
    home = home.absolute()
    return home if is_restricted(home) else home.with_name(home.name + SUFFIX)


def is_restricted(home: Path) -> bool:
    """Whether a home is for restricted datasets."""
    return home.absolute().name.endswith(SUFFIX)


def is_begun(home: Path) -> bool:
    """Whether a home holds a version."""
    return Versions(home).current() is not None


def begin(home: Path, restricted: Path) -> None:
    """Let a restricted home start from what the public one holds now, if it has not started.

    Raises NotFound where there is no public graph either.
    """
    if is_begun(restricted):
        return
    public = Versions(home).current()
    if public is None:
        raise NotFound(f"There is no graph in {home} yet. Run “polemos build” first.")
    Versions(restricted).take_over(public, f"public version {public.number}")
