"""A finding: what is wrong or odd in the graph, where it was written, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import pyoxigraph as ox

from graph.errors import ValidationFailed
from graph.vocabulary import short


class Severity(Enum):
    """How bad a finding is (SHACL, 2.1.4); a violation keeps the graph from being published."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written; ``claim`` is an IRI, ``quote`` the words the claim rests on."""

    file: str = ""
    line: int | None = None
    claim: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; the message ends in the remedy.

    ``focus``, ``shape`` and ``component`` are IRIs; ``path`` is the property it is about, or None
    where that is more than one.
    """

    message: str
    focus: str
    origin: Origin = field(default_factory=Origin)
    severity: Severity = Severity.VIOLATION
    path: ox.NamedNode | None = None
    value: ox.NamedNode | ox.Literal | None = None
    shape: str | None = None
    component: str | None = None

    def __str__(self) -> str:
        origin = self.origin
        place = f"{origin.file}:{origin.line}: " if origin.line else f"{origin.file}: "
        within = f" in {short(origin.claim)}" if origin.claim not in (None, self.focus) else ""
        quote = f" It rests on the words “{origin.quote}”." if origin.quote else ""
        return f"{place if origin.file else ''}{short(self.focus)}{within}: {self.message}{quote}"


def refuse_violations(findings: Iterable[Finding]) -> None:
    """Raise ValidationFailed where a finding is a violation; its findings are the sentences."""
    refuse(str(each) for each in findings if each.severity is Severity.VIOLATION)


def refuse(faults: Iterable[str]) -> None:
    """Raise ValidationFailed where there are faults, each a sentence that ends in the remedy."""
    faults = tuple(faults)
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        message = f"{count} in the facts; nothing was published. Mend what is named below."
        raise ValidationFailed(message, faults)
