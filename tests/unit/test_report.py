"""Reports show what was said as text and never as markup or control codes."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from coach.domain.review import Outcome
from coach.report.html import review_html
from coach.report.text import clock, review_text
from tests.builders import review, with_dont

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> =cmd|" \x1b[31m\u202e'


def test_the_page_escapes_what_was_said() -> None:
    page = review_html(review(f"A: {HOSTILE}", source=HOSTILE))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_terminal_gets_no_control_codes() -> None:
    assert not {"\x1b", "\u202e"} & set(review_text(review(f"A: {HOSTILE}", source=HOSTILE)))


@pytest.mark.parametrize(("language", "words"), [("zh", "待改进"), ("en", "needs work")])
def test_the_verdict_is_said_in_the_readers_language(language: str, words: str) -> None:
    assert words in review_text(review("A: 您好"), language=language)  # type: ignore[arg-type]
    assert words in review_html(review("A: 您好"), language=language).lower()  # type: ignore[arg-type]


def test_the_public_object_has_the_fixed_shape() -> None:
    found = json.loads(json.dumps(review("A: 您好").to_dict()))
    assert found["schema"] == "coach.review/1"
    assert set(found) == {"schema", "call", "turns", "facts", "speech", "scorecard"}
    assert found["scorecard"]["score"] == 66.7
    assert found["scorecard"]["criteria"][0]["evidence"] == [
        {"turn": 0, "start": 0.0, "end": 3.0, "quote": "您好", "confidence": 1.0}
    ]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (75.2, "1:15"), (3661, "1:01:01")]
)
def test_seconds_are_shown_as_a_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("outcome", "shown", "not_shown"),
    [(Outcome.MET, "✓ 无威胁恐吓", "✓ 威胁恐吓"), (Outcome.NOT_MET, "✗ 威胁恐吓", "无威胁恐吓")],
)
def test_a_fault_that_did_not_happen_is_named_as_such(outcome: Outcome, shown: str, not_shown: str) -> None:
    text = review_text(with_dont(review("A: 您好"), outcome))
    assert shown in text
    assert not_shown not in text


@pytest.mark.parametrize(("roughly", "shown"), [(False, "<td>4,000 元</td>"), (True, "<td>约 4,000 元</td>")])
def test_a_sum_that_was_named_roughly_is_not_stated_as_exact(roughly: bool, shown: str) -> None:
    told = review("A: 大概四千多")
    facts = replace(told.observed.facts, amount_due=Decimal(4000), amount_due_approximate=roughly)
    assert shown in review_html(replace(told, observed=replace(told.observed, facts=facts)))
