"""Joined facts, who was reached, measures of speech and fields of the call."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coach.domain.call import Role
from coach.domain.observations import (
    CallSpeech,
    DateMention,
    Facts,
    Identity,
    Plan,
    Promise,
    SpeechEvent,
    SpeechEventKind,
)
from coach.domain.time import Interval, Span
from tests.rule_calls import observed, seen, truth

DAY = "2026-11-18T10:00:00+08:00"
SPAN = Span(0, 1)
FULL = Facts(
    amount_due=Decimal(6840),
    deadline=date(2026, 11, 20),
    plan=Plan(total=Decimal(6840), instalments=3, adds_up=True, turn=0, span=SPAN),
    promises=(Promise(Role.CUSTOMER, Decimal(2280), date(2026, 11, 20), "bank", 1, SPAN),),
    dates=(DateMention(date(2026, 11, 20), 0, SPAN),),
)


@pytest.mark.parametrize(
    ("rule", "full", "empty"),
    [
        ("{fact: amount_due}", "yes", "no"),
        ("{fact: {name: amount_due, at_least: 5000}}", "yes", "no"),
        ("{fact: {name: amount_due, at_least: 7000}}", "no", "no"),
        ("{fact: deadline}", "yes", "no"),
        ("{fact: {name: days_to_deadline, at_most: 3}}", "yes", "no"),
        ("{fact: {name: days_to_deadline, at_most: 1}}", "no", "no"),
        ("{fact: plan}", "yes", "no"),
        ("{fact: {name: plan_instalments, at_most: 3}}", "yes", "no"),
        ("{fact: plan_adds_up}", "yes", "no"),
        ("{fact: promise}", "yes", "no"),
        ("{fact: {name: promise_amount, at_least: 2000}}", "yes", "no"),
        ("{fact: promise_date}", "yes", "no"),
        ("{fact: promise_how}", "yes", "no"),
    ],
)
def test_a_fact_is_known_or_not(rule: str, full: str, empty: str) -> None:
    assert truth(rule, observed("A | 三期", "C | 好", facts=FULL, started_at=DAY)) == full
    assert truth(rule, observed("A | 三期", "C | 好", started_at=DAY)) == empty


def test_a_deadline_without_the_day_of_the_call_is_unknown_and_says_why() -> None:
    undated = Facts(dates=(DateMention(None, 0, SPAN),))
    found = seen("{fact: deadline}", observed("A | 这周五", facts=undated))
    assert found.truth.value == "unknown"
    assert found.blind is not None
    assert "通话日期" in found.blind.zh


def test_a_plan_of_an_unknown_sum_neither_adds_up_nor_fails_to() -> None:
    facts = Facts(plan=Plan(total=None, instalments=3, adds_up=None))
    assert truth("{fact: plan_adds_up}", observed("A | 分三期", facts=facts)) == "unknown"


def test_a_fact_that_nobody_could_have_read_is_unknown() -> None:
    call = observed("A | 您欠三千二百块钱", "C | 嗯嗯知道", confidence={0: 0.1, 1: 0.1})
    assert truth("{fact: amount_due}", call) == "unknown"


def identities(*states: Identity) -> Facts:
    return Facts(identity=states)


@pytest.mark.parametrize(
    ("lines", "facts", "reached"),
    [
        (("A | 喂", "C | 嗯"), Facts(), {"debtor"}),
        (("A | 喂", "T | 不在"), Facts(), {"third_party"}),
        (("A | 喂", "T | 他来了", "C | 喂"), Facts(), {"debtor", "third_party"}),
        (
            ("A | 喂", "C | 打错了"),
            identities(Identity.UNKNOWN, Identity.WRONG_NUMBER),
            {"wrong_number"},
        ),
        (
            ("A | 喂", "C | 是我"),
            identities(Identity.ASKED, Identity.CONFIRMED),
            {"debtor", "identity_confirmed"},
        ),
        (
            ("A | 喂", "T | 等下", "C | 是我"),
            identities(Identity.UNKNOWN, Identity.THIRD_PARTY, Identity.CONFIRMED),
            {"debtor", "third_party", "identity_confirmed"},
        ),
    ],
)
def test_who_was_reached(lines: tuple[str, ...], facts: Facts, reached: set[str]) -> None:
    call = observed(*lines, facts=facts)
    parties = ("debtor", "third_party", "wrong_number", "identity_confirmed")
    assert {party for party in parties if truth(f"{{reached: {party}}}", call) == "yes"} == reached


SPEECH = CallSpeech(
    talk_share={Role.AGENT: 0.8, Role.CUSTOMER: 0.2},
    interruptions={Role.AGENT: 4, Role.CUSTOMER: 1},
    pace={Role.AGENT: 5.0},
    longest_monologue={Role.AGENT: 50.0, Role.CUSTOMER: 5.0},
    overlap=2.0,
    silence=12.0,
    events=(
        SpeechEvent(SpeechEventKind.RAISED_VOICE, Interval(0.5, 1.0), Role.AGENT, 0),
        SpeechEvent(SpeechEventKind.RAISED_VOICE, Interval(7.0, 8.5), Role.AGENT, None),
        SpeechEvent(SpeechEventKind.SILENCE, Interval(3.5, 5.5)),
    ),
)
HEARD = observed("A | 喂", "C | 嗯", "A | 说", "C | 好", speech=SPEECH, seconds=3.0)


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("{speech: {measure: talk_share, by: coached, at_most: 0.7}}", "no"),
        ("{speech: {measure: talk_share, by: other, at_most: 0.7}}", "yes"),
        ("{speech: {measure: interruptions, by: agent, at_least: 4}}", "yes"),
        ("{speech: {measure: interruptions_per_minute, by: customer, at_least: 5}}", "yes"),
        ("{speech: {measure: pace, by: coached, at_least: 4, at_most: 6}}", "yes"),
        ("{speech: {measure: pace, by: customer, at_least: 4}}", "unknown"),
        ("{speech: {measure: longest_monologue, by: coached, at_most: 45}}", "no"),
        ("{speech: {measure: silence, at_most: 20}}", "yes"),
        ("{speech: {measure: overlap, at_least: 3}}", "no"),
        ("{event: {kind: raised_voice, by: coached, at_least: 2}}", "yes"),
        ("{event: {kind: raised_voice, by: customer}}", "no"),
        ("{event: {kind: interruption}}", "no"),
    ],
)
def test_the_manner_of_speaking_is_measured_against_bounds(rule: str, outcome: str) -> None:
    assert truth(rule, HEARD) == outcome


def test_an_event_without_a_turn_lies_in_the_turn_that_shares_its_seconds() -> None:
    assert seen("{event: {kind: raised_voice, by: coached}}", HEARD).turns == {0, 2}


@pytest.mark.parametrize(
    "rule",
    ["{speech: {measure: pace, at_least: 1}}", "{event: {kind: silence}}", "{not: {event: {kind: silence}}}"],
)
def test_without_sound_the_manner_is_unknown(rule: str) -> None:
    assert truth(rule, observed("A | 喂", "C | 嗯")) == "unknown"


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("{call: {field: language, is: zh}}", "yes"),
        ("{call: {field: language, is: [en, ja]}}", "no"),
        ("{call: {field: hour, at_least: 8, at_most: 22}}", "yes"),
        ("{call: {field: attempts_today, at_most: 3}}", "no"),
        ("{call: {field: first_contact, is: 'true'}}", "yes"),
        ("{call: {field: product, is: mortgage}}", "unknown"),
        ("{call: {field: team, at_least: 1}}", "unknown"),
    ],
)
def test_metadata_of_the_call_can_be_asked(rule: str, outcome: str) -> None:
    given = {"attempts_today": 5.0, "first_contact": True, "team": "north"}
    assert truth(rule, observed("A | 喂", "C | 嗯", started_at=DAY, metadata=given)) == outcome


def test_the_hour_is_unknown_when_the_day_of_the_call_is() -> None:
    assert truth("{call: {field: hour, at_most: 22}}", observed("A | 喂")) == "unknown"
