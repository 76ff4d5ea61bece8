"""Criteria that join what was said into facts, on whole calls, each beside a call that nearly meets it.

Words and labels are given; sums, days, plans and promises are found by the rules themselves.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coach import playbooks
from coach.domain.call import Role
from coach.domain.review import Finding, Outcome
from coach.language.facts import RuleFactFinder
from coach.rules.findings import find
from coach.rules.view import View
from tests.rule_calls import observed

WEDNESDAY = "2026-11-18T10:00:00+08:00"
OPENING = (
    "A identify,courtesy | 您好，我是澄湖银行的小乔，请问是贺建明先生吗？",
    "C | 是我。",
    "A state_facts | 您十月的账单三千二，上个月二十五号到期，还没有还。",
)


def _finding(criterion: str, *lines: str, playbook: str = "collection", said_on: str = WEDNESDAY) -> Finding:
    coached = Role.AGENT if playbook == "collection" else Role.CUSTOMER
    call = observed(*lines, started_at=said_on, coached=coached)
    assert call.labels is not None
    call = replace(call, facts=RuleFactFinder().find(call.call, call.labels))
    book = playbooks.load(playbook)
    return find(next(one for one in book.criteria if one.id == criterion), View(call, book.trust))


def _turns(finding: Finding) -> list[int]:
    return [evidence.turn for evidence in finding.evidence]


@pytest.mark.parametrize(
    ("ask", "outcome", "credit"),
    [
        ("A clear_ask,deadline | 二十五号之前把三千二还上，行吗？", "met", 1),
        ("A clear_ask,deadline | 二十五号之前把这笔全部还上，行吗？", "met", 1),
        ("A deadline | 这笔您二十五号之前处理一下。", "met", 1),
        ("A clear_ask | 您尽快把三千二还上，行吗？", "not_met", Fraction(1, 2)),
        ("A clear_ask | 您过两天把三千二还上，行吗？", "met", 1),
        ("A | 您把三千二还上吧。", "not_met", 0),
    ],
    ids=[
        "sum and day",
        "all of it and a day",
        "a day for the sum that was stated",
        "soon is no time",
        "in two days is a time",
        "neither asked nor by when",
    ],
)
def test_a_clear_ask_has_a_sum_and_a_time(ask: str, outcome: str, credit: Fraction) -> None:
    finding = _finding(
        "clear_ask", *OPENING, "C | 嗯。", ask, "C | 哦。", "A courtesy | 再见。", "C | 再见。"
    )
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


def test_a_time_without_any_sum_is_half_an_ask() -> None:
    finding = _finding(
        "clear_ask",
        "A identify | 您好，请问是贺建明先生吗？",
        "C | 是我。",
        "A | 您有笔账单还没有还。",
        "C | 哦。",
        "A clear_ask,deadline | 这周五之前处理一下，行吗？",
        "C | 再说吧。",
        "A courtesy | 再见。",
    )
    assert (finding.outcome, finding.credit) == (Outcome.NOT_MET, Fraction(1, 2))
    assert "how much" in finding.because.en


@pytest.mark.parametrize(
    ("ask", "said_on", "outcome", "credit"),
    [
        ("A deadline | 那就定在这周五之前。", WEDNESDAY, "met", 1),
        ("A clear_ask | 这周五三千二，行吗？", WEDNESDAY, "met", 1),
        ("A clear_ask | 您尽快三千二，行吗？", WEDNESDAY, "not_met", 0),
        ("A deadline | 那就等您方便的那天。", WEDNESDAY, "not_met", Fraction(1, 2)),
    ],
    ids=["a weekday", "a day within the ask", "soon", "a day that nobody can find in the calendar"],
)
def test_a_deadline_comes_down_to_a_day(ask: str, said_on: str, outcome: str, credit: Fraction) -> None:
    finding = _finding(
        "deadline", *OPENING, "C | 嗯。", ask, "C | 哦。", "A courtesy | 再见。", said_on=said_on
    )
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


def test_without_the_day_of_the_call_nobody_can_say_whether_a_deadline_is_a_day() -> None:
    lines = [*OPENING, "C | 嗯。", "A deadline | 那就定在这周五之前。", "C | 好。", "A | 好的。"]
    call = observed(*lines)
    assert call.labels is not None
    call = replace(call, facts=RuleFactFinder().find(call.call, call.labels))
    book = playbooks.load("collection")
    criterion = next(one for one in book.criteria if one.id == "deadline")
    assert find(criterion, View(call, book.trust)).outcome is Outcome.NOT_DETERMINABLE


@pytest.mark.parametrize(
    ("offer", "to_check"),
    [
        ("分四期，每期八百，从下个月十号开始，行吗？", False),
        ("分四期，每期七百，从下个月十号开始，行吗？", True),
    ],
    ids=["four times eight hundred is three thousand two hundred", "four times seven hundred is not"],
)
def test_instalments_that_do_not_add_up_are_for_a_person_to_check(offer: str, to_check: bool) -> None:
    finding = _finding(
        "offer_plan",
        *OPENING,
        "C hardship | 一次真拿不出来，厂里两个月没发工资。",
        f"A offer_plan,clear_ask,deadline | {offer}",
        "C promise | 行，下个月十号开始。",
        "A courtesy | 好的。",
    )
    assert finding.outcome is Outcome.MET
    assert bool(finding.to_check) is to_check
    assert ("add up" in finding.because.en) is to_check


@pytest.mark.parametrize(
    ("lines", "outcome", "credit"),
    [
        (["C hardship | 我失业了。", "A empathy | 这段时间不容易，我理解。"], "met", 1),
        (
            ["C hardship | 我失业了。", "A | 嗯。", "C | 唉。", "A empathy | 不容易，我理解。"],
            "met",
            1,
        ),
        (
            [
                "C hardship | 我失业了。",
                "A | 嗯。",
                "C | 唉。",
                "A | 那怎么办。",
                "C | 唉。",
                "A empathy | 我理解。",
            ],
            "not_met",
            Fraction(1, 2),
        ),
        (
            ["A empathy | 我理解大家都不容易。", "C hardship | 我失业了。", "A | 那也得还。"],
            "not_met",
            Fraction(1, 2),
        ),
    ],
    ids=["at once", "in the second turn", "only in the third", "before it was said"],
)
def test_a_hardship_is_answered_within_the_next_two_turns(
    lines: list[str], outcome: str, credit: Fraction
) -> None:
    finding = _finding("empathy", *OPENING, *lines, "C | 嗯。", "A courtesy | 再见。")
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


@pytest.mark.parametrize(
    ("lines", "outcome", "credit"),
    [
        (["C dispute | 这笔不是我刷的。", "A explain_evidence | 我把明细发给您核对。"], "met", 1),
        (
            [
                "A pressure | 今天必须还。",
                "C dispute | 这笔不是我刷的。",
                "A explain_evidence | 我把明细发给您。",
            ],
            "met",
            1,
        ),
        (
            ["C dispute | 这笔不是我刷的。", "A pressure,explain_evidence | 合同写着，今天必须还。"],
            "not_met",
            Fraction(3, 4),
        ),
        (
            ["A explain_evidence | 合同在您手机上。", "C dispute | 这笔不是我刷的。", "A | 系统不会错。"],
            "not_met",
            Fraction(3, 4),
        ),
        (["C dispute | 这笔不是我刷的。", "A emotional | 您别狡辩了。"], "not_met", 0),
    ],
    ids=[
        "with the record",
        "pressed before anything was disputed",
        "evidence and pressure together",
        "evidence only before the dispute",
        "with a quarrel",
    ],
)
def test_a_dispute_is_answered_with_evidence_and_not_with_pressure(
    lines: list[str], outcome: str, credit: Fraction
) -> None:
    finding = _finding(
        "explain_evidence", *OPENING, *lines, "C | 嗯。", "A | 好。", "C | 嗯。", "A courtesy | 再见。"
    )
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


@pytest.mark.parametrize(
    ("answer", "outcome", "credit"),
    [
        ("A confirm_commitment | 好，二十五号三千二，手机银行，对吧？", "met", 1),
        ("A confirm_commitment | 好，那就全部还清。", "met", 1),
        ("A deadline | 那就定在二十五号还三千二。", "met", 1),
        ("A confirm_commitment | 好，您说到做到，我工号三零二。", "not_met", Fraction(3, 4)),
        ("A | 好的，再见。", "not_met", 0),
    ],
    ids=[
        "sum, day and way",
        "all of it",
        "restated without the label",
        "with no sum and no day",
        "with a mere yes",
    ],
)
def test_a_commitment_is_confirmed_back(answer: str, outcome: str, credit: Fraction) -> None:
    finding = _finding("confirm_commitment", *OPENING, "C promise | 二十五号我还三千二。", answer, "C | 嗯。")
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("A confirm_commitment,written_confirmation | 二十五号三千二，我发短信给您。", "met"),
        ("A confirm_commitment | 二十五号三千二，我记下了。", "not_met"),
    ],
    ids=["by SMS", "only noted by the agent"],
)
def test_a_commitment_is_confirmed_in_writing(answer: str, outcome: str) -> None:
    finding = _finding(
        "written_confirmation", *OPENING, "C promise | 二十五号我还三千二。", answer, "C | 嗯。"
    )
    assert finding.outcome == Outcome(outcome)


@pytest.mark.parametrize(
    ("promise", "outcome", "credit"),
    [
        ("C promise | 下个月十号我先还一千。", "met", 1),
        ("C promise | 一千块我肯定还。", "not_met", 0),
    ],
    ids=["a sum and a day", "a sum without a day"],
)
def test_a_negotiators_promise_without_a_day_is_no_deadline(
    promise: str, outcome: str, credit: Fraction
) -> None:
    lines = ["A | 您好，请讲。", "C identify | 我叫方晓梅，尾号八八二一。", "A | 好的。", promise, "A | 好。"]
    finding = _finding("deadline", *lines, "C | 嗯。", "A | 好。", "C | 谢谢。", playbook="negotiation")
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


@pytest.mark.parametrize(
    ("confirms", "outcome", "credit"),
    [
        ("那就三期，每期一千一，下个月十号开始，对吧？", "met", 1),
        ("那就还是三期，对吧？", "met", 1),
        ("那就照您说的来，对吧？", "not_met", Fraction(3, 4)),
    ],
    ids=["number, sum and day", "the number", "nothing that could be held to"],
)
def test_a_negotiator_repeats_what_was_agreed(confirms: str, outcome: str, credit: Fraction) -> None:
    finding = _finding(
        "confirm_commitment",
        "A | 您好，请讲。",
        "C identify | 我叫方晓梅。",
        "A | 可以给您分三期。",
        "C offer_plan | 分三期可以。",
        "A | 好。",
        f"C confirm_commitment | {confirms}",
        "A | 对。",
        "C | 好。",
        "A | 再见。",
        "C courtesy | 再见。",
        playbook="negotiation",
    )
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)


# ---- merits beside a threat or an insult ------------------------------------------------------------------

LEVER = "我理解您疼女儿，那就赶紧还钱，不然我在她学校门口等她。"


@pytest.mark.parametrize(
    ("labels", "outcome", "credit"),
    [
        ("empathy", "met", 1),
        ("empathy,threat", "not_met", 0),
        ("empathy,insult", "not_met", 0),
        ("empathy,threat?", "met", 1),
        ("empathy,pressure", "met", 1),
    ],
    ids=["alone", "with a threat", "with an insult", "with what may be a threat", "with pressure"],
)
def test_understanding_that_is_used_as_a_lever_earns_nothing(
    labels: str, outcome: str, credit: Fraction
) -> None:
    finding = _finding("empathy", *OPENING, "C hardship | 我女儿住院。", f"A {labels} | {LEVER}", "C | 你！")
    assert (finding.outcome, finding.credit) == (Outcome(outcome), credit)
    if outcome == "not_met":
        assert _turns(finding) == [4]
        assert "earns nothing (turn 5)" in finding.because.en
        assert "不计分（第 5 轮）" in finding.because.zh


def test_understanding_that_was_shown_elsewhere_still_counts_and_is_what_the_card_shows() -> None:
    finding = _finding(
        "empathy",
        *OPENING,
        "C hardship | 我女儿住院。",
        "A empathy | 孩子病了最揪心，我理解。",
        "C | 嗯。",
        f"A empathy,threat | {LEVER}",
    )
    assert finding.outcome is Outcome.MET
    assert _turns(finding) == [4]


@pytest.mark.parametrize("criterion", ["clear_ask", "deadline", "state_facts", "identify"])
def test_what_a_threat_states_stays_stated(criterion: str) -> None:
    finding = _finding(
        criterion,
        "A identify,state_facts,clear_ask,deadline,threat | 我是小乔，贺建明吧？三千二，二十五号不还我去单位",
        "C | 是我。",
        "A | 听见没有。",
        "C | 嗯。",
        "A | 好。",
        "C | 嗯。",
        "A | 再见。",
    )
    assert finding.credit == 1


def test_the_other_sides_threat_takes_nothing_from_the_agent() -> None:
    finding = _finding(
        "empathy",
        *OPENING,
        "C hardship,threat | 我失业了，再打我砍人！",
        "A empathy | 您别急，我理解。",
        "C | 嗯。",
    )
    assert finding.outcome is Outcome.MET


def test_a_negotiator_who_insults_is_not_polite_in_the_same_breath() -> None:
    finding = _finding(
        "courtesy",
        "A | 您好，请讲。",
        "C courtesy,insult | 谢谢你啊，你们这帮不要脸的。",
        "A | 请您文明用语。",
        "C | 行。",
        "A | 好。",
        "C | 嗯。",
        playbook="negotiation",
    )
    assert finding.outcome is Outcome.NOT_MET
    assert _turns(finding) == [1]
