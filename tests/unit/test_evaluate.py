"""The measures of ``coach evaluate`` count what the gold answers for, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain.errors import TranscriptError
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.domain.review import Review
from coach.evaluate.compare import compare
from coach.evaluate.counts import Counts, bootstrap
from coach.evaluate.gold import GoldCall, read_gold
from coach.evaluate.report import summary_page, summary_text
from coach.evaluate.summary import calibration_error, macro_f1, summary
from coach.pipeline import rescore
from coach.playbooks import load
from tests.builders import review

LINES = ("A: 您好", "C: 我没钱", "A: 去你家", "A: 再见")
GOLD = GoldCall.model_validate(
    {
        "id": "one",
        "lang": "zh",
        "playbook": "collection",
        "turns": [
            {"speaker": "agent", "text": "您好", "labels": ["courtesy"], "start": 0, "end": 3},
            {"speaker": "customer", "text": "我没钱", "labels": ["hardship"], "start": 3, "end": 6},
            {"speaker": "agent", "text": "去你家", "labels": ["threat"], "start": 6, "end": 9},
            {"speaker": "agent", "text": "再见", "labels": [], "start": 9, "end": 12},
        ],
    }
)


def _review(*labels: tuple[str, ...]) -> Review:
    made = review(*LINES)
    hits = tuple(tuple(LabelHit(LabelId(label), 0.9) for label in some) for some in labels)
    return rescore(replace(made.observed, labels=hits), load("collection"))


PERFECT = (("courtesy",), ("hardship",), ("threat",), ())


@pytest.mark.parametrize("heard", [False, True])
def test_a_perfect_answer_has_no_errors(heard: bool) -> None:
    found = compare(GOLD, _review(*PERFECT), load("collection"), heard=heard)
    assert set(found.labels.values()) == {Counts(1, 0, 0)}
    assert found.false_dont_turns == 0


def test_a_dos_label_on_the_other_party_is_not_counted() -> None:
    found = compare(
        GOLD,
        _review(("courtesy",), ("hardship", "courtesy"), ("threat",), ()),
        load("collection"),
        heard=False,
    )
    assert found.labels[LabelId.COURTESY] == Counts(1, 0, 0)


def test_a_false_threat_on_a_clean_turn_is_counted_as_such() -> None:
    found = compare(
        GOLD, _review(("courtesy", "threat"), ("hardship",), ("threat",), ()), load("collection"), heard=False
    )
    assert (found.clean_coached_turns, found.false_dont_turns) == (2, 1)
    assert found.labels[LabelId.THREAT] == Counts(1, 1, 0)


def test_a_label_that_was_never_answered_has_recall_zero_and_no_precision() -> None:
    counts = Counts(0, 0, 3)
    assert (counts.recall, counts.precision, counts.f1) == (0.0, None, 0.0)


def test_the_summary_can_be_printed_and_drawn() -> None:
    measures = summary([compare(GOLD, _review(*PERFECT), load("collection"), heard=False)] * 3)
    json.dumps(measures)
    assert measures["macro_f1"]["donts"] == {"f1": 1.0, "interval": [1.0, 1.0]}
    assert "threat" in summary_text(measures)
    assert "<svg" in summary_page(measures)


def test_macro_f1_leaves_out_what_the_gold_never_has() -> None:
    found = [compare(GOLD, _review(*PERFECT), load("collection"), heard=False)]
    assert macro_f1(found, labels=frozenset({LabelId.INSULT})) is None


def test_calibration_is_perfect_when_confidence_is_the_share_of_right_answers() -> None:
    assert calibration_error([(0.5, True), (0.5, False)]) == 0
    assert calibration_error([(0.9, False)]) == pytest.approx(0.9)


def test_the_bootstrap_is_the_same_every_time() -> None:
    assert bootstrap([1.0, 2.0, 3.0], lambda some: sum(some) / len(some)) == bootstrap(
        [1.0, 2.0, 3.0], lambda some: sum(some) / len(some)
    )


def test_a_mistake_in_the_gold_is_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"id": "a", "lang": "zh", "playbook": "collection", "turns": [{"speaker": "x"}]}\n')
    with pytest.raises(TranscriptError, match=r"gold.jsonl:1: turns.0.speaker"):
        list(read_gold(file))
