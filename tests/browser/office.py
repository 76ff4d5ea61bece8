"""A small office for browser tests: people with sessions, an agent's calls over some weeks, with sound."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from coach.domain.people import AccountRole, Actor
from coach.people import People
from coach.store import Case, ReviewStore
from coach.ui.resources import COOKIE
from tests.browser.conftest import Visit, watch
from tests.browser.test_access import NAMELESS, PALE
from tests.store_calls import judged
from tests.ui import fixtures

OFFICE_PATIENCE_MS = 120_000
GOOD = (
    "A: 您好，我是澄湖银行的小李，工号三二一，请问是陈先生本人吗？",
    "C: 是我，什么事？",
    "A: 您二月的账单三千二百元，到今天逾期九天，现在说话方便吗？",
    "C: 方便，我上个月住院了，手头真的紧。",
    "A: 您刚出院确实不容易，我们一起看看怎么安排。",
    "C: 那我周五先还五百。",
    "A: 好的，周五之前五百元，我记下了，到时再跟您联系。谢谢您，再见。",
)
BAD = (
    "A: 喂，是陈先生吧？",
    "C: 是我，你是谁？",
    "A: 你欠的三千二今天必须还，不还我就带人去你单位。",
    "C: 我上个月住院了，真的没有钱。",
    "A: 没钱你借什么钱？别跟我说这些。",
    "C: 你怎么这样说话，<img src=x onerror=window.pwned=1> **我要投诉**。",
    "A: 随便你，下午我再打。",
)
PASSWORD = "a good long password"


@dataclass(frozen=True)
class Office:
    """The store, the people in it, and the sessions of those who have signed in, by login."""

    store: ReviewStore
    actors: dict[str, Actor]
    tokens: dict[str, str]

    def enter(self, page: Page, base: str, login: str) -> None:
        """Come to the page as somebody."""
        page.context.add_cookies([{"name": COOKIE, "value": self.tokens[login], "url": base}])


@contextmanager
def office() -> Iterator[tuple[Path, Office]]:
    """A folder with the store of a boss, an agent and a trainer."""
    with tempfile.TemporaryDirectory(prefix="call-coach-office-") as folder:
        root = Path(folder)
        store = ReviewStore(root / "data")
        people = People(store)
        actors, tokens = {}, {}
        roles = {"boss": AccountRole.ADMIN, "li": AccountRole.AGENT, "coach": AccountRole.TRAINER}
        names = {"boss": "王主管", "li": "小李", "coach": "周老师"}
        for login, role in roles.items():
            tokens[login] = people.set_password(people.add(login, role, names[login]).token, PASSWORD)
            actor = people.actor(tokens[login])
            assert actor is not None
            actors[login] = actor
        made = Office(store, actors, tokens)
        _calls(made, root / "sound.wav")
        yield root / "data", made


def _calls(made: Office, wav: Path) -> None:
    now = datetime.now(UTC).astimezone()
    history = {
        "past-1": ({"no_pressure": 2, "no_threat": 2}, ("empathy", "inquire", "offer_plan")),
        "past-2": ({"no_pressure": 2}, ("empathy", "clear_ask", "offer_plan")),
        "past-3": ({"calm": 4}, ("empathy", "deadline")),
        "past-4": ({}, ("inquire",)),
        "past-5": ({}, ()),
    }
    for i, (name, (faults, missed)) in enumerate(history.items()):
        day = now - timedelta(days=35 - 7 * i)
        _add(made, wav, name, f"{day:%m-%d} 陈先生 首次提醒", GOOD, faults, missed, day)
        made.store.desk(made.actors["li"]).case(name).score_self({})
    faults = {"no_threat": 2, "no_pressure": 2, "calm": 4}
    missed = ("identify", "empathy", "inquire")
    _add(made, wav, "bad", "陈先生 **第二次** 提醒", BAD, faults, missed, now - timedelta(days=1))


def _add(
    made: Office,
    wav: Path,
    name: str,
    title: str,
    lines: tuple[str, ...],
    faults: dict[str, int],
    missed: tuple[str, ...],
    day: datetime,
) -> None:
    review = judged(name, *lines, faults=faults, missed=missed, started_at=day.isoformat())
    call = replace(review.observed.call, duration=3.0 * len(lines) + 0.5, channels=2)
    review = replace(review, observed=replace(review.observed, call=call))
    peaks = fixtures.sound(review, wav)
    made.store.add(review, title=title, audio=wav, peaks=peaks, agent=made.actors["li"].account)


def good_for_everybody(visit: Visit) -> None:
    """Everything has a name and stands out, nothing spoken has run, and no stranger was asked."""
    visit.page.wait_for_timeout(400)
    assert visit.page.evaluate(NAMELESS) == []
    assert visit.page.evaluate(PALE) == []
    assert visit.page.evaluate("() => window.pwned") is None
    assert visit.foreign == []
    assert visit.errors == []


class Room:
    """Opens the page as somebody, in a language."""

    def __init__(self, browser: Browser, place: tuple[str, Office]) -> None:
        self.browser, (self.base, self.office) = browser, place
        self.contexts: list = []

    def enter(self, login: str, lang: str = "zh", scheme: str = "light") -> Visit:
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(OFFICE_PATIENCE_MS)
        self.contexts.append(context)
        for name, value in ((COOKIE, self.office.tokens[login]), ("coach_lang", lang)):
            context.add_cookies([{"name": name, "value": value, "url": self.base}])
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        return watch(page, self.base)

    def case(self, login: str, call_id: str) -> Case:
        return self.office.store.desk(self.office.actors[login]).case(call_id)


@contextmanager
def entered(browser: Browser, place: tuple[str, Office]) -> Iterator[Room]:
    """A room at the server's address; what was opened in it is closed again."""
    made = Room(browser, place)
    yield made
    for context in made.contexts:
        context.close()
