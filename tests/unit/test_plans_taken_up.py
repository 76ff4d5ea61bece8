"""A plan stands in the facts when it was offered and taken up, in whatever words."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.language.answers import says_yes
from coach.language.facts import RuleFactFinder

_SAYS = {
    "As": (Role.AGENT, LabelId.STATE_FACTS),
    "Ao": (Role.AGENT, LabelId.OFFER_PLAN),
    "A=": (Role.AGENT, LabelId.CONFIRM_COMMITMENT),
    "C+": (Role.CUSTOMER, LabelId.PROMISE),
    "C": (Role.CUSTOMER, None),
}


def _instalments(spoken: str) -> int | None:
    turns: list[Turn] = []
    labels: list[tuple[LabelHit, ...]] = []
    for i, said in enumerate(spoken.split(" / ")):
        lead, text = said.split(" ", 1)
        role, label = _SAYS[lead]
        turns.append(Turn(i, role, text))
        labels.append((LabelHit(label, 1.0),) if label else ())
    call = Call(
        id="a",
        source="a",
        playbook="collection",
        coached=Role.AGENT,
        language="zh" if re.search("[一-鿿]", spoken) else "en",
        turns=tuple(turns),
        started_at=datetime(2026, 11, 2, 10, tzinfo=UTC),
    )
    plan = RuleFactFinder().find(call, labels).plan
    return None if plan is None else plan.instalments


@pytest.mark.parametrize(
    ("spoken", "instalments"),
    [
        ("As 本金三万六 / Ao 我们可以做十二期，一期三千 / C+ 可以，我签", 12),
        ("As 欠九千块 / Ao 那分三个月，每个月三千，您看行吗 / C+ 行，三千能拿出来", 3),
        ("As 欠一千五 / Ao 分三笔吧，十五号五百，月底五百，下月十五号五百 / C+ 中", 3),
        ("As 这笔一万四 / C+ 两个月吧，一个月七千 / A= 可以", 2),
        ("As 欠两千四 / C+ 先给您转一千二，剩下一千二等发工资十五号 / A= 好", 2),
        ("As 八千塊 / Ao 分四期，一期兩千 / C+ 可以啦", 4),
        ("As It's twelve hundred / Ao Six months at two hundred a month / C+ That works", 6),
        ("As Arrears of sixteen hundred / Ao Eight instalments of two hundred / C+ Yes please", 8),
        ("As It's six thirty / C+ two ten a month, three months / A= three at two ten", 3),
        ("As five hundred / C+ fifty a month till it's gone / A= that's ten months", 10),
        (
            "As nine hundred / C+ three hundred now, then three hundred in December and "
            "three hundred in January / A= Right",
            3,
        ),
    ],
)
def test_a_plan_that_was_taken_up_is_known(spoken: str, instalments: int) -> None:
    assert _instalments(spoken) == instalments


@pytest.mark.parametrize(
    "spoken",
    [
        "As 本金三万六 / Ao 我们可以做十二期，一期三千 / C 好是好，可是我拿不出来",
        "As 本金三万六 / Ao 我们可以做十二期，一期三千 / C 一个月两百行不行",
        "As 欠一千五 / Ao 今天还五百，十五号还一千，或者月底一次还清，您看 / C 好",
        "As 欠一万八 / C+ 先给一万，剩下八千你款到了再结 / A= 好",
        "As Twelve hundred / Ao Six months at two hundred a month / C No, I can't do that",
        "As You missed two payments, four hundred in all / C+ Four hundred, Monday",
        "C I missed two payments of two hundred",
        "C I paid two hundred in August and two hundred in September",
        "As 欠五千，逾期三期 / C+ 月底一次还清 / A= 好",
    ],
)
def test_what_was_turned_down_or_is_paid_at_once_is_no_plan(spoken: str) -> None:
    assert _instalments(spoken) is None


@pytest.mark.parametrize(
    ("answer", "yes"),
    [
        ("嗯，可以", True),
        ("那就行", True),
        ("好的，那就这样", True),
        ("好吗？", False),
        ("可以少一点吗", False),
        ("中午再说", False),
        ("好难", False),
        ("Oh, fine.", True),
        ("Fine, but not this month", False),
        ("", False),
    ],
)
def test_an_answer_with_a_but_is_no_yes(answer: str, yes: bool) -> None:
    assert says_yes(answer) is yes
