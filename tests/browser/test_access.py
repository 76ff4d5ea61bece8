"""Everybody can use the page: names for a screen reader, contrast for weak eyes, keys instead of a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

PATHS = ("", "new", "help", "review?call=bad", "review?call=good")

CHECKS = (Path(__file__).parent / "access.js").read_text(encoding="utf-8")
NAMELESS = f"() => {{ {CHECKS}; return nameless(); }}"
PALE = f"() => {{ {CHECKS}; return pale(); }}"
PALE_WORDS = '<p style="color: #bbb; background: #fff">pale</p>'


def _open(visit: Visit, path: str, scheme: str = "light") -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = visit.open(path)
    expect(page.get_by_role("button", name="新的复核").first).to_be_visible()
    expect(page.locator("h1, h2").first).to_be_visible()
    page.wait_for_timeout(900)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_names_and_contrast_and_is_quiet(visit: Visit, path: str, scheme: str) -> None:
    _open(visit, path, scheme)
    assert visit.page.evaluate(NAMELESS) == [], "nothing that can be used is without a name"
    assert visit.page.evaluate(PALE) == [], "words stand out from what is behind them"
    assert visit.foreign == [], "no stranger is asked for anything"
    assert visit.errors == []


def test_the_check_of_contrast_sees_pale_words(visit: Visit) -> None:
    _open(visit, "")
    visit.page.evaluate("words => document.body.insertAdjacentHTML('beforeend', words)", PALE_WORDS)
    assert any("pale" in line for line in visit.page.evaluate(PALE))


def test_the_list_is_used_by_keyboard(visit: Visit) -> None:
    _open(visit, "")
    page = visit.page
    page.get_by_role("combobox", name="排序").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
