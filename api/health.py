"""Whether the server is well, for whoever watches it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.delivery import close
from graph.engine.question import Question
from graph.errors import EngineFailed, LimitReached

router = APIRouter(tags=["operation"])

_TRIVIAL = "SELECT (NOW() AS ?now) {}"
"""Never answered from memory: a worker has to say it."""
_SECONDS = 5.0
_RETRY_AFTER = 2


class Health(BaseModel):
    """What a running server says about itself."""

    status: Literal["ok"] = "ok"
    version: int
    """The number of the version that queries are answered from."""
    since: datetime
    """When the server began."""


class Readiness(BaseModel):
    """What a server says that answers queries."""

    status: Literal["ready"] = "ready"
    version: int


@router.head("/health", include_in_schema=False)
@router.get("/health", summary="Whether the server runs")
async def health(request: Request) -> Health:
    """Say that the server answers, from which version, and since when it runs."""
    return Health(version=request.app.state.engine.version, since=request.app.state.started)


@router.head("/ready", include_in_schema=False)
@router.get(
    "/ready",
    summary="Whether queries are answered",
    responses={
        503: {
            "description": "No worker answered in time: overloaded, or not yet started.",
            "content": {"application/problem+json": {"schema": {"type": "object"}}},
        }
    },
)
async def ready(request: Request) -> Readiness:
    """Have a worker answer a trivial query; 503 where none does within five seconds."""
    try:
        answer = await request.app.state.engine.ask(Question(_TRIVIAL, seconds=_SECONDS))
    except (LimitReached, EngineFailed) as error:
        raise LimitReached(f"Not ready: {error}", _RETRY_AFTER) from error
    await close(answer)
    return Readiness(version=answer.version)
