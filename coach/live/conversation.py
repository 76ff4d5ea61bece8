"""Utterances to the turns so far, by the same steps as for a whole recording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from coach.domain.call import Role, Turn
from coach.domain.time import Interval
from coach.domain.transcript import Diarization, Segment, SpeakerStretch, Transcript
from coach.live.hearing import Utterance
from coach.speech.align import SpokenTurn, spoken_turns
from coach.speech.cluster import Vectors, nearest, speakers
from coach.speech.roles import name_roles

MOST = 100
"""So many utterances are open to being put together anew; turns before them are settled."""
_SETTLED_AT_ONCE = 50

Correct = Callable[[tuple[Turn, ...]], tuple[Turn, ...]]


class Conversation:
    """The turns of a session, numbered from its start.

    ``agent_channel`` as for a recording: ``left`` or ``right`` of two channels, or ``auto``.
    ``preface`` are turns from before the session.
    """

    def __init__(
        self, *, coached: Role, agent_channel: str, correct: Correct, preface: tuple[Turn, ...] = ()
    ) -> None:
        self._coached = coached
        self._agent_channel = agent_channel
        self._correct = correct
        self._settled = preface
        self._utterances: list[Utterance] = []
        self._corrected: dict[tuple[str, float], Turn] = {}
        self._turns = preface

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns so far."""
        return self._turns

    def add(self, utterance: Utterance, language: str) -> tuple[Turn, ...]:
        """The turns with this utterance in them; earlier ones may have changed hands."""
        self._utterances.append(utterance)
        recent = self._named(language)
        self._turns = (*self._settled, *self._numbered(recent))
        if len(self._utterances) > MOST:
            self._settle(recent)
        return self._turns

    def _named(self, language: str) -> tuple[Turn, ...]:
        turns = name_roles(
            self._spoken(language),
            coached=self._coached,
            language=language,
            agent_channel=self._agent_channel,
        )
        return self._mended(turns) if language == "zh" else turns

    def _spoken(self, language: str) -> tuple[SpokenTurn, ...]:
        segments = sorted((one.segment for one in self._utterances), key=_when)
        transcript = Transcript(tuple(segments), language, 1.0)
        return spoken_turns(transcript, self._diarization())

    def _diarization(self) -> Diarization | None:
        """The voices of one channel, told apart anew with every utterance."""
        pieces: list[Interval] = []
        vectors: list[Vectors] = []
        for utterance in self._utterances:
            if utterance.vectors is not None:
                pieces.extend(utterance.pieces)
                vectors.append(utterance.vectors)
        if not vectors:
            return None
        joined = np.concatenate(vectors)
        found = speakers(joined, np.array([piece.duration for piece in pieces]), most=2)
        whose = nearest(joined, found.centres)
        stretches = tuple(
            SpeakerStretch(chr(ord("A") + int(speaker)), piece)
            for piece, speaker in sorted(zip(pieces, whose, strict=True), key=lambda pair: pair[0])
        )
        return Diarization(stretches, found.confidence)

    def _mended(self, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        keys = [(turn.text, turn.interval.start if turn.interval is not None else 0.0) for turn in turns]
        self._corrected = {
            key: self._corrected[key] if key in self._corrected else self._correct((turn,))[0]
            for key, turn in zip(keys, turns, strict=True)
        }
        return tuple(
            replace(self._corrected[key], i=turn.i, role=turn.role, role_confidence=turn.role_confidence)
            for key, turn in zip(keys, turns, strict=True)
        )

    def _numbered(self, recent: Sequence[Turn]) -> tuple[Turn, ...]:
        first = len(self._settled)
        return tuple(replace(turn, i=first + at) for at, turn in enumerate(recent))

    def _settle(self, recent: Sequence[Turn]) -> None:
        """Close the oldest part at a place where no turn runs across."""
        ordered = sorted(self._utterances, key=lambda one: _when(one.segment))
        for at in range(_SETTLED_AT_ONCE, len(ordered)):
            start = ordered[at].segment.interval.start
            across = any(
                turn.interval is not None and turn.interval.start < start < turn.interval.end
                for turn in recent
            )
            if not across:
                before = [turn for turn in recent if turn.interval is not None and turn.interval.end <= start]
                self._settled = (*self._settled, *self._numbered(before))
                self._utterances = ordered[at:]
                return


def _when(segment: Segment) -> float:
    return segment.interval.start


def shares(turns: Sequence[Turn]) -> dict[Role, float]:
    """Each party's share 0..1 of the time that was talked, from second 0 on."""
    held: dict[Role, float] = {}
    for turn in turns:
        if turn.interval is not None and turn.interval.start >= 0:
            held[turn.role] = held.get(turn.role, 0.0) + turn.interval.duration
    total = sum(held.values())
    return {role: seconds / total for role, seconds in held.items()} if total > 0 else {}
