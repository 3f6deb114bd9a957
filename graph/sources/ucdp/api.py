"""UCDP's API: the pages of a release, one a line, as :mod:`graph.sources.ucdp.pages` reads them.

``GET …/api/gedevents/<release>?pagesize=1000`` with the header ``x-ucdp-access-token``, which the
publisher has asked for since February 2026; 5,000 requests a day. Pages are counted from 0 or from
1 by different clients, so that only NextPageUrl is followed, until it is empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from graph.errors import LimitReached, NotFound, Refused, RemoteFailed
from graph.progress import Progress, silent

BASE = "https://ucdpapi.pcr.uu.se/"
TOKEN = "x-ucdp-access-token"
PAGE_SIZE = 1000
SECONDS = 60.0
STEP = "download"
DAY = 86_400


def fetch_release(
    release: str,
    token: str,
    folder: Path,
    progress: Progress = silent,
    *,
    base: str = BASE,
) -> Path:
    """Save the pages of a release as ``ucdp-ged-<release>.jsonl`` in a folder.

    Raises Refused where the token is not accepted or a page leads to another host, LimitReached
    where the day's requests are used up, NotFound for an unknown release, and RemoteFailed where
    the API cannot be reached or sends something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ucdp-ged-{release}.jsonl"
    part = path.with_name(f"{path.name}.part")
    first = httpx.URL(base).join(f"api/gedevents/{release}")
    address: httpx.URL | None = first.copy_merge_params({"pagesize": str(PAGE_SIZE)})
    seen: set[httpx.URL] = set()
    # The token goes to this host only: no redirect is followed.
    with (
        httpx.Client(headers={TOKEN: token}, timeout=SECONDS) as client,
        part.open("w", encoding="utf-8") as file,
    ):
        while address is not None:
            seen.add(address)
            page = _page(client, address)
            file.write(json.dumps(page, ensure_ascii=False) + "\n")
            progress(STEP, len(seen), max(int(page.get("TotalPages") or 0), len(seen)))
            address = _next(page, first, seen)
    part.rename(path)
    return path


def _page(client: httpx.Client, address: httpx.URL) -> dict[str, Any]:
    try:
        response = client.get(address)
    except httpx.TransportError as error:
        raise RemoteFailed(
            f"{address} cannot be reached ({error}). If this machine is offline, give a file."
        ) from error
    _refuse(response)
    try:
        page = response.json()
    except ValueError as error:
        raise RemoteFailed(f"{address} sent no JSON ({error}). Try again later.") from error
    if not isinstance(page, dict) or not isinstance(page.get("Result"), list):
        raise RemoteFailed(f"{address} sent no page of events: it has no list “Result”.")
    return page


def _refuse(response: httpx.Response) -> None:
    match response.status_code:
        case 200:
            return
        case 401 | 403:
            raise Refused(
                "UCDP's API does not accept the token. Ask UCDP for one, and give it in the"
                " environment variable UCDP_ACCESS_TOKEN; the CSV downloads need none."
            )
        case 404:
            raise NotFound(f"UCDP's API has no {response.url}. Name a release such as 26.1.")
        case 429:
            raise LimitReached("UCDP's API allows 5,000 requests a day. Go on tomorrow.", DAY)
        case status:
            raise RemoteFailed(f"{response.url} answered {status}. Try again later.")


def _next(page: Mapping[str, Any], first: httpx.URL, seen: set[httpx.URL]) -> httpx.URL | None:
    """The next page; None after the last."""
    text = page.get("NextPageUrl")
    if not text:
        return None
    address = first.join(str(text))
    if (address.scheme, address.netloc) != (first.scheme, first.netloc):
        raise Refused(f"A page of {first.host} leads to {address.host}, which gets no token.")
    if address in seen:
        raise RemoteFailed(f"The pages of {first} lead in a circle at {address}. Try again later.")
    return address
