"""Arithmetic of reported numbers: what is certain at least, what is possible at most, and sums.

"More than 370" has the lower bound 370, which is not itself possible, and no upper bound. Of things
that are counted, the certain minimum is then 371 and the possible maximum unbounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

import pyoxigraph as ox

from graph.functions import POLF
from graph.functions.literals import NoValue, Term, literal, number, truth

INTERVAL = ox.NamedNode(f"{POLF}Interval")
UNBOUNDED = ox.NamedNode(f"{POLF}unbounded")
_ENDLESS = Decimal("Infinity")
_ADDITION = Context(prec=1_000)
"""More digits than the sum of a double and anything else that is read here has."""
_NUMBER = r"-?(?:[0-9]{1,800}(?:\.[0-9]{1,400})?|INF)"
_WRITTEN = re.compile(rf"([\[(])({_NUMBER}),({_NUMBER})([\])])")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two bounds; a bound that is infinite is never inclusive."""

    lower: Decimal
    lower_inclusive: bool
    upper: Decimal
    upper_inclusive: bool

    def __post_init__(self) -> None:
        """Raise NoValue where no number lies within."""
        closed = self.lower_inclusive and self.upper_inclusive
        if self.lower > self.upper or (self.lower == self.upper and not closed):
            raise NoValue(self)

    def __add__(self, other: Interval) -> Interval:
        """All sums of one number of each."""
        return Interval(
            _ADDITION.add(self.lower, other.lower),
            self.lower_inclusive and other.lower_inclusive,
            _ADDITION.add(self.upper, other.upper),
            self.upper_inclusive and other.upper_inclusive,
        )

    def to_literal(self) -> ox.Literal:
        """The interval as it is usually written: ``[371,INF)``."""
        opening, closing = "(["[self.lower_inclusive], ")]"[self.upper_inclusive]
        bounds = f"{literal(self.lower).value},{literal(self.upper).value}"
        return ox.Literal(f"{opening}{bounds}{closing}", datatype=INTERVAL)


ZERO = Interval(Decimal(0), True, Decimal(0), True)


def interval(lower: Term, lower_inclusive: Term, upper: Term, upper_inclusive: Term) -> ox.Literal:
    """The interval of a number that is measured."""
    least, most = _bound(lower, -_ENDLESS), _bound(upper, _ENDLESS)
    return Interval(
        least,
        truth(lower_inclusive) and least.is_finite(),
        most,
        truth(upper_inclusive) and most.is_finite(),
    ).to_literal()


def count_interval(
    lower: Term, lower_inclusive: Term, upper: Term, upper_inclusive: Term
) -> ox.Literal:
    """The interval of a number that is counted: whole bounds that are possible, none below 0."""
    least = _least(_bound(lower, Decimal(0)), truth(lower_inclusive))
    most = _most(_bound(upper, _ENDLESS), truth(upper_inclusive))
    return Interval(max(least, Decimal(0)), True, most, most.is_finite()).to_literal()


def certain_minimum(first: Term, inclusive: Term | None = None) -> ox.Literal:
    """The least whole number above a lower bound; of an interval, its lower bound."""
    if inclusive is None:
        return literal(read(first).lower)
    return literal(_least(_bound(first, Decimal(0)), truth(inclusive)))


def possible_maximum(first: Term, inclusive: Term | None = None) -> ox.Literal:
    """The greatest whole number below an upper bound; of an interval, its upper bound.

    INF where there is none.
    """
    if inclusive is None:
        return literal(read(first).upper)
    return literal(_most(_bound(first, _ENDLESS), truth(inclusive)))


def read(term: Term) -> Interval:
    """The interval that a literal writes. Raises NoValue for anything else."""
    if not isinstance(term, ox.Literal) or term.datatype != INTERVAL:
        raise NoValue(term)
    found = _WRITTEN.fullmatch(term.value)
    if found is None:
        raise NoValue(term)
    lower, upper = (Decimal(found[group].replace("INF", "Infinity")) for group in (2, 3))
    return Interval(lower, found[1] == "[", upper, found[4] == "]")


class IntervalSum:
    """The aggregate: the interval of the sum of numbers, each known by its interval."""

    def __init__(self) -> None:
        self._sum: Interval | None = ZERO

    def accumulate(self, term: Term) -> None:
        """Take one more; what is no interval takes the sum's value away."""
        try:
            self._sum = None if self._sum is None else self._sum + read(term)
        except NoValue:
            self._sum = None

    def finish(self) -> ox.Literal | None:
        """The sum; that of nothing is ``[0,0]``."""
        return None if self._sum is None else self._sum.to_literal()


def _bound(term: Term, unbounded: Decimal) -> Decimal:
    return unbounded if term == UNBOUNDED else number(term)


def _least(bound: Decimal, inclusive: bool) -> Decimal:
    """The least whole number that is possible above a bound."""
    if not bound.is_finite():
        return bound
    whole = bound.to_integral_value(ROUND_CEILING)
    return whole + 1 if whole == bound and not inclusive else whole


def _most(bound: Decimal, inclusive: bool) -> Decimal:
    if not bound.is_finite():
        return bound
    whole = bound.to_integral_value(ROUND_FLOOR)
    return whole - 1 if whole == bound and not inclusive else whole
