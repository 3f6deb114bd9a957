"""``polemos load``: a release of a dataset on top of the current version."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import DEFAULT_HOME, Home
from api.commands.output import counted, say, showing_progress, tell
from graph.errors import InvalidInput, Refused
from graph.loading import MOST_BROKEN, Loaded, Release, load, today
from graph.loading.download import download
from graph.loading.visibility import restricted_home
from graph.progress import Progress
from graph.sources import SOURCES, find_source
from graph.sources.source import Source

app = typer.Typer(add_completion=False)
COLUMNS_TOLD = 8


SourceName = Annotated[str, typer.Argument(help=f"One of {', '.join(SOURCES)}.")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Files of the source; without any, --release is downloaded."),
]
ReleaseName = Annotated[
    str | None,
    typer.Option("--release", help="The release, where the file's name does not tell it."),
]
PublishedOn = Annotated[
    datetime | None,
    typer.Option(
        "--published",
        formats=["%Y-%m-%d"],
        help="The day on which it was published, where Polemos does not know it.",
        show_default="the day of loading",
    ),
]
MaxBroken = Annotated[
    str, typer.Option(help="The share of broken rows above which to refuse: 1% or 0.01.")
]
Report = Annotated[
    Path | None,
    typer.Option("--report", help="Where to write broken rows; by default in the home."),
]
ThroughApi = Annotated[
    bool, typer.Option("--api", help="Fetch the release through the source's API.")
]
Publisher = Annotated[
    str | None,
    typer.Option("--publisher", help="The address of a mirror to download from."),
]


@app.command("load")
def load_command(
    source: SourceName,
    files: Files = None,
    release: ReleaseName = None,
    published: PublishedOn = None,
    max_broken: MaxBroken = f"{MOST_BROKEN:.0%}",
    report: Report = None,
    through_api: ThroughApi = False,
    publisher: Publisher = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Load a release of a dataset; a newer one revises what an older one said.

    Loading the same file twice changes nothing. Broken rows are left out and reported; where they
    are too many, nothing is loaded.
    """
    found = find_source(source)
    day = published.date() if published is not None else None
    with showing_progress() as progress:
        if files:
            releases = _given(found, files, release, day)
        elif release is not None:
            releases = [_fetched(found, release, day, home, publisher, through_api, progress)]
        else:
            raise InvalidInput("Name files to load, or a release to download: --release 26.1.")
        for each in releases:
            if day is None and not each.address and found.published(each.name) is None:
                tell(
                    f"The day on which {each.name} was published is not known: it counts as known"
                    f" from {each.known_from}. Say it with --published."
                )
            loaded = load(
                home, found, each, progress, most_broken=_share(max_broken), report=report
            )
            say(_summary(each, loaded))
    if found.dataset.restricted:
        tell(
            f"The licence of {found.dataset.label} forbids to show its rows in public: they are"
            f" in {restricted_home(home)}, and not in what {home} serves. Name that folder with"
            " --home to use them."
        )


def _given(
    source: Source, files: Sequence[Path], release: str | None, day: date | None
) -> list[Release]:
    """The releases that files hold, oldest first."""
    by_release: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        name = release or source.release_in(file.name)
        if name is None:
            raise InvalidInput(
                f"The name of {file.name} does not tell its release. Give it with --release."
            )
        by_release[_named(name)].append(file)
    releases = [
        Release(name, tuple(paths), day or source.published(name) or today())
        for name, paths in by_release.items()
    ]
    return sorted(releases, key=lambda each: (each.known_from, each.name))


def _share(text: str) -> float:
    number, percent, rest = text.strip().partition("%")
    try:
        value = float(number) / (100 if percent else 1)
    except ValueError:
        value = -1.0
    if rest or not 0 <= value <= 1:
        raise InvalidInput(f"“{text}” is no share of rows. Give one such as 1% or 0.01.")
    return value


def _named(release: str) -> str:
    """A release's name, which becomes part of IRIs."""
    if not release.replace(".", "").replace("-", "").isalnum() or not release.isascii():
        raise InvalidInput(
            f"“{release}” is no name of a release. Use letters, digits, points and hyphens."
        )
    return release


def _fetched(
    source: Source,
    release: str,
    day: date | None,
    home: Path,
    publisher: str | None,
    through_api: bool,
    progress: Progress,
) -> Release:
    """A release that is downloaded, or was before."""
    folder = home / "downloads"
    if through_api:
        token = os.environ.get(source.token)
        if source.fetch is None or not token:
            raise Refused(
                f"The API asks for a token. Put yours into the environment variable {source.token},"
                " or leave out --api."
            )
        path = source.fetch(_named(release), token, folder, progress)
        return Release(release, (path,), day or source.published(release) or today())
    address = (publisher or source.publisher).rstrip("/") + "/" + source.address(release)
    here = download(address, folder, progress)
    modified = date.fromisoformat(here.modified) if here.modified else today()
    known_from = day or source.published(release) or modified
    return Release(release, (here.path,), known_from, address)


def _summary(release: Release, loaded: Loaded) -> str:
    counts = loaded.counts
    if not loaded.published:
        return (
            f"Version {loaded.version} is current; nothing has changed: all"
            f" {counted(counts['present'], 'row')} of {release.name} were there."
        )
    parts = [
        f"{counts[name]:,} {name}"
        for name in ("added", "revised", "repeated", "gone", "broken", "warnings")
        if counts[name]
    ]
    lines = [
        f"Version {loaded.version} published: {release.name}, {counted(counts['rows'], 'row')}:"
        f" {', '.join(parts) or 'no change'}; {sum(loaded.seconds.values()):.1f} s."
    ]
    if loaded.revised_by:
        told = list(loaded.revised_by.items())[:COLUMNS_TOLD]
        lines.append("Revised: " + ", ".join(f"{name} {count:,}" for name, count in told) + ".")
    if loaded.report is not None:
        lines.append(f"Broken rows: {loaded.report}")
    return "\n".join(lines)
