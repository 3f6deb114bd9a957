"""Commands as they run: their wall time, what they print, the most memory they hold together."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil

EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """``seconds`` of wall time and, over all its processes, ``busy`` seconds of processor time.

    ``peak`` is the memory of all its processes together, in MB, pages they share counted once.
    """

    seconds: float
    busy: float
    peak: float
    output: str


@dataclass
class Watch:
    """What the processes below one have used so far."""

    peak: float = 0.0
    busy: dict[int, float] = field(default_factory=dict)

    def follow(self, process: subprocess.Popen[str]) -> None:
        """Look at a process and all below it until it ends."""
        while process.poll() is None:
            self.peak = max(self.peak, sum(map(self._look, _family(process.pid))))
            time.sleep(EVERY)

    def _look(self, process: psutil.Process) -> float:
        """Note the processor time of a process; gives its memory in MB, 0 where it has ended."""
        try:
            used = process.cpu_times()
            self.busy[process.pid] = used.user + used.system
            return float(process.memory_full_info().pss) / 1e6
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return 0.0


def _family(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def run(command: Sequence[str]) -> Measured:
    """Run a command to its end; raises CalledProcessError, with what it said, where it fails."""
    began = time.perf_counter()
    watch = Watch()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        thread = threading.Thread(target=watch.follow, args=(process,), daemon=True)
        thread.start()
        output, errors = process.communicate()
        seconds = time.perf_counter() - began
        thread.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output, errors)
    return Measured(seconds, sum(watch.busy.values()), watch.peak, output)
