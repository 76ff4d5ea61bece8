"""A supervisor's day: inbox, rulings beside the machine's card, team and calibration, in both languages."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from coach.ui import i18n
from coach.ui.resources import COOKIE
from tests.browser import team
from tests.browser.conftest import Visit, serve, watch

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
