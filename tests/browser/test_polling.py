"""A page that looks by itself for what is new is left: the other one must stand, however slow the machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from coach.ui import i18n
from tests.browser.conftest import Visit, free_port, run_server, watch
from tests.browser.slow_server import SECONDS

SLOWER = 20
"""Times that the browser's processor is slower than it is."""
PATIENCE_MS = 240_000
STAYS_S = 6.0
"""So long after it was drawn a page must stand; polls come every second or two."""


@pytest.fixture(scope="module")
def slow(calls_folder: Path) -> Iterator[str]:
    port = free_port()
    yield from run_server(["-m", "tests.browser.slow_server", str(port)], port, calls_folder)


@pytest.fixture
def visit(page: Page, slow: str) -> Visit:
    return watch(page, slow)


def _slow_down(page: Page, times: int) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def _polls(visit: Visit) -> None:
    """Wait until the page has asked by itself, with nobody at it."""
    before, deadline = visit.messages, time.monotonic() + PATIENCE_MS / 1000
    while visit.messages < before + 2:
        assert time.monotonic() < deadline, "the page does not look for what is new"
        visit.page.wait_for_timeout(100)


def _stands(page: Page, seen: Locator) -> None:
    """It is there and stays, also when all that was under way has arrived."""
    expect(seen).to_be_visible(timeout=PATIENCE_MS)
    _slow_down(page, 1)
    asked_until = time.monotonic() + STAYS_S
    while time.monotonic() < asked_until:
        expect(seen).to_be_visible(timeout=1)
        page.wait_for_timeout(200)


@pytest.mark.parametrize("path", ["", "mine", "new"])
def test_the_page_that_one_goes_to_stands(visit: Visit, path: str) -> None:
    page = visit.open(path)
    bar = page.get_by_role("navigation")
    expect(bar).to_be_visible()
    _polls(visit)
    _slow_down(page, SLOWER)
    bar.get_by_role("button", name=i18n.text("zh", "bar.page.help")).click()
    _stands(page, page.get_by_role("heading", name=i18n.text("zh", "help.heading")))
    visit.picture(f"polling-left-{path or 'calls'}")


def test_a_call_that_is_opened_from_a_list_that_polls_stands(visit: Visit) -> None:
    page = visit.open()
    call = page.get_by_role("link", name="王女士 分期协商").or_(
        page.get_by_role("button", name="王女士 分期协商")
    )
    expect(call.first).to_be_visible()
    _polls(visit)
    _slow_down(page, SLOWER)
    call.first.click()
    _stands(page, page.get_by_role("heading", name="王女士 分期协商"))


def test_back_and_forward_stand_and_the_list_goes_on_polling(visit: Visit) -> None:
    page = visit.open()
    _polls(visit)
    bar = page.get_by_role("navigation")
    bar.get_by_role("button", name=i18n.text("zh", "bar.page.help")).click()
    heading = page.get_by_role("heading", name=i18n.text("zh", "help.heading"))
    expect(heading).to_be_visible()
    page.go_back()
    listed = page.get_by_text("王女士 分期协商").first
    expect(listed).to_be_visible()
    _polls(visit)
    _slow_down(page, SLOWER)
    page.go_forward()
    _stands(page, heading)
    assert SECONDS > 2, "else no poll would fall into the drawing"
