"""What a page consists of, before a template makes HTML of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.linked_data.addresses import Resource
from api.linked_data.view import View


@dataclass(frozen=True, slots=True)
class Content:
    """A template with what it shows."""

    template: str
    resource: Resource
    view: View
    context: Mapping[str, Any] = field(default_factory=dict)
    described: bool = True
    """Whether there are documents of what the page is about."""
