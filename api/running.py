"""The queries that are running: a list for the operator, and their cancellation.

A client that sends ``Polemos-Query: <id of its own>`` with a query can cancel it by that id while
it runs. The id is the right to do so; one that the server makes is not to be guessed.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from api.headers import read_field, share
from api.problems import Unauthorized
from graph.engine.running import LONGEST_ID, RunningQueries, RunningQuery
from graph.engine.state import ObservedEngine
from graph.errors import Refused

router = APIRouter(tags=["operation"])

_SHOWN = 500
"""Characters of a query in the list."""
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}


class Running(BaseModel):
    """A query under way."""

    id: str
    """Whoever knows it can cancel the query."""
    since: datetime
    client: str
    """An address, or an IPv6 network; empty where the server asks itself."""
    version: int
    query: str
    """How it begins."""


class RunningList(BaseModel):
    """The queries that run or wait for a worker, in the order they came."""

    running: list[Running]


@router.get(
    "/running",
    summary="The queries that are running or waiting",
    responses={
        401: {"description": "No valid operator token was sent.", **_PROBLEM},
        403: {"description": "This server has no operator token.", **_PROBLEM},
    },
)
async def list_running(request: Request) -> RunningList:
    """List them, for the operator: ``Authorization: Bearer <the operator's token>``."""
    judge_operator(request)
    return RunningList(running=[_shown(query) for query in running_queries(request)])


@router.delete(
    "/running/{id}",
    status_code=204,
    summary="Cancel a query",
    responses={404: {"description": "No such query is running.", **_PROBLEM}},
)
async def cancel(
    request: Request,
    id: Annotated[str, Path(max_length=LONGEST_ID, description="The query's id.")],
) -> Response:
    """Cancel a query by its id: it answers 503 to whoever sent it, or its answer breaks off."""
    running_queries(request).cancel(id)
    response = Response(status_code=204)
    share(response)
    return response


@router.options("/running/{id}", include_in_schema=False)
async def preflight(id: str) -> Response:
    """Let a script of another site cancel the query that it sent (Fetch Standard, 3.2.3)."""
    allowed = "DELETE, OPTIONS"
    response = Response(
        status_code=204, headers={"Allow": allowed, "Access-Control-Allow-Methods": allowed}
    )
    share(response)
    return response


def running_queries(request: Request) -> RunningQueries:
    """The engine's queries under way; none where the engine does not tell."""
    engine = request.app.state.engine
    return engine.running if isinstance(engine, ObservedEngine) else RunningQueries()


def judge_operator(request: Request) -> None:
    """Raise Refused where the server has no operator, Unauthorized where this is not the one."""
    known = request.app.state.settings.operator_token
    if not known:
        raise Refused(
            "This server has no operator token, so nobody may see this. Whoever runs it can set one"
            " with polemos serve --operator-token-file FILE."
        )
    scheme, _, given = (read_field(request.scope, b"authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(
        _digest(given.strip()), _digest(known)
    ):
        raise Unauthorized("Send the operator's token: Authorization: Bearer <token>.")


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _shown(query: RunningQuery) -> Running:
    return Running(
        id=query.id,
        since=query.since,
        client=query.asker,
        version=query.version,
        query=query.query[:_SHOWN],
    )
