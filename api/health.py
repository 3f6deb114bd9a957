"""Whether the server is well, for whoever watches it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

router = APIRouter()


class Health(BaseModel):
    """What a running server says about itself."""

    status: Literal["ok"] = "ok"
    version: int
    """The number of the version that queries are answered from."""
    since: datetime
    """When the server began."""


@router.get("/health")
async def health(request: Request) -> Health:
    """Say that the server answers, from which version, and since when it runs."""
    return Health(version=request.app.state.engine.version, since=request.app.state.started)
