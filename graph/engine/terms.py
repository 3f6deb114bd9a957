r"""Terms as they may be written into a query, whoever reads it.

SPARQL 1.1, section 19.2, lets ``\u0022`` stand for a quotation mark anywhere in a query, "before
parsing by the grammar". A reader that takes this to the letter finds one in ``"\\u0022"``, too, the
usual way to write a backslash before a ``u``, and ends the literal there. So that ``u`` is escaped:
``"\\\u00750022"`` is the same text for every reader.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

_ESCAPED = re.compile(r"\\\\([uU]?)|\\.", re.DOTALL)


def written(term: ox.NamedNode | ox.Literal) -> str:
    """An IRI or literal in the syntax of SPARQL, on one line."""
    return _ESCAPED.sub(_without_ambiguity, str(term))


def _without_ambiguity(escape: re.Match[str]) -> str:
    return rf"\\\u{ord(escape[1]):04X}" if escape[1] else escape[0]
