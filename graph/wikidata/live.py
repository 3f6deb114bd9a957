"""Items from Wikidata over HTTP: one request at a time, no faster than a rate, with our name.

Wikimedia's rules for clients: https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy and
https://www.mediawiki.org/wiki/API:Etiquette (serial requests, ``maxlag``, Retry-After).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Any

import httpx

from graph.errors import InvalidInput, RemoteFailed
from graph.wikidata.items import Item, is_item, read_entities

ADDRESS = "https://www.wikidata.org"
CONTACT = "https://w3id.org/polemos"
_TIMEOUT = 30.0
_TRIES = 4
_LONGEST_WAIT = 60.0
"""Seconds; whoever asks for a longer pause is not asked again in this run."""
_BUSY = frozenset((429, 503))
_MAXLAG = 5
_HITS = 7


class Wikidata:
    """Asks one Wikibase for items; remembers what it got."""

    def __init__(
        self,
        address: str = ADDRESS,
        contact: str = CONTACT,
        every: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``every``: the least seconds between two requests; ``contact``: how to reach whoever
        runs this, as Wikimedia asks."""
        self._address = address.rstrip("/")
        self._every = every
        self._sleep = sleep
        self._next = 0.0
        self._got: dict[str, Item | None] = {}
        agent = f"Polemos/{version('polemos')} ({contact}) httpx/{httpx.__version__}"
        self._client = httpx.Client(
            headers={"User-Agent": agent}, timeout=_TIMEOUT, follow_redirects=True
        )

    def __enter__(self) -> Wikidata:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    @property
    def origin(self) -> str:
        """What a link is checked against."""
        day = datetime.now(UTC).date().isoformat()
        return f"Entity data of Wikidata ({self._address}), read on {day}"

    def get(self, id: str) -> Item | None:
        """An item by its entity data; the answer for one that was merged has the other's id."""
        if not is_item(id):
            raise InvalidInput(f"“{id}” is no item of Wikidata. Items are written like Q1899.")
        if id not in self._got:
            address = f"{self._address}/wiki/Special:EntityData/{id}.json"
            answer = self._ask(address, {}, missing=True)
            items = read_entities(answer, address) if answer is not None else {}
            self._got[id] = items.get(id) or next(iter(items.values()), None)
        return self._got[id]

    def search(self, text: str, language: str) -> tuple[Item, ...]:
        """Items whose names begin so, as ``wbsearchentities`` finds them, with their own data."""
        asked = {
            "action": "wbsearchentities",
            "search": text,
            "language": language,
            "uselang": language,
            "type": "item",
            "limit": _HITS,
            "format": "json",
            "maxlag": _MAXLAG,
        }
        address = f"{self._address}/w/api.php"
        answer = self._ask(address, asked)
        try:
            ids = [hit["id"] for hit in answer["search"]]
        except (KeyError, TypeError):
            raise RemoteFailed(f"{address} answered without “search”: {answer!s:.200}") from None
        found = (self.get(id) for id in ids if is_item(id))
        return tuple(item for item in found if item is not None)

    def _ask(self, address: str, parameters: Mapping[str, Any], *, missing: bool = False) -> Any:
        """The JSON of an answer; None for 404 where something may be missing."""
        for again in reversed(range(_TRIES)):
            response = self._send(address, parameters)
            pause = _pause(response)
            if pause is None:
                return self._read(response, missing=missing)
            if not again or pause > _LONGEST_WAIT:
                break
            self._sleep(pause)
        raise RemoteFailed(f"{self._address} is busy and asks to wait. Try again later.")

    def _send(self, address: str, parameters: Mapping[str, Any]) -> httpx.Response:
        wait = self._next - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._next = time.monotonic() + self._every
        try:
            return self._client.get(address, params=parameters or None)
        except httpx.HTTPError as error:
            raise RemoteFailed(
                f"{self._address} cannot be reached: {error or type(error).__name__}. Without a"
                " network, check against downloaded data: --extract FILE or --entity-data FOLDER."
            ) from error

    def _read(self, response: httpx.Response, *, missing: bool) -> Any:
        if missing and response.status_code == httpx.codes.NOT_FOUND:
            return None
        if not response.is_success:
            raise RemoteFailed(f"{response.url} answered with status {response.status_code}.")
        try:
            return response.json()
        except ValueError:
            raise RemoteFailed(f"{response.url} answered with no JSON.") from None


def _pause(response: httpx.Response) -> float | None:
    """The seconds that a busy server asks to wait; None where it answered."""
    lagging = "mediawiki-api-error" in response.headers and "maxlag" in response.text
    if response.status_code not in _BUSY and not lagging:
        return None
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isdecimal() else float(_MAXLAG)
