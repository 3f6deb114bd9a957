"""Between RDF terms and the numbers and truth values that they write (XML Schema 1.1, part 2)."""

from __future__ import annotations

import math
from decimal import Decimal

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER = ox.NamedNode(f"{XSD}integer")
DECIMAL = ox.NamedNode(f"{XSD}decimal")
DOUBLE = ox.NamedNode(f"{XSD}double")
BOOLEAN = ox.NamedNode(f"{XSD}boolean")

_INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in (
        "integer",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
)
_FLOATS = frozenset((f"{XSD}double", f"{XSD}float"))
_EXACT = _INTEGERS | {f"{XSD}decimal"}
_LONGEST = 400
"""So many characters of a number are read: enough for any double, too few to keep a worker busy."""


class NoValue(ValueError):
    """A term is none that the function is defined for: the call has no value (SPARQL 1.1, 17.2)."""


def number(term: Term) -> Decimal:
    """The value of a numeric literal; infinities are kept. Raises NoValue for anything else."""
    if not isinstance(term, ox.Literal) or len(term.value) > _LONGEST:
        raise NoValue(term)
    datatype = term.datatype.value
    try:
        if datatype in _FLOATS:
            value = float(term.value)
            if math.isnan(value):
                raise NoValue(term)
            return Decimal(repr(value))
        if datatype in _EXACT and not set("eEnN") & set(term.value):
            return Decimal(term.value)
    except ArithmeticError as error:
        raise NoValue(term) from error
    raise NoValue(term)


def real(term: Term) -> float:
    """The value of a numeric literal as a finite float. Raises NoValue for anything else."""
    value = float(number(term))
    if not math.isfinite(value):
        raise NoValue(term)
    return value


def truth(term: Term) -> bool:
    """The value of an xsd:boolean. Raises NoValue for anything else."""
    values = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(term, ox.Literal) and term.datatype == BOOLEAN and term.value in values:
        return values[term.value]
    raise NoValue(term)


def literal(value: Decimal) -> ox.Literal:
    """A whole number as xsd:integer, another as xsd:decimal, an infinity as xsd:double."""
    if not value.is_finite():
        return ox.Literal("INF" if value > 0 else "-INF", datatype=DOUBLE)
    if value == value.to_integral_value():
        return ox.Literal(f"{value:.0f}", datatype=INTEGER)
    return ox.Literal(f"{value:f}".rstrip("0"), datatype=DECIMAL)
