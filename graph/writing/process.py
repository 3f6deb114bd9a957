"""The process that writes: takes batches of writes and publishes each batch as one version.

Started by :mod:`graph.writing.writer` as ``python -m graph.writing.process <settings>``. Only here
is anything parsed that a client wrote. It ends when the server does, at whatever it is doing: a
version is published by one rename, or not at all.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from graph.engine.changes import Changes
from graph.engine.child import end_with_server, limit_memory
from graph.engine.faults import to_bytes
from graph.engine.pruning import Retention, prune
from graph.engine.versions import Draft, Version, Versions
from graph.engine.wire import Inbox, frame
from graph.errors import (
    EngineFailed,
    LimitReached,
    PolemosError,
    PreconditionFailed,
    ValidationFailed,
)
from graph.writing.application import Applied, apply
from graph.writing.judging import Judge, ShapesBroken, read_judge
from graph.writing.log import Entry, WriteLog
from graph.writing.report import as_fields, as_rdf
from graph.writing.write import Outcome, Write, outcomes_to_bytes, writes_from

_RECEIVED_AT_ONCE = 1024 * 1024
_PATIENCE_SECONDS = 10.0
"""So long a batch waits for whoever else prepares a version, a build for example."""
_MOST_FINDINGS = 100


class Said(IntEnum):
    """The kinds of frames that this process sends."""

    READY = 1
    BEGUN = 2
    """The number of the write in the batch that is applied now."""
    PUBLISHING = 3
    """All writes are applied."""
    DONE = 4
    """The outcomes of the batch."""
    FAILED = 5
    """The error that the whole batch ended with."""


def main() -> None:
    """Write until the server closes the connection or is gone."""
    settings: dict[str, Any] = json.loads(sys.argv[1])
    with socket.socket(fileno=settings["socket"]) as connection:
        threading.Thread(target=end_with_server, args=(connection,), daemon=True).start()
        limit_memory(settings["memory_bytes"])
        home = Path(settings["home"])
        retention = Retention(settings["keep"], settings["keep_days"])
        process = WritingProcess(Versions(home), WriteLog(home), retention, connection)
        process.reconcile()
        connection.sendall(frame(Said.READY))
        for batch in _batches(connection):
            process.write(batch)


def _batches(connection: socket.socket) -> Iterator[list[Write]]:
    inbox = Inbox()
    while data := connection.recv(_RECEIVED_AT_ONCE):
        for _, payload in inbox.frames(data):
            yield writes_from(payload)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judge, and the version that it was read from or that only writes lead to."""

    judge: Judge
    version: int | None


class WritingProcess:
    """What the process keeps between two batches."""

    def __init__(
        self,
        versions: Versions,
        log: WriteLog,
        retention: Retention,
        connection: socket.socket,
    ) -> None:
        self._versions = versions
        self._log = log
        self._retention = retention
        self._connection = connection
        self._judged: _Judged | None = None
        self._agreed = False

    def reconcile(self) -> None:
        """Let the log agree with the versions; where somebody prepares one now, with the next."""
        try:
            with self._versions.writing():
                self._agree()
        except LimitReached:
            self._agreed = False

    def _agree(self) -> None:
        self._log.reconcile(self._versions)
        self._agreed = True

    def write(self, batch: Sequence[Write]) -> None:
        """Do a batch, and say what became of each write."""
        try:
            outcomes = self._publish(batch)
        except PolemosError as error:
            self._say(Said.FAILED, to_bytes(error))
        except OSError as error:
            failed = EngineFailed(f"The version cannot be written: {error}. Nothing was changed.")
            self._say(Said.FAILED, to_bytes(failed))
        else:
            self._say(Said.DONE, outcomes_to_bytes(outcomes))

    def _publish(self, batch: Sequence[Write]) -> list[Outcome]:
        with self._versions.draft(patience=_PATIENCE_SECONDS) as draft:
            if not self._agreed:
                self._agree()
            judge = self._judge(draft)
            outcomes: list[Outcome] = []
            for number, write in enumerate(batch):
                self._say(Said.BEGUN, b"%d" % number)
                changed = any(outcome.changed for outcome in outcomes)
                outcomes.append(_done(write, draft, judge, unchanged=not changed))
            self._say(Said.PUBLISHING, b"")
            number = _number(draft.parent)
            if any(outcome.changed for outcome in outcomes):
                number = draft.number
            outcomes = [_placed(outcome, number) for outcome in outcomes]
            entries = [_entry(*pair) for pair in zip(batch, outcomes, strict=True)]
            if number == draft.number:
                _publish(draft, entries)
            self._log.append(entries)
            self._judged = _Judged(judge, number)
        if self._retention:
            prune(self._versions, self._retention)
        return outcomes

    def _judge(self, draft: Draft) -> Judge:
        """The judge of the last batch, unless somebody else published since."""
        if self._judged is None or self._judged.version != _number(draft.parent):
            return read_judge(draft)
        return self._judged.judge

    def _say(self, kind: Said, payload: bytes) -> None:
        self._connection.sendall(frame(kind, payload))


