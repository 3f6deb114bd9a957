"""What all tests share: the graph of the shipped files, built once, and the real data's folder."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from graph.build import build

CHECKOUT = Path(__file__).resolve().parent.parent
REAL_DATA = Path(os.environ.get("POLEMOS_REAL_DATA", CHECKOUT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with version 1, built from the shipped files; not to be changed."""
    home = tmp_path_factory.mktemp("built")
    build(home)
    return home


@pytest.fixture
def real_data() -> Path:
    """The folder of the real files, for tests marked real_data."""
    if not REAL_DATA.is_dir():
        pytest.skip(
            f"needs the real files; there is no folder {REAL_DATA.name} beside the checkout"
        )
    return REAL_DATA


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, Any]:
    """Let no test of real data be skipped in continuous integration where the data are there."""
    report = yield
    in_ci = os.environ.get("CI") == "true" and REAL_DATA.is_dir()
    if report.skipped and in_ci and item.get_closest_marker("real_data"):
        report.outcome = "failed"
        report.longrepr = f"skipped although the real data are there: {report.longrepr}"
    return report
