"""What an engine says about itself to whoever operates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from graph.engine.running import RunningQueries


@dataclass(frozen=True, slots=True)
class EngineState:
    """An engine at one moment; the counts are since it was opened."""

    workers: int
    """How many queries may run at once."""
    busy: int
    idle: int
    """Workers that are warm and free, spare ones among them."""
    starting: int
    waiting: int
    room: int
    """How many queries may wait."""
    kept_answers: int = 0
    kept_bytes: int = 0
    kept_hits: int = 0
    kept_misses: int = 0
    ended: Mapping[str, int] = field(default_factory=dict)
    """Workers that ended, by reason: one of :data:`graph.engine.process.REASONS`."""
    published: str = ""
    """When the version that is served was published, as xsd:dateTime; empty where not known."""


@runtime_checkable
class ObservedEngine(Protocol):
    """An engine that can be looked into."""

    running: RunningQueries

    def state(self) -> EngineState:
        """How it is now."""
        ...
