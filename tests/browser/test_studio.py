"""The studio in the browser: a playbook is changed, tried on past calls, published and used."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from coach import playbooks
from coach.pipeline import rescore
from coach.store import ReviewStore
from tests.browser.conftest import PATIENCE_MS, Visit, choose, serve, watch
from tests.ui import fixtures


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over calls that were reviewed by the built-in playbook."""
    folder = tmp_path_factory.mktemp("studio")
    store = ReviewStore(folder)
    hostile = "![x](http://evil.invalid/s.png)<img src=x onerror=window.pwned=7>"
    for title, review in ((hostile, fixtures.bad_review()), ("王女士 分期协商", fixtures.good_review())):
        made = rescore(review.observed, playbooks.load("collection"))
        store.add(made, title=title, playbook_source=playbooks.source("collection"))
    yield from serve(folder)


def _open(page: Page, office: str) -> Visit:
    visit = watch(page, office)
    visit.open("studio")
    expect(page.get_by_role("radio", name=re.compile("礼貌"))).to_be_visible(timeout=4 * PATIENCE_MS)
    return visit


def test_a_playbook_is_changed_tried_published_and_used(page: Page, office: str) -> None:
    visit = _open(page, office)
    page.get_by_text("礼貌 · ").click()
    weight = page.get_by_role("spinbutton", name="权重")
    expect(page.get_by_text("编号 courtesy")).to_be_visible()
    weight.fill("60")
    weight.press("Tab")
    visit.picture("studio")
    page.get_by_role("button", name="采用修改").click()
    expect(page.get_by_text("已修改 1 项：礼貌")).to_be_visible()
    page.get_by_role("tab", name="在以往通话上试").click()
    page.get_by_role("button", name="试一试").click()
    expect(page.get_by_text("2 通中有 1 通会变化")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    visit.picture("studio-trial")
    page.get_by_role("tab", name="发布").click()
    page.get_by_role("button", name="发布为新版本").click()
    expect(page.get_by_text("版本 2.2 已发布")).to_be_visible()
    visit.picture("studio-published")
    visit.open("new")
    handbook = page.get_by_role("combobox", name="话术手册")
    choose(handbook, page.get_by_role("option", name="催收通话 2.2（本单位发布）"))
    assert visit.foreign == []
    assert page.evaluate("() => window.pwned") is None


def test_a_mistake_is_shown_with_its_line(page: Page, office: str) -> None:
    visit = _open(page, office)
    page.get_by_role("tab", name="全文（YAML）").click()
    text = page.get_by_role("textbox", name="全文（YAML）")
    text.fill("playbook: mine\nversion: 1\nvresion: 2\n")
    text.press("Control+Enter")
    page.get_by_role("button", name="检查并采用").click()
    expect(page.get_by_text("第 3 行有错误，没有采用。")).to_be_visible()
    expect(page.get_by_text("是不是 'version'？")).to_be_visible()
    visit.picture("studio-mistake")


def test_the_studio_is_in_english_and_dark_too(page: Page, office: str) -> None:
    page.context.add_cookies([{"name": "coach_lang", "value": "en", "url": office}])
    page.emulate_media(color_scheme="dark")
    visit = watch(page, office)
    visit.open("studio")
    expect(page.get_by_role("heading", name="Playbook studio")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("Courtesy"))).to_be_visible(timeout=4 * PATIENCE_MS)
    visit.picture("studio-en-dark")
    page.emulate_media(color_scheme="light")


def test_the_studio_fits_a_small_laptop(page: Page, office: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    visit = _open(page, office)
    expect(page.get_by_role("button", name="采用修改")).to_be_visible()
    visit.picture("studio-1280")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
