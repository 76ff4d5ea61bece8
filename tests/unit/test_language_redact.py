"""Masking leaves no personal datum in a text, nor anywhere in a review."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.call import Call, Correction, Role, Turn
from coach.domain.labels import LabelId, PiiType
from coach.domain.observations import (
    Amount,
    AmountKind,
    DateMention,
    Facts,
    LabelHit,
    ObservedCall,
    PiiSpan,
    Plan,
    Promise,
)
from coach.domain.review import Evidence, Finding, Outcome, Review, Scorecard, Verdict
from coach.domain.text import Text
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word
from coach.language.redact import MASKS, Redaction, redact, redact_review

_TEXT = "我叫陈一鸣，电话13800001234，周五还两千。"
_NAME, _PHONE = PiiSpan(PiiType.NAME, Span(2, 5)), PiiSpan(PiiType.PHONE, Span(8, 19))
_CANARIES = ("陈一鸣", "13800001234")


@pytest.mark.parametrize(
    ("language", "masked"),
    [
        ("zh", "我叫[姓名]，电话[电话]，周五还两千。"),
        ("en", "我叫[NAME]，电话[PHONE]，周五还两千。"),
    ],
)
def test_each_datum_becomes_the_name_of_its_type(language: str, masked: str) -> None:
    assert redact(_TEXT, [_PHONE, _NAME], language=language) == masked  # type: ignore[arg-type]


def test_overlapping_spans_become_one_mask() -> None:
    spans = [PiiSpan(PiiType.NAME, Span(2, 5)), PiiSpan(PiiType.EMPLOYER, Span(4, 7))]
    assert redact("我叫陈一鸣，电话", spans) == "我叫[姓名]话"


def test_every_type_has_a_mask() -> None:
    assert set(MASKS) == set(PiiType)


@given(
    st.text(alphabet="abcdefgh", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_no_masked_character_survives_and_all_others_do(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [PiiSpan(PiiType.NAME, Span(min(pair), max(pair))) for pair in ends]
    hidden = {at for one in spans for at in range(one.span.start, min(one.span.end, len(text)))}
    left = redact(text, spans).replace("[姓名]", "")
    assert left == "".join(char for at, char in enumerate(text) if at not in hidden)


@given(
    st.text(min_size=1, max_size=30),
    st.tuples(st.integers(0, 30), st.integers(0, 30)),
    st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_moved_spans_lie_within_the_masked_text(
    text: str, pii: tuple[int, int], old: tuple[int, int]
) -> None:
    masked = Redaction(text, [PiiSpan(PiiType.NAME, Span(min(pii), max(pii)))], language="zh")
    span = Span(min(min(old), len(text)), min(max(old), len(text)))
    moved = masked.span(span)
    assert 0 <= moved.start <= moved.end <= len(masked.text)
    assert masked.quote(span) == moved.of(masked.text)


def _review() -> Review:
    words = tuple(
        Word(text, Interval(float(i), i + 1.0), 0.9)
        for i, text in enumerate(["我叫", "陈", "一鸣", "电话", "13800001234", "周五", "还", "两千"])
    )
    turn = Turn(
        0,
        Role.CUSTOMER,
        _TEXT,
        Interval(0.0, 9.0),
        words,
        corrections=(Correction(Span(2, 5), "陈一名", "name"),),
    )
    call = Call(
        id="c",
        source="陈一鸣.wav",
        playbook="collection",
        coached=Role.AGENT,
        language="zh",
        turns=(turn,),
        metadata={"customer": "陈一鸣", "queue": 3.0},
    )
    facts = Facts(
        amounts=(Amount(Decimal(2000), AmountKind.PARTIAL, 0, Span(23, 25)),),
        dates=(DateMention(date(2026, 11, 20), 0, Span(20, 22)),),
        plan=Plan(Decimal(2000), 2, turn=0, span=Span(20, 25)),
        promises=(
            Promise(Role.CUSTOMER, Decimal(2000), date(2026, 11, 20), "打13800001234", 0, Span(20, 25)),
        ),
    )
    observed = ObservedCall(
        call, ((LabelHit(LabelId.PROMISE, 0.9, span=Span(20, 25)),),), ((_NAME, _PHONE),), facts
    )
    evidence = (
        Evidence(0, None, _TEXT[0:12], Span(0, 12)),
        Evidence(0, None, "陈一鸣，电话"),
        Evidence(0, None, "他说陈一鸣"),
    )
    finding = Finding(
        "promise", Outcome.MET, Fraction(1), Text("陈一鸣答应了", "陈一鸣 agreed"), evidence, evidence[:1]
    )
    card = Scorecard((finding,), Fraction(80), Verdict.PASS, Text("陈一鸣", "陈一鸣"))
    return Review(observed, card, (), "1")


def test_no_datum_survives_anywhere_in_a_masked_review() -> None:
    left = repr(dataclasses.asdict(redact_review(_review())))
    assert not [canary for canary in (*_CANARIES, "一鸣", "1380000") if canary in left]


def test_a_masked_review_still_points_at_its_words() -> None:
    masked = redact_review(_review())
    (turn,) = masked.observed.call.turns
    assert turn.text == "我叫[姓名]，电话[电话]，周五还两千。"
    (promise,) = masked.observed.facts.promises
    assert promise.span.of(turn.text) == "周五还两千"
    assert masked.observed.facts.amounts[0].span.of(turn.text) == "两千"
    assert masked.observed.labels is not None
    assert masked.observed.labels[0][0].span == promise.span
    assert [one.span.of(turn.text) for one in masked.observed.pii[0]] == ["[姓名]", "[电话]"]
    assert masked.scorecard.findings[0].evidence[0].quote == "我叫[姓名]，电话[电话]"
    assert [word.text for word in turn.words] == [
        "我叫",
        "[姓名]",
        "[姓名]",
        "电话",
        "[电话]",
        "周五",
        "还",
        "两千",
    ]


def test_masking_twice_changes_no_text() -> None:
    once = redact_review(_review())
    again = redact_review(dataclasses.replace(once, observed=dataclasses.replace(once.observed, pii=((),))))
    assert again.observed.call.turns[0].text == once.observed.call.turns[0].text
