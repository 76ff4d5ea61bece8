"""A debt told to the debtor himself is no leak, unless it plainly is one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, LabelHit
from coach.language.told import doubt_leaks

ASKED = (Role.AGENT, "喂，你是刘芳吗？")
TOLD = (Role.AGENT, "你欠了我们一万两千块钱，三个月没还。")


@dataclass(frozen=True)
class Case:
    """What came before the debt was told, how likely a leak it was found, and whether it counts as one."""

    before: tuple[tuple[Role, str], ...]
    probability: float
    counts: bool


CASES = {
    "the debtor said that it is he": Case((ASKED, (Role.CUSTOMER, "我是，请问您是哪位？")), 0.79, False),
    "plainly a leak, as of another's debt": Case((ASKED, (Role.CUSTOMER, "我是。")), 0.95, True),
    "a relative picked up": Case((ASKED, (Role.THIRD_PARTY, "我是她妈妈，她不在。")), 0.79, True),
    "nobody was asked": Case(((Role.CUSTOMER, "喂？"),), 0.79, True),
    "he did not answer": Case((ASKED, (Role.CUSTOMER, "你先说你是谁？")), 0.79, True),
}


def leaks(case: Case, coached: Role) -> Hits:
    turns = [Turn(i, role, text) for i, (role, text) in enumerate((*case.before, TOLD))]
    hits = (LabelHit(LabelId.PRIVACY_LEAK, case.probability), LabelHit(LabelId.STATE_FACTS, 0.7))
    return doubt_leaks(turns, (*((),) * len(case.before), hits), coached=coached)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_to_whom_it_is_told_decides(case: Case) -> None:
    leak, facts = leaks(case, Role.AGENT)[-1]
    assert (leak.sure, leak.confidence) == (case.counts, case.probability)
    assert facts.sure


def test_a_debtor_who_is_coached_is_left_as_he_is() -> None:
    case = CASES["the debtor said that it is he"]
    assert leaks(case, Role.CUSTOMER)[-1][0].sure
