"""The held-out calls were labelled three times: each reading is whole, and two of three decide."""

from __future__ import annotations

from coach.domain.call import Role
from coach.domain.labels import DOS, OTHER_SIDE, LabelId
from coach.evaluate.gold import read_gold
from tests.benchmarks.agreement import CALLS, FILES, GOLD, first_reading, later_readings, macro_f1, majority


def test_every_judged_turn_was_read_three_times_with_labels_of_the_rubric() -> None:
    first = first_reading(FILES)
    ids = {label.value for label in LabelId}
    for reading in later_readings():
        assert reading.keys() == first.keys()
        assert set().union(*reading.values()) <= ids
    assert len(later_readings()) == 2


def test_no_reading_puts_a_label_on_a_party_that_cannot_have_it() -> None:
    for name in CALLS:
        for call in read_gold(GOLD / f"{name}.jsonl"):
            for reading in later_readings():
                for at, turn in enumerate(call.turns):
                    put = {LabelId(label) for label in reading[call.id, at]}
                    assert turn.speaker is call.coached or not put & DOS
                    assert turn.speaker is Role.CUSTOMER or not put & OTHER_SIDE


def test_two_of_three_decide() -> None:
    place = ("call", 0)
    readings = [{place: frozenset(put)} for put in ({"threat"}, {"threat", "emotional"}, {"insult"})]
    assert majority(readings, place) == {"threat"}


def test_a_reading_agrees_wholly_with_itself() -> None:
    first = first_reading(CALLS)
    assert macro_f1(first, first, list(LabelId)) == 1.0
