"""A process of our own beside the server's: how it is started, and what it owes the server."""

from __future__ import annotations

import gc
import os
import resource
import select
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

import graph

_NEW_OBJECTS = 20_000
"""Between two looks of the garbage collector."""


def spawn(
    module: str, argument: str, connection: socket.socket, stderr: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Run a module in the interpreter that runs us, on the same package, out of the terminal's
    reach; it inherits the connection."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, argument],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        pass_fds=(connection.fileno(),),
        env=environment(),
        process_group=0,
    )


def environment() -> dict[str, str]:
    """Our own environment, with which another interpreter finds the same package."""
    root = str(Path(next(iter(graph.__path__))).parent)
    inherited = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, inherited)))}


def end_with_server(connection: socket.socket) -> None:
    """End this process when the other side hangs up, whatever it is doing; waits for that."""
    hung_up = select.poll()
    hung_up.register(connection, getattr(select, "POLLRDHUP", select.POLLHUP))
    hung_up.poll()
    os._exit(0)


def spare_the_lasting() -> None:
    """Have the garbage collector look no more at what stands now, and look less often.

    A process that answers many small requests is started whole, and then makes little that lasts;
    by its defaults the collector took a seventh of the server's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def limit_memory(more_bytes: int) -> None:
    """Let the process use so much more address space than it has now; leave no core files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = _address_space() + more_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int:
    """The process's virtual memory in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return 0
