"""What every page keeps to: it fits, it stays here, axe has nothing to say, keys reach all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.api.serving import Served
from tests.screens.seeing import SCHEMES, WIDTHS, overflow, violations

PAGES = ("/", "/situation", "/query", "/explore", "/compare")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits_its_window_and_axe_finds_nothing(site: Served, page: Page, path: str) -> None:
    page.goto(site.address + path)

    assert violations(page) == []
    assert overflow(page) == 0
