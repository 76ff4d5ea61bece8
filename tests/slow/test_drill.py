"""The model answers to the hard lines, judged by the real classifier and rules."""

from __future__ import annotations

from datetime import datetime

import pytest

from coach.assembly import Reviewer
from coach.practice.drill import Judged, judge
from coach.practice.lines import HardLine, hard_lines
from coach.settings import Settings

BAD = {
    "zh": "没钱你借什么钱？今天必须还，不然我带人去你家。",
    "en": "That's not my problem. Pay today, or I'll come to your house and tell everyone.",
}


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(Settings.read())


def _judged(reviewer: Reviewer, line: HardLine, answer: str) -> Judged:
    today = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
    book = reviewer.playbook(line.playbook)
    return judge(line, answer, judges=reviewer.judges, playbook=book, today=today)


@pytest.mark.parametrize("line", hard_lines(), ids=lambda line: line.id)
def test_a_model_answer_meets_all_that_its_line_trains(reviewer: Reviewer, line: HardLine) -> None:
    found = _judged(reviewer, line, line.model)
    assert [point.reached.value for point in found.points] == ["done"] * len(line.trains)
    assert found.faults == ()
    assert found.score == 100


@pytest.mark.parametrize("line", hard_lines(), ids=lambda line: line.id)
def test_a_threatening_answer_is_worth_little(reviewer: Reviewer, line: HardLine) -> None:
    found = _judged(reviewer, line, BAD[line.language])
    assert found.faults
    assert found.score <= 50
