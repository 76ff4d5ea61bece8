"""An office for the supervisors' tests: two who lead, two agents, and their calls of ten weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from coach.domain.people import AccountRole, Actor
from coach.domain.review import Outcome, Review
from coach.people import People
from coach.store import AppealKind, ReviewStore
from tests import store_calls
from tests.ui import fixtures

PASSWORD = "correct horse battery"
SAID = (
    "A: 您好，请问是陈先生吗？这里是客户服务部，工号 1024。",
    "C: 是我，什么事？",
    "A: 您的账单逾期了三千二百元，已经逾期二十天了，请您尽快还款。",
    "C: 我最近被裁员了，手头真的很紧。",
    "A: 今天不还，我们就上门去你单位找你领导。",
    "C: 你们这样说话我要投诉，我周五还五百。",
    "A: 好的，那我周五再跟进，谢谢您的配合。",
    "C: 行，就这样。",
)
MAIN = "main"
TITLE = "陈先生 首次提醒"
FAULTS = ("no_threat", "no_insult", "no_pressure")
MISSED = ("empathy", "follow_up", "offer_plan")
HOSTILE = (
    '=HYPERLINK("http://evil.invalid") ![x](http://evil.invalid/t.png)<img src=x onerror=window.pwned=1>'
)
WEEKS = 10
A_WEEK = 7


@dataclass(frozen=True)
class Team:
    """The session and the account of each person by login."""

    sessions: dict[str, str]
    ids: dict[str, str]


def team(folder: Path) -> Team:
    """Make it; the latest call is ``MAIN``, with sound, a critical fault, a doubt and an open appeal."""
    store = ReviewStore(folder)
    made = _people(People(store))
    _past(store, made.ids)
    recent = datetime.now(UTC) - timedelta(hours=2)
    review = _timed(
        store_calls.judged(
            MAIN,
            *SAID,
            faults={"no_threat": 4},
            doubts={"no_insult": 4},
            missed=("empathy",),
            started_at=recent.isoformat(),
        )
    )
    peaks = fixtures.sound(review, folder / "sound.wav")
    store.add(review, title=TITLE, audio=folder / "sound.wav", peaks=peaks, agent=made.ids["li"])
    agent = store.desk(Actor(made.ids["li"], AccountRole.AGENT, "小李"))
    case = agent.case(MAIN)
    case.skip_self_score()
    case.appeal("no_threat", AppealKind.WRONG_WORDS, "我说的是上门核实地址。", turn=4)
    for n in (60, 61, 62):
        second_opinion(store, made, f"past-{n}", otherwise=("empathy",) if n == 61 else ())
    return made


def _people(people: People) -> Team:
    sessions, ids = {}, {}
    for login, role, name in (
        ("boss", AccountRole.ADMIN, "周主管"),
        ("second", AccountRole.SUPERVISOR, "吴主管"),
        ("li", AccountRole.AGENT, "小李"),
        ("wang", AccountRole.AGENT, "小王"),
    ):
        sessions[login] = people.set_password(people.add(login, role, name).token, PASSWORD)
        actor = people.actor(sessions[login])
        assert actor is not None
        ids[login] = actor.account
    return Team(sessions, ids)


def _past(store: ReviewStore, ids: dict[str, str]) -> None:
    """A call a day; what went wrong is drawn, the same every time. Li improves, Wang does not."""
    lot = Random(5)
    first = datetime.now(UTC) - timedelta(days=WEEKS * A_WEEK)
    for n in range(WEEKS * A_WEEK):
        agent = ("li", "wang")[n % 2]
        share = 0.5 - 0.04 * (n // A_WEEK) if agent == "li" else 0.2 + 0.02 * (n // A_WEEK)
        faults = {FAULTS[lot.randrange(3)]: 2} if lot.random() < share else {}
        missed = tuple(name for name in MISSED if lot.random() < share)
        started_at = (first + timedelta(days=n)).isoformat()
        made = store_calls.judged(f"past-{n:02}", faults=faults, missed=missed, started_at=started_at)
        store.add(made, title=HOSTILE if n == 65 else f"第 {n + 1} 通 提醒", agent=ids[agent])


def _timed(review: Review) -> Review:
    call = review.observed.call
    last = call.turns[-1].interval
    assert last is not None
    return replace(
        review, observed=replace(review.observed, call=replace(call, duration=last.end + 0.5, channels=2))
    )


def second_opinion(store: ReviewStore, made: Team, call_id: str, *, otherwise: tuple[str, ...] = ()) -> None:
    """The other supervisor's blind review, which differs from the card in ``otherwise``."""
    case = store.desk(Actor(made.ids["boss"], AccountRole.ADMIN)).case(call_id)
    case.assign_second(made.ids["second"])
    case.sign_off()
    outcomes = {
        finding.criterion: _opposite(finding.outcome) if finding.criterion in otherwise else finding.outcome
        for finding in case.card().stands.findings
    }
    store.desk(Actor(made.ids["second"], AccountRole.SUPERVISOR)).case(call_id).submit_second(outcomes)


def _opposite(outcome: Outcome) -> Outcome:
    return Outcome.NOT_MET if outcome is Outcome.MET else Outcome.MET
