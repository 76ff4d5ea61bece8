"""Reading a review: what a supervisor clicks, hears and sees."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, needs_quiet

BAD = "review?call=bad"
NOW = "() => window.coachSound.currentTime"


@pytest.fixture(autouse=True)
def _reach_the_sound(visit: Visit) -> None:
    """The audio element is in no tree: keep a hand on it as it is made."""
    visit.page.add_init_script(
        "const Made = window.Audio; window.Audio = function () { return (window.coachSound = new Made()); };"
    )


def _open(visit: Visit, path: str = BAD) -> Page:
    page = visit.open(path)
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    page.wait_for_function("() => window.coachSound && window.coachSound.readyState >= 1")
    return page


def test_the_judgement_is_seen_at_a_glance(visit: Visit) -> None:
    page = _open(visit)
    expect(page.get_by_role("img", name="得分 29，满分 100")).to_be_visible()
    expect(page.get_by_text("不合格", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("严重违规 2 项"))).to_contain_text(
        "让你领导同事都知道你欠钱"
    )
    visit.picture("review-bad")
    assert visit.errors == []
    assert visit.foreign == []


def test_clicking_evidence_plays_those_seconds_without_a_rerun(visit: Visit) -> None:
    page = _open(visit)
    messages = visit.messages
    page.get_by_role("button", name=re.compile("播放 0:29.*让你领导同事")).click()
    page.wait_for_function("() => window.coachSound.currentTime > 29 && !window.coachSound.paused")
    assert page.evaluate(NOW) == pytest.approx(29.8, abs=1.5)
    expect(page.locator("li.turn.current")).to_contain_text("让你领导同事都知道你欠钱")
    expect(page.locator("li.turn.chosen")).to_have_count(1)
    page.wait_for_function("() => window.coachSound.paused", timeout=20_000)
    assert page.evaluate(NOW) < 37.5, "it stops where the quote ends"
    assert messages > 0
    assert visit.messages == messages, "nothing was asked of the server"


def test_a_seek_is_fast(visit: Visit) -> None:
    needs_quiet()
    page = _open(visit)
    taken = []
    for quote in ("就是老赖", "今天必须还", "没钱当初借什么钱", "让你领导同事"):
        before = page.evaluate(NOW)
        began = time.perf_counter()
        page.locator(".piece", has_text=quote).first.click()
        page.wait_for_function("before => Math.abs(window.coachSound.currentTime - before) > 1", arg=before)
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.5, taken


def test_the_keyboard_does_it_all(visit: Visit) -> None:
    page = _open(visit)
    page.keyboard.press("Space")
    page.wait_for_function("() => !window.coachSound.paused")
    page.keyboard.press("Space")
    page.wait_for_function("() => window.coachSound.paused")
    at = page.evaluate(NOW)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(NOW) == pytest.approx(at + 5, abs=0.3)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(NOW) == pytest.approx(at, abs=0.3)
    chosen = []
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        chosen.append(page.locator("li.turn.chosen").get_attribute("data-turn"))
    assert chosen[0] == "0"
    assert chosen[3] == chosen[1]
    expect(page.locator("details.item.pointed")).to_have_count(1)


def test_the_time_line_seeks_and_tells(visit: Visit) -> None:
    page = _open(visit)
    pins = page.get_by_role("group", name="发现").get_by_role("button")
    assert pins.count() >= 8
    threat = page.get_by_role("button", name=re.compile("^0:29 严重违规 威胁恐吓$"))
    threat.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("让你领导同事都知道你欠钱")
    threat.click()
    page.wait_for_function("() => window.coachSound.currentTime > 29")
    page.get_by_role("slider", name="播放位置").focus()
    page.keyboard.press("Home")
    page.wait_for_function("() => window.coachSound.currentTime < 1")


def test_the_words_follow_the_sound(visit: Visit) -> None:
    page = _open(visit)
    page.evaluate("() => { window.coachSound.currentTime = 24.4; window.coachSound.play(); }")
    expect(page.locator("li.turn.current")).to_contain_text("你说话客气一点")
    page.wait_for_function("() => CSS.highlights.get('coach-spoken')?.size === 1")
    page.evaluate("() => { window.coachSound.pause(); window.coachSound.currentTime = 47; }")
    expect(page.locator("li.turn.current")).to_contain_text("剩下的我帮你申请分三期")


def test_what_was_heard_otherwise_is_said(visit: Visit) -> None:
    page = _open(visit)
    expect(page.get_by_title("按发音更正，原识别为“与其”")).to_have_text("逾期")
    expect(page.get_by_title("个人信息：电话")).to_have_text("13800138000")
    expect(page.get_by_text("听不清", exact=True)).to_be_visible()
    expect(page.get_by_text("静默 6 秒")).to_be_visible()


def test_faults_are_open_with_the_better_wording(visit: Visit) -> None:
    page = _open(visit)
    threat = page.locator("details.item", has_text="威胁恐吓").first
    expect(threat).to_have_attribute("open", "")
    expect(threat).to_contain_text("逾期记录会按合同上报征信")
    expect(threat).to_contain_text("依据 A3 七.1")
    expect(page.locator("details.item", has_text="泄露客户信息")).not_to_have_attribute("open", "")
    expect(page.get_by_text("本次不适用（1）")).to_be_visible()
    expect(page.locator(".checks")).to_contain_text("看你表现")
    expect(page.locator("details.apart", has_text="无法判断（1）")).to_contain_text("语速平稳")


def test_facts_and_manner_have_their_places(visit: Visit) -> None:
    page = _open(visit)
    page.get_by_role("tab", name="金额与约定").click()
    facts = page.get_by_role("tabpanel", name="金额与约定")
    expect(facts).to_contain_text("12,000 元")
    expect(facts).to_contain_text("2026年11月20日 周五")
    page.keyboard.press("ArrowRight")
    manner = page.get_by_role("tabpanel", name="说话方式")
    expect(manner.get_by_role("img", name=re.compile("催收员 65%"))).to_be_visible()
    manner.get_by_role("button", name="转到 0:17").first.click()
    page.wait_for_function("() => window.coachSound.currentTime > 16")
    visit.picture("review-manner")


def test_a_link_opens_at_its_moment(visit: Visit) -> None:
    page = _open(visit, f"{BAD}&t=42")
    page.wait_for_function("() => Math.abs(window.coachSound.currentTime - 42) < 0.5")
    expect(page.locator("li.turn.chosen")).to_contain_text("先还三千行不行")


def test_a_long_call_keeps_its_player_in_sight(visit: Visit) -> None:
    page = _open(visit, "review?call=long")
    expect(page.locator("li.turn")).to_have_count(500)
    page.get_by_role("slider", name="播放位置").fill("3000")
    expect(page.locator("li.turn.current")).to_be_in_viewport()
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_in_viewport()
    assert page.evaluate("() => document.scrollingElement.scrollTop") == 0
    visit.picture("review-long")


def test_a_long_call_stays_smooth(visit: Visit) -> None:
    needs_quiet()
    began = time.perf_counter()
    page = _open(visit, "review?call=long")
    assert time.perf_counter() - began < 5
    page.evaluate("() => window.coachSound.play()")
    slow = page.evaluate(
        """() => new Promise((done) => {
          const gaps = [];
          let last = performance.now();
          const step = (now) => {
            gaps.push(now - last);
            last = now;
            if (gaps.length < 90) requestAnimationFrame(step);
            else done(gaps.sort((a, b) => a - b)[80]);
          };
          requestAnimationFrame(step);
        })"""
    )
    assert slow < 50, f"nine of ten frames within {slow:.0f} ms"


def test_an_unknown_call_leads_back(visit: Visit) -> None:
    page = visit.open("review?call=no-such-call")
    expect(page.get_by_text("没有找到这通电话")).to_be_visible()
    page.get_by_role("button", name="回到通话库").click()
    expect(page.get_by_role("heading", name="通话库")).to_be_visible()
