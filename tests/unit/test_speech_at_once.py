"""Two who speak at once in one channel: where it is looked for, what is found, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach import playbooks
from coach.domain.call import Role, Turn
from coach.domain.review import Outcome
from coach.domain.time import Interval, Span
from coach.domain.transcript import SpeakerStretch, Word, drowned
from coach.rules import evaluate
from coach.speech import floor
from coach.speech.at_once import changes, handed_over, overlaps, windows_around
from coach.ui.heard_view import unclear
from tests.rule_calls import observed

AGENT, CUSTOMER = Role.AGENT, Role.CUSTOMER
FRAME = 270 / 16_000
FIRST = (991 - 270) / 2 / 16_000


def stretches(*rows: tuple[str, float, float]) -> tuple[SpeakerStretch, ...]:
    return tuple(SpeakerStretch(name, Interval(start, end)) for name, start, end in rows)


def said(*rows: tuple[Role, float, float, str]) -> tuple[Turn, ...]:
    return tuple(Turn(i, who, text, Interval(start, end)) for i, (who, start, end, text) in enumerate(rows))


def frames(*runs: tuple[int, int, float], count: int = 60) -> np.ndarray:
    """The probability of two voices: little, but for runs of frames."""
    found = np.full(count, 0.05, np.float32)
    for first, last, probability in runs:
        found[first:last] = probability
    return found


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([("A", 0, 4), ("B", 4, 9)], (4.0,)),
        ([("A", 0, 4), ("B", 4.16, 9)], (4.08,)),
        ([("A", 0, 4), ("B", 4.5, 9)], ()),
        ([("A", 0, 4), ("A", 4.1, 9)], ()),
        ([], ()),
    ],
    ids=["in one breath", "a breath between", "a pause between", "the same voice", "nobody"],
)
def test_it_is_looked_for_where_another_goes_on_without_a_pause(rows: list, places: tuple) -> None:
    assert changes(stretches(*rows)) == pytest.approx(places)


def test_windows_have_their_change_in_the_middle_and_near_changes_share_one() -> None:
    found = windows_around((1.0, 10.0, 10.9, 11.5))
    assert found == (Interval(0, 4), Interval(8, 12), Interval(9.5, 13.5))


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        ([(10, 30, 0.9)], [(10, 30)]),
        ([(10, 30, 0.39)], []),
        ([(10, 15, 0.9)], []),
        ([(10, 20, 0.9), (24, 34, 0.9)], [(10, 34)]),
        ([(10, 20, 0.9), (40, 60, 0.9)], [(10, 20), (40, 60)]),
    ],
    ids=["long enough", "not likely enough", "too short", "a gap of a few frames", "two places"],
)
def test_a_place_is_likely_for_a_tenth_of_a_second(runs: list, found: list) -> None:
    places = [(round((at.start - 7 - FIRST) / FRAME), round((at.end - 7 - FIRST) / FRAME))
              for at in overlaps(frames(*runs), 7.0)]  # fmt: skip
    assert places == found


@pytest.mark.parametrize(
    ("at_once", "change"),
    [
        ([(4.5, 5.0)], 4.75),
        ([(4.5, 5.0), (5.1, 5.5)], 4.75),
        ([(6.0, 6.5)], 4.0),
        ([(8.5, 9.5)], 4.0),
        ([], 4.0),
    ],
    ids=["in its middle", "of the nearer one", "too far away", "a pause between them", "none"],
)
def test_in_unbroken_speech_the_floor_is_handed_over_where_both_speak(at_once: list, change: float) -> None:
    told = stretches(("A", 0, 4), ("B", 4, 9), ("A", 9.1, 12))
    moved = handed_over(told, [Interval(*both) for both in at_once])
    assert moved == stretches(("A", 0, change), ("B", change, 9), ("A", 9.1, 12))


@pytest.mark.parametrize(
    ("both", "second", "meets", "cuts"),
    [
        ((3.6, 4.1), "我不是说了我没有钱", True, True),
        ((3.9, 4.1), "我不是说了我没有钱", True, False),
        ((4.0, 5.4), "我不是说了我没有钱", True, False),
        ((3.6, 4.1), "嗯嗯", True, False),
        ((1.0, 1.5), "我不是说了我没有钱", False, False),
    ],
    ids=["cuts in", "a touch", "both to the end", "a nod", "far from the other's words"],
)
def test_words_that_follow_each_other_meet_where_two_were_heard(
    both: tuple[float, float], second: str, meets: bool, cuts: bool
) -> None:
    turns = said((AGENT, 0, 4, "您这笔账单已经"), (CUSTOMER, 4, 5.5, second))
    found = floor.meetings(turns, (Interval(*both),))
    assert found == ((floor.Meeting(1, 0, Interval(*both)),) if meets else ())
    assert (floor.interrupts(turns, found, 1) is not None) is cuts


def test_a_nod_into_a_long_turn_meets_that_turn_and_not_the_one_after() -> None:
    turns = said((AGENT, 0, 9, "我帮您申请分期"), (CUSTOMER, 5, 5.4, "嗯"), (CUSTOMER, 9.2, 12, "那好吧"))
    assert floor.meetings(turns, (Interval(5.0, 5.3),)) == (floor.Meeting(1, 0, Interval(5.0, 5.3)),)


def test_times_of_words_in_one_channel_are_no_overlap_where_none_was_heard() -> None:
    turns = said((AGENT, 0, 9, "我帮您申请分期"), (CUSTOMER, 5, 6.4, "我不同意"))
    assert len(floor.meetings(turns)) == 1
    assert floor.meetings(turns, ()) == ()


@pytest.mark.parametrize(("start", "lost"), [(0.0, True), (0.25, True), (0.35, False), (2.0, False)])
def test_a_word_that_lies_for_the_most_part_where_two_speak_is_lost(start: float, lost: bool) -> None:
    word = Word("钱", Interval(start, start + 0.5), 0.9)
    assert drowned(word, (Interval(0.0, 0.5),)) is lost


def test_words_while_two_speak_are_shown_as_unclear() -> None:
    words = tuple(Word(c, Interval(i, i + 1), 0.9) for i, c in enumerate("明天还钱"))
    turn = Turn(0, AGENT, "明天还钱", Interval(0, 4), words)
    assert unclear(turn) == []
    assert unclear(turn, (Interval(0, 1.8),)) == [Span(0, 2)]


@pytest.mark.parametrize(
    ("at_once", "outcome"),
    [
        (None, Outcome.NOT_MET),
        ((Interval(0.0, 0.3),), Outcome.NOT_MET),
        ((Interval(0.0, 1.0),), Outcome.NOT_DETERMINABLE),
        ((Interval(1.4, 3.0),), Outcome.NOT_MET),
    ],
    ids=["nobody listened", "one word", "all that carries it", "other words"],
)
def test_a_dont_that_was_said_while_two_spoke_is_to_be_checked(
    at_once: tuple[Interval, ...] | None, outcome: Outcome
) -> None:
    heard = observed("A threat | 明天就带人去，您看着办吧", "C | 你这是什么意思", heard={0: "办吧"})
    heard = replace(heard, call=replace(heard.call, at_once=at_once))
    finding = next(f for f in evaluate(heard, playbooks.load("collection")) if f.criterion == "no_threat")
    assert finding.outcome is outcome
