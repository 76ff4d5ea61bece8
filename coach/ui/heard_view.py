"""How well a call was heard, as the player shows it: the speakers, unclear words, numbers, the sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coach.domain.call import Call, Turn
from coach.domain.observations import Facts
from coach.domain.recording import AudioQuality
from coach.domain.review import Review
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word, drowned

View = dict[str, Any]

UNCLEAR_WORD = 0.3
"""A word whose recogniser was less confident than this is shown as one to listen to."""
SURE_OF_NAMES = 0.9
"""Parties of two channels whose names are surer than this need no question."""
_AHEAD = 12


def speakers_view(review: Review) -> View:
    """Whether a person should look at who is who, what was changed, and the machine's card before that."""
    machine = review.machine
    return {
        "guessed": not review.changes and _guessed(review.observed.call),
        "changes": [
            {"kind": change.kind.value, "by": change.by, "at": change.made_at.isoformat()}
            for change in review.changes
        ],
        "machine": None
        if machine is None
        else {
            "score": None if machine.scorecard.score is None else round(float(machine.scorecard.score)),
            "verdict": machine.scorecard.verdict.value,
        },
    }


def _guessed(call: Call) -> bool:
    """With one channel always, with two where the names are not sure."""
    if call.asr is None or not call.turns:
        return False
    return call.channels == 1 or max(turn.role_confidence for turn in call.turns) < SURE_OF_NAMES


def quality_view(quality: AudioQuality | None) -> View | None:
    """The measures of the sound, rounded."""
    if quality is None:
        return None
    return {
        "snr": None if quality.snr_db is None else round(quality.snr_db),
        "bandwidth": round(quality.bandwidth_hz, -2),
        "clipped": round(quality.clipped_share, 4),
        "speech": round(quality.speech_share, 2),
    }


def unclear(turn: Turn, at_once: Sequence[Interval] = ()) -> list[Span]:
    """Where the recogniser was unsure of the words or two spoke ``at_once``; corrected ones are left out."""
    found: list[Span] = []
    said = turn.interval
    near = [both for both in at_once if said is None or both.overlap(said) > 0]
    for word, span in placed(turn.text, turn.words):
        doubtful = word.confidence < UNCLEAR_WORD or drowned(word, near)
        if doubtful and not any(span.overlaps(c.span) for c in turn.corrections):
            if found and found[-1].end == span.start:
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
    return found


def placed(text: str, words: tuple[Word, ...]) -> list[tuple[Word, Span]]:
    """The words that stand in the text, with where; one that is not found there is left out."""
    found: list[tuple[Word, Span]] = []
    at = 0
    for word in words:
        spoken = word.text.strip()
        start = text.find(spoken, at, at + len(spoken) + _AHEAD) if spoken else -1
        if start >= 0:
            at = start + len(spoken)
            found.append((word, Span(start, at)))
    return found


def numbers(facts: Facts, turn: Turn) -> list[tuple[Span, str, float | str]]:
    """Sums and days as they were said, and what they come to: ``money``, a sum; ``day``, an ISO date."""
    sums: list[tuple[Span, str, float | str]] = [
        (amount.span, "money", float(amount.value)) for amount in facts.amounts if amount.turn == turn.i
    ]
    mine = (day for day in facts.dates if day.turn == turn.i)
    days = [(day.span, "day", day.date.isoformat()) for day in mine if day.date is not None]
    return [*sums, *days]
