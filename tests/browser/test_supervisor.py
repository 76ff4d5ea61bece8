"""A supervisor's day: inbox, rulings beside the machine's card, team and calibration, in both languages."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from coach.ui import i18n
from coach.ui.resources import COOKIE
from tests.browser import team
from tests.browser.conftest import SIZE, Visit, serve, watch
from tests.browser.test_access import NAMELESS, PALE

LANGUAGES = ("zh", "en")
LAPTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[str, team.Team]]:
    """A server of an own, with people who sign in."""
    with tempfile.TemporaryDirectory(prefix="call-coach-team-") as folder:
        made = team.team(Path(folder))
        for base in serve(Path(folder)):
            yield base, made


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A profile for each person, so that Streamlit's scripts are fetched once."""
    made: dict[str, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


class Desk:
    """Opens the page as somebody, in a language."""

    def __init__(
        self, browser: Browser, office: tuple[str, team.Team], contexts: dict[str, BrowserContext]
    ) -> None:
        self._browser, (self.base, self.team), self._contexts = browser, office, contexts

    def sit(self, login: str, language: str = "zh", scheme: str = "light") -> Visit:
        if login not in self._contexts:
            self._contexts[login] = self._browser.new_context(viewport=LAPTOP, accept_downloads=True)
            self._contexts[login].set_default_timeout(60_000)
        context = self._contexts[login]
        for name, value in ((COOKIE, self.team.sessions[login]), ("coach_lang", language)):
            context.add_cookies([{"name": name, "value": value, "url": self.base}])
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        return watch(page, self.base)


@pytest.fixture
def desk(
    browser: Browser, office: tuple[str, team.Team], contexts: dict[str, BrowserContext]
) -> Iterator[Desk]:
    yield Desk(browser, office, contexts)
    for context in contexts.values():
        for page in context.pages:
            page.close()


def _t(language: str, key: str, **values: object) -> str:
    return i18n.text(language, key, **values)  # type: ignore[arg-type]


def _open_main(visit: Visit, language: str) -> Page:
    page = visit.open(f"review?call={team.MAIN}")
    expect(page.get_by_role("heading", name=_t(language, "player.transcript"))).to_be_visible()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_journey_from_inbox_to_signature(desk: Desk, language: str) -> None:
    visit = desk.sit("boss", language)
    page = visit.open()
    rows = page.get_by_role("list", name=_t(language, "list.calls")).get_by_role("listitem")
    expect(page.locator(".rows .open .title").first).to_have_text(team.TITLE)
    expect(rows).to_have_count(50)
    visit.picture(f"supervisor-inbox-{language}")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=team.TITLE)).to_be_visible()
    _rule_and_undo(visit, page, language)
    _answer_and_sign(visit, page, language)
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name=team.TITLE)).to_have_count(0)
    assert f"call={team.MAIN}" not in page.url
    assert visit.errors == []
    assert visit.foreign == []


def _rule_and_undo(visit: Visit, page: Page, language: str) -> None:
    """Dismiss the threat, see both scores, take it back."""
    item = page.locator("details.item", has_text=_t(language, "player.state.critical"))
    item.get_by_role("button", name=_t(language, "player.office.dismiss"), exact=True).click()
    save = page.get_by_role("button", name=_t(language, "player.office.save"))
    expect(save).to_be_disabled()
    page.get_by_role("button", name=_t(language, "player.office.reason.dismiss.repeated")).click()
    visit.picture(f"supervisor-ruling-{language}")
    save.click()
    both = page.locator(".scores")
    expect(both).to_contain_text(re.compile(_t(language, "player.office.human_score", score=r"\d+")))
    expect(both).to_contain_text(_t(language, "player.office.machine_score", score="35"))
    visit.picture(f"supervisor-both-cards-{language}")
    page.get_by_role("button", name=_t(language, "player.office.undo")).first.click()
    expect(both).to_have_count(0)


def _answer_and_sign(visit: Visit, page: Page, language: str) -> None:
    turn = page.locator("li.turn").nth(4)
    turn.hover()
    turn.get_by_role("button", name=re.compile(_t(language, "player.office.comment_at", place=".*"))).click()
    page.get_by_role("textbox", name=_t(language, "player.office.comment_text")).fill("<b>=1+1</b> **x**")
    page.get_by_role("button", name=_t(language, "player.office.save")).click()
    expect(turn.locator(".comment-text").first).to_have_text("<b>=1+1</b> **x**")
    page.get_by_role("tab").last.click()
    if page.locator(".appeal.open").count():
        page.get_by_role("button", name=_t(language, "player.office.refuse"), exact=True).click()
        page.get_by_role("button", name=_t(language, "player.office.reason.answer.refused")).click()
        page.get_by_role("button", name=_t(language, "player.office.save")).click()
    expect(page.locator(".appeal .answer")).to_be_visible()
    page.locator(".office-bar").get_by_role("button", name=_t(language, "player.office.sign")).click()
    expect(page.locator(".state-chip")).to_have_text(_t(language, "player.office.state.signed"))
    visit.picture(f"supervisor-people-{language}")
    page.get_by_role("button", name=_t(language, "player.office.withdraw")).click()
    expect(page.locator(".state-chip")).to_have_text(_t(language, "player.office.state.in_review"))


def test_a_finding_is_added_on_a_turn(desk: Desk) -> None:
    page = _open_main(desk.sit("boss"), "zh")
    turn = page.locator("li.turn").nth(2)
    turn.hover()
    turn.get_by_role("button", name=re.compile("补充发现")).click()
    page.get_by_role("combobox", name="评分项").select_option(label="其他禁忌 · 过度催逼")
    page.get_by_role("textbox", name="理由（可自己写）").fill("反复催促")
    page.get_by_role("button", name="保存").click()
    item = page.locator("details.item", has_text="人工补充")
    expect(item).to_contain_text("反复催促")
    expect(turn.locator(".chip.tone-fault")).to_contain_text("过度催逼")
    item.get_by_role("button", name="撤销").click()
    expect(item).to_have_count(0)


