"""A small real HTTP server that answers as Wikidata does, with made-up items (data/README.md)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

DATA = Path(__file__).parent / "data"
ITEMS: dict[str, Any] = json.loads((DATA / "items.json").read_text("utf-8"))["entities"]


@dataclass
class Wikibase:
    """Where it listens, what it was asked, and what it is to answer out of turn."""

    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and User-Agent of each request."""
    out_of_turn: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)


def answer(path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
    if path.startswith("/wiki/Special:EntityData/"):
        item = ITEMS.get(path.rpartition("/")[2].removesuffix(".json"))
        return (404, None) if item is None else (200, {"entities": {item["id"]: item}})
    if path == "/w/api.php":
        text = query["search"][0].casefold()
        hits = [
            {"id": id, "title": id, "label": name["value"], "match": {"type": "label"}}
            for id, item in ITEMS.items()
            for language, name in item["labels"].items()
            if id == item["id"]
            and language == query["language"][0]
            and name["value"].casefold().startswith(text)
        ]
        return 200, {"searchinfo": {"search": text}, "search": hits, "success": 1}
    return 404, None


@contextmanager
def serving_items() -> Iterator[Wikibase]:
    wikibase = Wikibase()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            wikibase.asked.append((parts.path, self.headers["User-Agent"]))
            fields: dict[str, str] = {}
            if wikibase.out_of_turn:
                status, fields, body = wikibase.out_of_turn.pop(0)
            else:
                status, document = answer(parts.path, parse_qs(parts.query))
                body = json.dumps(document).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **fields}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing: the requests are kept in ``asked``."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        wikibase.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield wikibase
        finally:
            server.shutdown()
            thread.join()
