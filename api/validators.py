"""Which answers a client may keep, and how it asks whether what it kept is still right.

RFC 9110, sections 8.8.3 and 13.1.2 (ETag, If-None-Match), RFC 9111, section 5.2.2 (Cache-Control).
A version never changes, so an answer is known by its version and its question: whoever holds the
entity tag of a question is told so without the question being asked again.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Protocol

from api.negotiation import Choice
from graph.engine.question import Question

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_FOR_EVER = b"public, max-age=31536000, immutable"
_NOT_AT_ALL = b"no-cache"


class Given(Protocol):
    """What an answer's keeping depends on."""

    @property
    def lasting(self) -> bool: ...
    @property
    def truncated(self) -> bool: ...


def entity_tag(edition: str, question: Question, choice: Choice) -> str:
    """The strong entity tag of a question's answer in the formats chosen.

    ``edition`` is what the engine calls the content that the question is asked of.
    """
    parts = (
        edition,
        question.query,
        choice.results_type,
        choice.graph_type,
        *question.dataset.default_graphs,
        "named",
        *question.dataset.named_graphs,
        "bound",
        *(f"{name} {value}" for name, value in question.bindings.items()),
        "base",
        question.base,
    )
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16)
    return f'"{digest.hexdigest()}"'


def holds(if_none_match: str | None, tag: str) -> bool:
    """Whether the field If-None-Match names the tag; weak comparison, as it must be.

    ``*`` is not taken for any answer: that there is one is known only once the query has run.
    """
    return if_none_match is not None and tag in _TAG.findall(if_none_match)


def may_be_kept(answer: Given, question: Question, seconds: int) -> bytes:
    """The Cache-Control field of an answer to a GET.

    What was asked of a version by its number stays as it is. What was asked of the newest version
    may be kept for some seconds, then it must be asked for again; with its entity tag, that is
    answered at once.
    """
    if not answer.lasting:
        return _NOT_AT_ALL
    if question.version is not None and not answer.truncated:
        return _FOR_EVER
    return briefly(seconds)


def briefly(seconds: int) -> bytes:
    """The Cache-Control field of what may change after so many seconds."""
    return b"public, max-age=%d, must-revalidate" % seconds
