"""The machine that figures were measured on, in a few words."""

from __future__ import annotations

import datetime
import os
import platform


def described() -> str:
    """Day, cores, memory, processor and Python version."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return (
        f"{day}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()},"
        f" Python {platform.python_version()}"
    )
