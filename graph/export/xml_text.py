"""Text as XML 1.0 can hold it, for the formats that are written as XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

# Everything but Char of XML 1.0, 2.2: not even as a character reference may it occur.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (NUL, most control characters).

    Bidirectional controls and the like are kept: they may belong to the words of a quote.
    """
    return _FORBIDDEN.sub("", text)


def content(text: str) -> str:
    """Text between tags.

    Escapes no more than it must, and never by a CDATA section: Cytoscape's importer keeps only what
    follows the last escape, and a stream reader such as Gephi's may pass over CDATA.
    """
    escaped = allowed(text).replace("&", "&amp;").replace("<", "&lt;")
    return escaped.replace("]]>", "]]&gt;").replace("\r", "&#13;")


def attributes(values: Mapping[str, str]) -> str:
    """XML attributes, each with a space before it; line ends and tabs as references."""
    return "".join(f" {name}={quoteattr(allowed(value))}" for name, value in values.items())
