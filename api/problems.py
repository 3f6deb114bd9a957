"""Errors as problem documents: RFC 9457, and a readable page of the same for browsers."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from api.frame import framed_page
from api.headers import read_field, share
from api.negotiation import offered, prefers_html
from graph.errors import (
    EngineFailed,
    InvalidParameter,
    InvalidQuery,
    LimitReached,
    NotAcceptable,
    Place,
    PolemosError,
    ValidationFailed,
)

_log = logging.getLogger(__name__)
_EXCERPT_REACH = 60


class MethodNotAllowed(PolemosError):
    """The address does not know the method; ``allowed`` lists those it knows (RFC 9110, 15.5.6)."""

    status = 405
    title = "Method not allowed"

    def __init__(self, message: str, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allowed = allowed


class Unauthorized(PolemosError):
    """The request lacks a token that is valid here (RFC 9110, 15.5.2; RFC 6750)."""

    status = 401
    title = "Not authorised"


class ContentTooLarge(PolemosError):
    """The request's body is longer than the limit (RFC 9110, 15.5.14)."""

    status = 413
    title = "Content too large"


class UriTooLong(PolemosError):
    """The request's address is longer than the limit (RFC 9110, 15.5.15)."""

    status = 414
    title = "Address too long"


class UnsupportedMediaType(PolemosError):
    """The request's body is in a format that is not read here; ``accepted`` lists those that are.

    RFC 9110, section 15.5.16.
    """

    status = 415
    title = "Unsupported media type"

    def __init__(self, message: str, accepted: tuple[str, ...]) -> None:
        super().__init__(message)
        self.accepted = accepted


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error says to a client; ``details`` are the members beyond RFC 9457's own."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"
    details: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Give the members of the problem document (RFC 9457, section 3)."""
        own = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return own | self.details


def problem_of(error: Exception, query: str = "") -> Problem:
    """Say what went wrong; ``query`` is the SPARQL text that an InvalidQuery points into.

    An exception of no known kind is logged with its traceback, and the client is told only that.
    """
    if isinstance(error, HTTPException):
        return Problem(
            error.status_code,
            HTTPStatus(error.status_code).phrase,
            str(error.detail),
            headers=dict(error.headers or {}),
        )
    if not isinstance(error, PolemosError):
        _log.error("Unexpected error", exc_info=error)
        error = EngineFailed("Something went wrong on our side. The error is in the server's log.")
    return Problem(
        error.status,
        error.title,
        str(error),
        f"urn:polemos:problem:{_kebab(type(error).__name__)}",
        _tell(_DETAILS, error, query),
        _tell(_HEADERS, error, query),
    )


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _where(error: InvalidQuery, query: str) -> dict[str, Any]:
    if error.place is None:
        return {}
    return {
        "line": error.place.line,
        "column": error.place.column,
        "excerpt": excerpt(query, error.place),
    }


def excerpt(text: str, place: Place) -> str:
    """Show a place in a text: its line (the part around the place), and a caret below it."""
    lines = text.split("\n")
    line = lines[min(place.line, len(lines)) - 1].rstrip("\r")
    at = min(place.column - 1, len(line))
    start = max(at - _EXCERPT_REACH, 0)
    shown = line[start : at + _EXCERPT_REACH].replace("\t", " ")
    return f"{shown}\n{' ' * (at - start)}^"


def _retry_after(error: LimitReached, query: str) -> dict[str, str]:
    return {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}


def _which(error: InvalidParameter, query: str) -> dict[str, Any]:
    told = (error.parameter, error.type, error.example)
    known = dict(zip(("parameter", "parameter_type", "example"), told, strict=True))
    return {name: value for name, value in known.items() if value}


_Telling = Mapping[type[PolemosError], Callable[[Any, str], dict[str, Any]]]
"""By kind of error, what more it tells than its message."""

_DETAILS: _Telling = {
    InvalidQuery: _where,
    InvalidParameter: _which,
    ValidationFailed: lambda error, _: {"findings": list(error.findings)},
    NotAcceptable: lambda error, _: {"offered": offered()},
    MethodNotAllowed: lambda error, _: {"allowed": list(error.allowed)},
    UnsupportedMediaType: lambda error, _: {"accepted": list(error.accepted)},
}
_HEADERS: _Telling = {
    LimitReached: _retry_after,
    MethodNotAllowed: lambda error, _: {"Allow": ", ".join(error.allowed)},
    Unauthorized: lambda error, _: {"WWW-Authenticate": 'Bearer realm="Polemos"'},
}


def _tell(telling: _Telling, error: PolemosError, query: str) -> dict[str, Any]:
    for kind in type(error).__mro__:
        if kind in telling:
            return telling[kind](error, query)
    return {}


def problem_response(problem: Problem, scope: Scope) -> Response:
    """Answer a request with a problem: a page for a browser, else application/problem+json."""
    if prefers_html(read_field(scope, b"accept")):
        response: Response = framed_page(scope, "problem.html", problem.status, problem=problem)
    else:
        response = Response(
            json.dumps(problem.document(), ensure_ascii=False).encode(),
            problem.status,
            media_type="application/problem+json",
        )
    share(response)
    response.headers.update({"Cache-Control": "no-store", **problem.headers})
    return response


async def _on_error(request: Request, error: Exception) -> Response:
    return problem_response(problem_of(error), request.scope)


async def _on_bad_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    findings = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    problem = Problem(
        422,
        HTTPStatus(422).phrase,
        "Some parameters are wrong; see findings.",
        details={"findings": findings},
    )
    return problem_response(problem, request.scope)


def answer_with_problems(app: FastAPI) -> None:
    """Let every error of an application be answered as a problem document."""
    for kind in (PolemosError, HTTPException, Exception):
        app.add_exception_handler(kind, _on_error)
    app.add_exception_handler(RequestValidationError, _on_bad_parameters)
