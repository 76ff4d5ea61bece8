"""Correcting who speaks: the menu at a speaker's name, the score that follows, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from coach.store import ReviewStore
from tests.browser.conftest import serve
from tests.ui import fixtures

JUDGED_MS = 120_000
"""The first correction loads the classifier, which takes its time on a busy machine."""


@pytest.fixture
def mono(tmp_path: Path) -> Iterator[str]:
    """A server with one mono call."""
    review = fixtures.bad_review()
    call = replace(review.observed.call, channels=1)
    store = ReviewStore(tmp_path)
    store.add(replace(review, observed=replace(review.observed, call=call)), title="一")
    yield from serve(tmp_path)


def test_a_turn_is_given_to_another_party_and_taken_back(mono: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.goto(f"{mono}/review?call=bad")
    line = page.locator(".speakers")
    expect(line).to_contain_text("单声道录音")
    page.locator("li.turn .who").nth(3).click()
    page.get_by_role("menuitem", name="第三方").first.click()
    expect(line).to_contain_text("更正前：29，不合格", timeout=JUDGED_MS)
    expect(page.locator("li.turn .who").nth(3)).to_contain_text("第三方")
    line.get_by_role("button", name="撤销").click()
    expect(line).to_contain_text("单声道录音")
    expect(page.get_by_role("img", name="得分 29，满分 100")).to_be_visible()
