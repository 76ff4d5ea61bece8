"""Reviews under the real playbook for tests of the store, without any model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache

from coach import playbooks
from coach.domain.call import Role
from coach.domain.labels import PiiType
from coach.domain.observations import Facts, ObservedCall, PiiSpan, Promise
from coach.domain.people import AccountRole, Actor
from coach.domain.playbook import Playbook
from coach.domain.review import CriterionKind, Evidence, Finding, Outcome, Review
from coach.domain.text import Text
from coach.domain.time import Span
from coach.scoring import score
from tests.builders import call

BOSS = Actor("boss", AccountRole.SUPERVISOR, "主管")
OTHER_BOSS = Actor("boss2", AccountRole.SUPERVISOR, "另一主管")
ADMIN = Actor("root", AccountRole.ADMIN, "管理员")
LI = Actor("li", AccountRole.AGENT, "小李")
WANG = Actor("wang", AccountRole.AGENT, "小王")
TRAINER = Actor("coach", AccountRole.TRAINER, "培训师")

LINES = (
    "A: 您好，请问是陈先生吗？",
    "C: 是我，什么事？",
    "A: 您的账单逾期了三千二百元，请您尽快还款。",
    "C: 我要投诉你们，我周五还五百。",
    "A: 好的，那我周五再跟进。",
    "C: late fees 可以退款吗？",
)
WHY = Text("测试。", "Test.")


@cache
def playbook() -> Playbook:
    return playbooks.load("collection")


def judged(
    call_id: str = "call-1",
    *lines: str,
    faults: Mapping[str, int] | None = None,
    doubts: Mapping[str, int] | None = None,
    missed: tuple[str, ...] = (),
    started_at: str = "2026-11-18T10:00:00+08:00",
    language: str = "zh",
) -> Review:
    """A review in which everything is met but ``faults`` and ``doubts`` (by turn) and what was ``missed``."""
    made = call(
        *(lines or LINES), id=call_id, started_at=datetime.fromisoformat(started_at), language=language
    )
    book = playbook()
    findings = []
    for criterion in book.criteria:
        outcome, evidence, check = Outcome.MET, (), ()
        if criterion.kind is CriterionKind.MANNER:
            outcome = Outcome.NOT_APPLICABLE
        if criterion.kind is CriterionKind.DO and criterion.id not in missed:
            evidence = (_piece(made, 0),)
        if criterion.id in (faults or {}):
            outcome, evidence = Outcome.NOT_MET, (_piece(made, (faults or {})[criterion.id]),)
        elif criterion.id in (doubts or {}):
            outcome, check = Outcome.NOT_DETERMINABLE, (_piece(made, (doubts or {})[criterion.id]),)
        elif criterion.id in missed:
            outcome = Outcome.NOT_MET
        credit = Fraction(int(outcome is Outcome.MET))
        findings.append(Finding(criterion.id, outcome, credit, WHY, evidence, check))
    observed = ObservedCall(
        call=made,
        labels=((),) * len(made.turns),
        pii=tuple(_names(turn.text) for turn in made.turns),
        facts=Facts(
            promises=(Promise(Role.CUSTOMER, Decimal(500), date(2026, 11, 20), None, 3, Span(0, 2)),)
        ),
    )
    return Review(observed, score(findings, book, observed=observed), book.infos(), book.version)


def reworded(review: Review, title: str) -> Review:
    """The same call, judged with another reason: a new version."""
    card = replace(review.scorecard, because=Text(title, title))
    return replace(review, scorecard=card)


def _piece(made: object, turn: int) -> Evidence:
    said = made.turns[turn]  # type: ignore[attr-defined]
    return Evidence(turn, said.interval, said.text, Span(0, len(said.text)), 0.9)


def _names(text: str) -> tuple[PiiSpan, ...]:
    at = text.find("陈先生")
    return () if at < 0 else (PiiSpan(PiiType.NAME, Span(at, at + 1)),)
