"""Text as XML 1.0 can hold it, for the formats that are written as XML.

The characters that XML 1.0 forbids (2.2: NUL, most control characters, lone surrogates), which not
even a reference may name, are left out. Bidirectional controls and the like are kept: they may
belong to the words of a quote.
"""

from __future__ import annotations

from collections.abc import Mapping

_FORBIDDEN = dict.fromkeys(
    {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {ord(space) for space in "\t\n\r"}
)
_CONTENT = _FORBIDDEN | str.maketrans({"&": "&amp;", "<": "&lt;", "\r": "&#13;"})
_ATTRIBUTE = _CONTENT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def content(text: str) -> str:
    """Text between tags.

    Escapes no more than it must, and never by a CDATA section: an importer of Cytoscape keeps only
    what follows the last escape in a text, and Gephi's handles no CDATA event (both as their source
    has it).
    """
    return text.translate(_CONTENT).replace("]]>", "]]&gt;")


def attributes(values: Mapping[str, str]) -> str:
    """XML attributes, each with a space before it; line ends and tabs as references."""
    return "".join(f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in values.items())
