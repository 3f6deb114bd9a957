"""The files of the pages: those with a hash in their name may be kept for good."""

from __future__ import annotations

import os

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.pages import STATIC
from api.screens.built import BUILT, is_hashed

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


class PageFiles(StaticFiles):
    """``/static``, with how long a browser may keep each (RFC 9111, 5.2; RFC 8246)."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file with its entity tag; one whose name tells its content never changes."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = str(full_path).startswith(f"{BUILT}{os.sep}") and is_hashed(str(full_path))
        response.headers["Cache-Control"] = _FOR_GOOD if hashed else _ASK_AGAIN
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