def too_large() -> LimitReached:
    """The answer to a write that needed more memory than one write may have."""
    return LimitReached(
        "The write needs more memory than one write may use here. Send it in smaller parts, or load"
        " large data by command."
    )


def _number(version: Version | None) -> int:
    return 0 if version is None else version.number


def _done(write: Write, draft: Draft, judge: Judge, *, unchanged: bool) -> Outcome:
    """One write, applied and judged, or undone."""
    changes = Changes(draft)
    try:
        if write.only_if is not None and not (unchanged and write.only_if == _number(draft.parent)):
            raise PreconditionFailed(
                f"Version {write.only_if} is no longer current. Read the graph again, and send the"
                " write with the new ETag."
            )
        applied = apply(write, changes)
        findings = judge.judge(changes)
    except ShapesBroken as error:
        changes.undo()
        report = write.report_format and as_rdf(error.report, write.report_format)
        return Outcome(
            write.id,
            error=to_bytes(ValidationFailed(str(error))),
            findings=as_fields(error.report[:_MOST_FINDINGS]),
            report=report or None,
        )
    except PolemosError as error:
        changes.undo()
        return Outcome(write.id, error=to_bytes(error))
    except MemoryError:
        changes.undo()
        return Outcome(write.id, error=to_bytes(too_large()))
    return _outcome(write, changes, applied, as_fields(findings[:_MOST_FINDINGS]))


def _outcome(
    write: Write, changes: Changes, applied: Applied, findings: tuple[dict[str, str], ...]
) -> Outcome:
    return Outcome(
        write.id,
        added=len(changes.added),
        removed=len(changes.removed),
        graphs=len(changes.graphs),
        graph=applied.graph,
        created=applied.created,
        read=applied.read,
        findings=findings,
    )


def _placed(outcome: Outcome, version: int) -> Outcome:
    """An outcome with the version that holds the write."""
    return outcome if outcome.error is not None else replace(outcome, version=version)


def _entry(write: Write, outcome: Outcome) -> Entry:
    entry = write.entry()
    if outcome.error is not None:
        return entry | {"outcome": "refused", "reason": json.loads(outcome.error)["message"]}
    done = {"version": outcome.version, "added": outcome.added, "removed": outcome.removed}
    return entry | {"outcome": "published" if outcome.changed else "unchanged"} | done


def _publish(draft: Draft, entries: Sequence[Entry]) -> None:
    published = [entry for entry in entries if entry["outcome"] == "published"]
    names = sorted({entry["who"] for entry in published})
    kinds = sorted({entry["kind"] for entry in published})
    what = kinds[0] if len(published) == 1 else f"{len(published)} writes ({', '.join(kinds)})"
    draft.publish(f"{what} by {', '.join(names)}", {"writes": published})


if __name__ == "__main__":
    main()
