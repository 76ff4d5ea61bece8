"""A debt told to the debtor himself is no leak, unless it plainly is one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, LabelHit
from coach.language.told import weigh_leaks

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
    return weigh_leaks(turns, (*((),) * len(case.before), hits), coached=coached)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_to_whom_it_is_told_decides(case: Case) -> None:
    leak, facts = leaks(case, Role.AGENT)[-1]
    assert (leak.sure, leak.confidence) == (case.counts, case.probability)
    assert facts.sure


def test_a_debtor_who_is_coached_is_left_as_he_is() -> None:
    case = CASES["the debtor said that it is he"]
    assert leaks(case, Role.CUSTOMER)[-1][0].sure


AWAY = (Role.THIRD_PARTY, "他出去了，我是他室友。")
ITS_HE = (Role.CUSTOMER, "我就是，你说。")
ENGLISH = ((Role.AGENT, "Is that Anton Petrov?"), (Role.THIRD_PARTY, "He's out, I'm his brother."))


def found(*said: tuple[Role, str], coached: Role = Role.AGENT) -> tuple[bool, ...]:
    """Whether each turn is a sure leak where the classifier heard nothing at all."""
    turns = [Turn(i, role, text) for i, (role, text) in enumerate(said)]
    return tuple(bool(hits) for hits in weigh_leaks(turns, ((),) * len(turns), coached=coached))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("是借款吗？", "是的，我们打他电话打不通。"),
        ("是不是欠你们钱了", "对，是这个事，您转告他一下。"),
        ("又是借款逾期吧？", "嗯，没错，您让他今天回我。"),
        ("是不是又欠你們錢了", "對，叫他回我電話"),
        ("他是不是信用卡的事", "确实，麻烦您转告"),
    ],
)
def test_a_yes_to_the_question_of_another_is_a_leak(question: str, answer: str) -> None:
    asked = ((Role.AGENT, "请问孙海波在吗？"), AWAY)
    assert found(*asked, (Role.THIRD_PARTY, question), (Role.AGENT, answer))[-1]
    him = ((Role.AGENT, "请问是孙海波吗？"), ITS_HE)
    assert not found(*him, (Role.CUSTOMER, question), (Role.AGENT, answer))[-1]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is this about a debt", "yes it is tell him to ring me"),
        ("does he owe you money?", "I'm afraid so."),
    ],
)
def test_a_yes_in_english_is_one_too(question: str, answer: str) -> None:
    assert found(*ENGLISH, (Role.THIRD_PARTY, question), (Role.AGENT, answer))[-1]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("是不是欠你们钱了？", "对不起，这个不方便跟您说。"),
        ("是借款吗？", "这是私事，我只能跟他本人说。"),
        ("他几点回来您知道吗", "对，麻烦您转告他回个电话"),
        ("你们是贷款公司吗？", "对，麻烦转告他回个电话。"),
        ("is it about a debt", "i'm afraid i can't say"),
        ("so shall i tell him to call", "yes please"),
    ],
)
def test_a_refusal_or_a_yes_to_another_question_is_none(question: str, answer: str) -> None:
    asked = ENGLISH if question.isascii() else ((Role.AGENT, "请问孙海波在吗？"), AWAY)
    assert not any(found(*asked, (Role.THIRD_PARTY, question), (Role.AGENT, answer)))


@pytest.mark.parametrize(
    "introduced",
    ["我是融达贷后的", "我这边是恒通法催中心的，请他回电", "海山银行信用卡逾期管理部", "這邊是催收部門"],
)
def test_the_department_named_to_another_is_a_leak_and_to_the_debtor_none(introduced: str) -> None:
    assert found((Role.AGENT, "请问孙海波在吗？"), AWAY, (Role.AGENT, introduced))[-1]
    assert not any(found((Role.AGENT, "请问是孙海波吗？"), ITS_HE, (Role.AGENT, introduced)))
    assert not any(
        found((Role.AGENT, "请问孙海波在吗？"), AWAY, (Role.AGENT, introduced), coached=Role.CUSTOMER)
    )


def test_a_service_desk_named_to_another_is_none() -> None:
    assert not any(found((Role.AGENT, "请问孙海波在吗？"), AWAY, (Role.AGENT, "我是海山银行客服中心的")))
