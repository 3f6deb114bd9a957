"""Who may write, and a write's way through: judged here, done by the writer, answered."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope

from api.headers import read_field, share
from api.negotiation import read_accept
from api.problems import Unauthorized, problem_of, problem_response
from api.protocol import read_body
from api.versions import VersionedEngine
from api.writing.tokens import Tokens
from graph.engine.faults import from_bytes
from graph.engine.question import Engine
from graph.errors import Refused
from graph.formats import RDF_FORMATS
from graph.writing.write import Outcome, Write
from graph.writing.writer import Writer

ANYBODY = "anybody"
_RDF = frozenset(format.media_type for format in RDF_FORMATS.values())
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Writes:
    """Writing as a server allows it; ``open_to_all`` is for tests on one's own machine."""

    engine: Engine
    writer: Writer
    tokens: Tokens
    open_to_all: bool = False
    max_bytes: int = 64 * 1024**2
    """The longest body of a write."""

    def judge(self, scope: Scope) -> str:
        """Who writes. Raises Unauthorized without a valid token, Refused for another site's page.

        Without tokens, any page in a browser on the same machine could send a form here. So only
        the machine's own names are answered, and only what this site's pages send, or no page.
        """
        if self.open_to_all:
            _refuse_other_sites(scope)
            return ANYBODY
        scheme, _, token = (read_field(scope, b"authorization") or "").partition(" ")
        if not token:
            raise Unauthorized(
                "Writing needs a token: Authorization: Bearer <token>. Whoever runs this server"
                " makes one with polemos token make NAME."
            )
        holder = self.tokens.holder(token.strip()) if scheme.lower() == "bearer" else None
        if holder is None:
            raise Unauthorized("The token is unknown, revoked or expired. Ask for a new one.")
        return holder

    async def read(self, scope: Scope, receive: Receive) -> bytes:
        """The body of a write. Raises ContentTooLarge."""
        return await read_body(scope, receive, self.max_bytes)

    async def do(self, write: Write) -> Outcome:
        """Have a write done; once it is answered, queries see it.

        Raises LimitReached and EngineFailed as the writer does.
        """
        outcome = await self.writer.submit(write)
        if outcome.version is not None and outcome.version > self.engine.version:
            assert isinstance(self.engine, VersionedEngine)
            await self.engine.adopt()
        return outcome


def refuse_writes() -> Refused:
    """What a server says that does not allow writing."""
    return Refused(
        "Writing is off here. Whoever runs this server can allow it: polemos serve --writable."
    )


def report_format(scope: Scope) -> str | None:
    """The format of RDF that a client names above all others, for a SHACL report."""
    ranges = [
        each for each in read_accept(read_field(scope, b"accept") or "") if each.precision > 1
    ]
    best = max(ranges, key=lambda each: (each.quality, -each.position), default=None)
    return best.name if best is not None and best.name in _RDF else None


def done(outcome: Outcome, status: int, fields: dict[str, str] | None = None) -> Response:
    """Say what a write came to: which version holds it, and what it changed."""
    said = {
        "version": outcome.version,
        "added": outcome.added,
        "removed": outcome.removed,
        "findings": list(outcome.findings),
    }
    response = Response(status_code=status)
    if status != 204:
        response = Response(json.dumps(said, ensure_ascii=False), status, None, "application/json")
    share(response)
    response.headers.update({"Polemos-Version": str(outcome.version), "Cache-Control": "no-store"})
    response.headers.update(fields or {})
    return response


def refused(outcome: Outcome, write: Write, scope: Scope) -> Response:
    """Say why a write was refused: as a SHACL report where one was asked for, else as a problem."""
    assert outcome.error is not None
    if outcome.report is not None:
        response = Response(outcome.report, 422, media_type=write.report_format)
        share(response)
        response.headers["Cache-Control"] = "no-store"
        return response
    problem = problem_of(from_bytes(outcome.error), write.body.decode("utf-8", "replace"))
    if outcome.findings:
        problem.details["findings"] = list(outcome.findings)
    return problem_response(problem, scope)


def only_if(scope: Scope) -> int | None:
    """The version that If-Match asks to be current still; entity tags begin with its number."""
    given = read_field(scope, b"if-match")
    if given is None or given.strip() == "*":
        return None
    number = given.strip().strip('"').partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def _refuse_other_sites(scope: Scope) -> None:
    host = (read_field(scope, b"host") or "").lower()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    origin = read_field(scope, b"origin")
    if name not in _LOOPBACK or (origin is not None and origin.partition("://")[2] != host):
        raise Refused(
            "Writing without a token is only for programs on the same machine: address it as"
            " localhost, 127.0.0.1 or [::1], and from no page of another site."
        )
