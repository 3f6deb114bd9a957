"""Whether the entities of an index meet conditions on their properties."""

from __future__ import annotations

from collections.abc import Mapping

from graph.reconciliation.index import Index
from graph.reconciliation.matching import Asked, Value, match
from graph.reconciliation.properties import Values, agreement, find_property

_MEANT = 20
"""So many entities may be what a text in a condition means."""


class Comparison:
    """Compares as :data:`graph.reconciliation.matching.Compare`, for one batch of queries.

    ``values`` are those of each property that is asked for. A text where an entity is wanted (USA
    as an affiliation) is matched like a name; what it means is remembered.
    """

    def __init__(self, index: Index, values: Mapping[str, Values]) -> None:
        self._index = index
        self._values = values
        self._meant: dict[str, dict[str, float]] = {}

    def __call__(self, iri: str, id: str, value: Value) -> float:
        """How well an entity meets a value of a property."""
        property = find_property(id)
        stated = self._values[id].get(iri, ())
        if not stated:
            return 0.0
        agreed = agreement(property, stated, value)
        if property.values == "entities" and not value.iri:
            meant = self._meaning(value.text)
            return max(agreed, max(meant.get(each.value, 0.0) for each in stated))
        return agreed

    def _meaning(self, text: str) -> dict[str, float]:
        if text not in self._meant:
            candidates = match(Asked(text, limit=_MEANT), self._index, self)
            self._meant[text] = {each.entity.iri: each.score / 100 for each in candidates}
        return self._meant[text]
