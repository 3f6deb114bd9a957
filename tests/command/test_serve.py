from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.command.running import polemos

COMMAND = [sys.executable, "-c", "from api.command import main; main()", "serve"]
ADDRESS = re.compile(r"at (http://\S+/) \(SPARQL: (http://\S+/sparql)\)")


@contextmanager
def serving(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The command on a free port, and what it said until it told its address."""
    command = [*COMMAND, "--port", "0", "--workers", "1", *map(str, arguments)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said: list[str] = []
            while not (said and ADDRESS.search(said[-1])):
                line = process.stderr.readline()
                assert line, f"it ended before it listened: {said}"
                said.append(line)
            yield process, said
        finally:
            process.kill()


def test_it_answers_at_the_address_it_tells(built_home: Path) -> None:
    with serving("--home", built_home) as (_, said):
        found = ADDRESS.search(said[-1])
        assert found is not None
        answer = httpx.get(found[2], params={"query": "ASK { ?s ?p ?o }"})

    assert said[-1].startswith(f"Serving version 1 of {built_home} at http://127.0.0.1:")
    assert answer.json()["boolean"] is True


def test_it_builds_first_where_asked_to_and_nothing_is_published(tmp_path: Path) -> None:
    with serving("--home", tmp_path, "--build") as (_, said):
        pass

    assert "publish\n" in said
    assert (tmp_path / "versions" / "1" / "version.json").is_file()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)]
)
def test_a_signal_ends_it_without_a_traceback(
    number: signal.Signals, code: int, built_home: Path
) -> None:
    with serving("--home", built_home) as (process, _):
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)

    assert process.returncode == code
    assert "Traceback" not in errors


def test_a_port_in_use_is_told_in_a_sentence(built_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = polemos("serve", "--home", built_home, "--port", str(port))

    assert ran.code == 1
    assert ran.errors == (
        f"Port {port} of 127.0.0.1 is in use. Stop what listens there, or choose another port,"
        f" such as --port {port + 1}.\n"
    )


def test_an_address_that_is_not_of_this_machine_is_told_in_a_sentence(built_home: Path) -> None:
    ran = polemos("serve", "--home", built_home, "--host", "192.0.2.1")

    assert ran.code == 1
    assert ran.errors.startswith("Cannot listen on 192.0.2.1, port 8000: Cannot assign")
