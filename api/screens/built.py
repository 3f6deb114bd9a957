"""Where the built files of the front end are: ``web/build.mjs`` gives them names with a hash."""

from __future__ import annotations

import json
import re
from functools import cache

from api.pages import STATIC

BUILT = STATIC / "built"
_HASHED = re.compile(r"-[A-Z0-9]{8}\.\w+$")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads((BUILT / "names.json").read_text("utf-8"))
    return names


def is_hashed(name: str) -> bool:
    """Whether a file's name holds the hash of its content."""
    return _HASHED.search(name) is not None


def built(name: str) -> str:
    """The path of a built file below the root, by the name without its hash: ``query.js``."""
    return f"/static/built/{_names()[name]}"
