"""The list of calls, languages, themes, and what must never happen on any page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.ui import i18n
from tests.browser.conftest import HOSTILE_TITLE, Visit, needs_quiet, serve, watch

PATHS = ("", "new", "help", "review?call=bad", "review?call=good")


def _titles(page: Page) -> list[str]:
    return page.locator(".rows .open .title").all_inner_texts()


def _open_list(visit: Visit) -> Page:
    page = visit.open()
    expect(page.get_by_role("list", name="通话库").get_by_role("listitem")).to_have_count(4)
    return page


def test_the_calls_at_risk_stand_first(visit: Visit) -> None:
    page = _open_list(visit)
    assert _titles(page) == ["一小时的通话", "2026-11-18 李先生 首次提醒", HOSTILE_TITLE, "王女士 分期协商"]
    page.get_by_role("combobox", name="排序").select_option("worst")
    expect(page.locator(".rows .open .title").first).to_have_text(HOSTILE_TITLE)
    visit.picture("list")


def test_a_call_is_found_by_its_title(visit: Visit) -> None:
    page = _open_list(visit)
    page.get_by_role("combobox", name="搜索范围").select_option("title")
    search = page.get_by_role("searchbox", name="搜索")
    search.fill("女士")
    expect(page.locator(".rows .open .title")).to_have_text(["王女士 分期协商"])
    search.fill("nothing of the kind")
    expect(page.get_by_text("没有符合条件的通话")).to_be_visible()
    search.fill("")
    expect(page.locator(".rows .open .title")).to_have_count(4)
    page.get_by_role("group", name="按结论筛选").get_by_role("button", name=re.compile("合格$")).last.click()
    expect(page.locator(".rows .open .title")).to_have_text(["王女士 分期协商"])


def test_a_click_opens_the_review_and_back(visit: Visit) -> None:
    page = _open_list(visit)
    page.get_by_role("button", name=re.compile("王女士")).first.click()
    expect(page.get_by_role("img", name="得分 96，满分 100")).to_be_visible()
    assert "call=good" in page.url
    visit.picture("review-good")
    page.get_by_role("button", name="通话库").first.click()
    expect(page.get_by_role("list", name="通话库")).to_be_visible()


def test_a_removed_call_can_be_brought_back(visit: Visit) -> None:
    page = _open_list(visit)
    rows = page.get_by_role("list", name="通话库").get_by_role("listitem")
    page.get_by_role("button", name="删除“王女士 分期协商”").click()
    expect(page.get_by_text("已删除“王女士 分期协商”。")).to_be_visible()
    expect(rows).to_have_count(3)
    answer = page.request.get(f"{visit.base}/coach/sound/good")
    assert answer.status == 404
    page.get_by_role("button", name="撤销").click()
    expect(rows).to_have_count(4)
    assert page.request.get(f"{visit.base}/coach/sound/good").ok


def test_the_language_is_switched_and_remembered(visit: Visit) -> None:
    page = _open_list(visit)
    assert page.evaluate("() => document.documentElement.lang") == "zh-CN"
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_role("heading", name="Calls")).to_be_visible()
    page.get_by_role("button", name=re.compile("李先生")).first.click()
    expect(page.get_by_role("heading", name="Transcript")).to_be_visible()
    expect(page.get_by_text("Threatens to go to the workplace and tell colleagues.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Transcript")).to_be_visible()
    assert page.evaluate("() => document.documentElement.lang") == "en"
    visit.picture("review-english")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()


@pytest.mark.parametrize("path", PATHS)
def test_english_pages_have_no_chinese_of_ours(visit: Visit, path: str) -> None:
    visit.page.context.add_cookies([{"name": "coach_lang", "value": "en", "url": visit.base}])
    page = visit.open(path)
    expect(page.get_by_role("button", name="New review").first).to_be_visible()
    page.wait_for_timeout(800)
    shown = page.locator("body").inner_text()
    ours = {
        text for text in i18n.catalogue("zh").values() if "{" not in text and len(text) > 2 and text != "中文"
    }
    assert [text for text in ours if text in shown] == []


def test_dark_is_switched_and_remembered(visit: Visit) -> None:
    page = _open_list(visit)
    page.get_by_role("button", name="切换为深色").click()
    expect(page.get_by_role("button", name="切换为浅色")).to_be_visible()
    page.get_by_role("button", name=re.compile("李先生")).first.click()
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="切换为浅色")).to_be_visible()
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    visit.picture("review-dark")


def test_hostile_words_stay_words(visit: Visit) -> None:
    page = _open_list(visit)
    page.get_by_text(HOSTILE_TITLE).click()
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    page.get_by_role("button", name="下一个发现（J）").click()
    page.locator("summary").first.click()
    page.get_by_role("tab", name="金额与约定").click()
    page.wait_for_timeout(1500)
    assert page.evaluate("() => window.pwned") is None
    assert visit.foreign == []
    expect(page.locator("li.turn").first).to_contain_text("<script>window.pwned = 1</script>")
    assert page.locator("li.turn :is(script, img, svg:not(.icon))").count() == 0


def test_a_policy_stops_what_a_page_might_ask_for(visit: Visit) -> None:
    page = _open_list(visit)
    blocked = page.evaluate(
        """() => new Promise((done) => {
          const found = [];
          const note = (event) => found.push(event.effectiveDirective);
          document.addEventListener("securitypolicyviolation", note);
          new Image().src = "http://evil.invalid/a.png";
          const script = document.createElement("script");
          script.textContent = "window.pwned = 7";
          document.head.append(script);
          fetch("http://evil.invalid/").catch(() => setTimeout(() => done(found), 300));
        })"""
    )
    assert {"img-src", "script-src-elem", "connect-src"} <= set(blocked)
    assert page.evaluate("() => window.pwned") is None


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(tmp_path_factory.mktemp("empty") / "data")


def test_an_empty_list_says_what_to_do(page: Page, empty_server: str) -> None:
    visit = watch(page, empty_server)
    visit.open()
    expect(page.get_by_role("heading", name="还没有复核过的通话")).to_be_visible()
    visit.picture("list-empty")
    page.get_by_role("button", name="新的复核").last.click()
    expect(page.get_by_role("heading", name="新的复核")).to_be_visible()


def test_first_paint_takes_less_than_three_seconds(browser: Browser, server: str) -> None:
    needs_quiet()
    taken: list[float] = []
    while len(taken) < 5 and min(taken, default=9.0) >= 3.0:  # other work on the machine only ever adds
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        began = time.perf_counter()
        page.goto(server)
        page.get_by_role("list", name="通话库").get_by_role("listitem").first.wait_for()
        taken.append(time.perf_counter() - began)
        context.close()
    assert min(taken) < 3.0, taken


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_off_at_any_width(visit: Visit, path: str) -> None:
    page = visit.open(path)
    expect(page.get_by_role("button", name="新的复核").first).to_be_visible()
    for width in (1280, 1920, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(300)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
