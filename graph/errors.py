"""What can go wrong, as one family.

PolemosError
├── InvalidInput            400  what was given is wrong: a file, a value, a request
│   ├── InvalidQuery        400  a SPARQL text that does not parse, with its place
│   │   └── InvalidDocument 400  an RDF document that does not parse, with its place
│   ├── InvalidParameter    400  a value of a canned query's parameter, or a parameter it lacks
│   └── OtherGraph          422  a patch of one graph that changes another
├── Refused                 403  understood, and not allowed here (SERVICE, LOAD)
├── NotFound                404  no such version, query, article, entity
├── NotAcceptable           406  no representation that the client accepts
├── PreconditionFailed      412  changed since the client saw it
├── ValidationFailed        422  the graph would break its shapes
├── RemoteFailed            502  an endpoint that the query calls did not answer
├── LimitReached            503  time, memory or queue ran out
│   └── ShareUsedUp         429  one client has as many queries running as it may
└── EngineFailed            500  ours, never the client's
"""

from __future__ import annotations

from dataclasses import dataclass


class PolemosError(Exception):
    """Something went wrong; the message says what, where, and what to do.

    ``status`` is the HTTP status the error answers with, ``title`` its short name in RFC 9457.
    """

    status = 500
    title = "Internal error"


class InvalidInput(PolemosError):
    """What was given is wrong: a file, a value, a request."""

    status = 400
    title = "Invalid input"


@dataclass(frozen=True)
class Place:
    """Where in a text an error lies; line and column count from 1."""

    line: int
    column: int


class InvalidQuery(InvalidInput):
    """A SPARQL text that does not parse; ``place`` says where, if the parser could tell."""

    title = "The query does not parse"

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class InvalidDocument(InvalidQuery):
    """An RDF document that does not parse; ``place`` says where, if the parser could tell."""

    title = "The document does not parse"


class InvalidParameter(InvalidInput):
    """A canned query has no such parameter, or the value is none of the parameter's type.

    ``type`` and ``example`` say how a value is written; empty where there is no such parameter.
    """

    title = "A parameter is wrong"

    def __init__(self, message: str, parameter: str, type: str = "", example: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter
        self.type = type
        self.example = example


class GraphConflict(InvalidInput):
    """An update that names a graph that is not there, or creates one that is (Update, 3.2)."""

    status = 409
    title = "The graphs are otherwise"


class OtherGraph(InvalidInput):
    """A patch of one graph that changes another (Graph Store HTTP Protocol, 5.7)."""

    status = 422
    title = "The patch is about another graph"


class Refused(PolemosError):
    """Understood, and not allowed here (a SERVICE address, a LOAD)."""

    status = 403
    title = "Refused"


class NotFound(PolemosError):
    """No such version, query, article or entity."""

    status = 404
    title = "Not found"


class PreconditionFailed(PolemosError):
    """What the request wants to change is no longer as its If-Match says (RFC 9110, 15.5.13)."""

    status = 412
    title = "Changed meanwhile"


class NotAcceptable(PolemosError):
    """No representation that the client accepts (RFC 9110, 15.5.7)."""

    status = 406
    title = "No acceptable format"


class ValidationFailed(PolemosError):
    """The graph would break its shapes; ``findings`` are the single breaks, each a sentence."""

    status = 422
    title = "The graph breaks its shapes"

    def __init__(self, message: str, findings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class RemoteFailed(PolemosError):
    """An endpoint that the query calls by SERVICE did not answer, or answered wrongly."""

    status = 502
    title = "A remote endpoint failed"


class LimitReached(PolemosError):
    """Time, memory or the queue ran out; ``retry_after`` is in seconds where trying again helps."""

    status = 503
    title = "Limit reached"

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ShareUsedUp(LimitReached):
    """One client has as many queries running or waiting as it may (RFC 6585, section 4)."""

    status = 429
    title = "Too many queries at once"


class EngineFailed(PolemosError):
    """The engine broke: ours to mend, never the client's fault."""

    title = "The engine failed"