def test_what_was_said_is_found_and_opened_at_its_second(desk: Desk) -> None:
    visit = desk.sit("boss")
    page = visit.open()
    page.get_by_role("searchbox", name="搜索").fill("领导")
    moment = page.get_by_role("list", name="说到的地方").get_by_role("button")
    expect(moment).to_have_count(1)
    expect(moment).to_contain_text("找你领导")
    visit.picture("supervisor-search")
    moment.click()
    expect(page.locator("li.turn.chosen")).to_contain_text("找你领导")
    assert "t=12.00" in page.url


def test_filters_are_kept_as_a_view(desk: Desk) -> None:
    visit = desk.sit("boss")
    page = visit.open()
    page.get_by_role("button", name="筛选", exact=True).click()
    page.get_by_role("combobox", name="员工").select_option("小李")
    expect(page.locator(".pages")).to_contain_text("共 36 通")
    page.get_by_role("button", name="保存为视图").click()
    page.get_by_role("textbox", name="视图名称").fill("小李的通话")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="全部通话").click()
    expect(page.locator(".pages")).to_contain_text("共 71 通")
    page.get_by_role("button", name="下一页").click()
    expect(page.locator(".pages")).to_contain_text("第 51–71 通")
    page.get_by_role("button", name="小李的通话", exact=True).click()
    expect(page.locator(".pages")).to_contain_text("共 36 通")
    page.get_by_role("button", name="删除视图“小李的通话”").click()
    expect(page.get_by_role("button", name="小李的通话", exact=True)).to_have_count(0)
    assert visit.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_team_page_shows_and_opens_and_exports(desk: Desk, language: str) -> None:
    visit = desk.sit("boss", language)
    page = visit.open("team")
    expect(page.get_by_role("table")).to_be_visible()
    page.wait_for_timeout(500)
    visit.picture(f"supervisor-team-{language}")
    with page.expect_download() as download:
        page.get_by_role(
            "button", name=_t(language, "team.export_of", name=_t(language, "team.part.promises"), form="CSV")
        ).click()
    lines = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert lines[0] == _t(language, "team.csv.promises").split("|")
    assert any(cell.startswith("'=HYPERLINK") for line in lines for cell in line), "no cell is a formula"
    promise = page.locator(".promise").first
    promise.get_by_role("button", name=_t(language, "team.kept"), exact=True).click()
    expect(promise.get_by_role("button", name=_t(language, "team.kept"), exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    promise.get_by_role("button", name=_t(language, "team.pending"), exact=True).click()
    expect(promise.get_by_role("button", name=_t(language, "team.pending"), exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.locator(".line", has_text=team.TITLE).click()
    expect(page.locator("li.turn.chosen")).to_contain_text("找你领导")
    assert visit.foreign == []


def test_a_blind_review_is_asked_for_and_handed_in(desk: Desk) -> None:
    boss = desk.sit("boss")
    page = boss.open("calibration")
    page.get_by_role("combobox", name="盲评人").select_option("吴主管")
    page.locator(".sampled", has_text=team.TITLE).get_by_role("button", name="派发盲评").click()
    expect(page.locator(".sampled", has_text=team.TITLE).locator(".asked")).to_contain_text("吴主管")
    boss.picture("supervisor-calibration")
    visit = desk.sit("second", "zh")
    page = visit.open("calibration")
    page.get_by_role("button", name="开始盲评").click()
    expect(page.get_by_role("tab", name="盲评")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("得分"))).to_have_count(0)
    assert "威胁恐吓" not in page.locator("li.turn").nth(4).inner_text(), "no finding is shown"
    submit = page.get_by_role("button", name="提交盲评")
    expect(submit).to_be_disabled()
    for question in page.locator("fieldset.question").all():
        question.get_by_role("radio").first.check()
    visit.picture("supervisor-blind")
    submit.click()
    expect(page.get_by_role("img", name="得分 35，满分 100")).to_be_visible()
    assert visit.errors == []


def test_an_agent_rules_on_nothing(desk: Desk) -> None:
    visit = desk.sit("li")
    page = visit.open(f"review?call={team.MAIN}")
    expect(page.get_by_role("heading", name=team.TITLE)).to_be_visible()
    expect(page.get_by_role("button", name="驳回", exact=True)).to_have_count(0)
    page = visit.open("calibration")
    expect(page.get_by_text("校准只对主管开放。")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "team", "calibration", f"review?call={team.MAIN}"])
def test_every_screen_has_names_and_contrast(desk: Desk, path: str, scheme: str) -> None:
    visit = desk.sit("boss", "en" if scheme == "dark" else "zh", scheme)
    page = visit.open(path)
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_timeout(1200)
    if "review" in path:
        page.get_by_role("tab").last.click()
    visit.picture(f"supervisor-{path.split('?')[0] or 'calls'}-{scheme}")
    assert page.evaluate(NAMELESS) == [], "nothing that can be used is without a name"
    assert page.evaluate(PALE) == [], "words stand out from what is behind them"
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"


def test_a_wide_screen_is_filled_sensibly(desk: Desk) -> None:
    visit = desk.sit("boss")
    visit.page.set_viewport_size({"width": 1920, "height": 1080})
    visit.open("team")
    expect(visit.page.get_by_role("table")).to_be_visible()
    visit.picture("supervisor-team-wide")
    visit.page.set_viewport_size(SIZE)
