"""The manner of speaking over a call, against each party's own habit; dynamics, never an emotion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.audio.channels import Levels, levels
from coach.domain.call import Call, Role, Turn
from coach.domain.observations import CallSpeech, SpeechEvent, SpeechEventKind, TurnSpeech
from coach.domain.recording import AudioQuality, DecodedAudio
from coach.domain.time import Interval, Seconds
from coach.speech import floor
from coach.speech.manner import Habit, Manner, habits, manner, spoken_time, units
from coach.speech.quality import quality

_RAISED = 1.85
_LEAST_LOUDER_DB = 3.0
_MOST_Z = 4.0
"""One measure alone, such as a pitch an octave off, does not make a raised voice."""
_HURRIED_Z = 2.0
_HURRIED_BY = 1.25
_LEAST_UNITS_FOR_PACE = 6
_MONOLOGUE: Seconds = 45.0


@dataclass(frozen=True, slots=True)
class ProsodyMeter:
    """Measures the manner of speaking (``ports.SpeechMeter``)."""

    def measure(self, audio: DecodedAudio, call: Call) -> tuple[tuple[TurnSpeech, ...], CallSpeech]:
        """Measures by turn, and over the call."""
        return _measured(call, _manners(audio, call.turns), audio.duration)

    def quality(self, audio: DecodedAudio, turns: Sequence[Turn]) -> AudioQuality:
        """What the sound allows."""
        return quality(audio, turns)


def remeasured(call: Call, by_turn: Sequence[TurnSpeech]) -> tuple[tuple[TurnSpeech, ...], CallSpeech]:
    """The measures after turns were given to other parties: each against its new speaker's habit."""
    manners = [Manner(own.pace, own.loudness_db, own.pitch_hz, own.tilt_db) for own in by_turn]
    return _measured(call, manners, call.duration or 0.0)


def _measured(
    call: Call, manners: Sequence[Manner], until: Seconds
) -> tuple[tuple[TurnSpeech, ...], CallSpeech]:
    turns = call.turns
    usual = habits(turns, manners)
    meetings = floor.meetings(turns, call.at_once)
    cut_in = [floor.interrupts(turns, meetings, i) for i in range(len(turns))]
    by_turn = tuple(
        _turn(turns, i, manners[i], usual[turn.role], cut_in[i] is not None, pause)
        for i, (turn, pause) in enumerate(zip(turns, _pauses(turns), strict=True))
    )
    return by_turn, _call(turns, by_turn, meetings, cut_in, until)


def efforts(audio: DecodedAudio, turns: Sequence[Turn]) -> tuple[float | None, ...]:
    """How much more effort than its speaker's own habit there is in each turn; what ``raised`` is made of."""
    manners = _manners(audio, turns)
    usual = habits(turns, manners)
    return tuple(effort(own, usual[turn.role]) for own, turn in zip(manners, turns, strict=True))


def _manners(audio: DecodedAudio, turns: Sequence[Turn]) -> list[Manner]:
    level = levels(audio)
    channels = _channels(turns, level)
    return [
        manner(audio, turn, channels.get(turn.role), level[channels.get(turn.role) or 0]) for turn in turns
    ]


def _channels(turns: Sequence[Turn], level: Levels) -> dict[Role, int | None]:
    """The channel that each party speaks on: the one that is louder while it speaks."""
    if len(level) == 1:
        return {turn.role: None for turn in turns}
    totals: dict[Role, np.ndarray] = {}
    for turn in turns:
        if turn.interval is not None:
            part = level[:, round(turn.interval.start / 0.02) : round(turn.interval.end / 0.02)]
            totals[turn.role] = totals.get(turn.role, np.zeros(len(level))) + part.sum(axis=1)
    return {role: int(total.argmax()) for role, total in totals.items()}


def _turn(
    turns: Sequence[Turn], i: int, own: Manner, usual: Habit, cuts_in: bool, pause: Seconds | None
) -> TurnSpeech:
    enough = units(turns[i].text) >= _LEAST_UNITS_FOR_PACE
    pace_z = usual.z("pace", own.pace) if enough else None
    return TurnSpeech(
        pace=own.pace,
        loudness_db=own.loudness,
        pitch_hz=own.pitch,
        loudness_z=usual.z("loudness", own.loudness),
        pitch_z=usual.z("pitch", own.pitch),
        pace_z=pace_z,
        pause_before=pause,
        tilt_db=own.tilt,
        raised=_raised(own, usual),
        hurried=_hurried(own, usual, pace_z),
        interrupts=cuts_in,
        backchannel=floor.nods(turns, i),
    )


def effort(own: Manner, usual: Habit) -> float | None:
    """How much more effort than usual there is in a voice: loudness, pitch and tilt together."""
    known = [
        min(_MOST_Z, max(-_MOST_Z, z))
        for name in ("loudness", "pitch", "tilt")
        if (z := usual.z(name, getattr(own, name))) is not None
    ]
    return sum(known) / len(known) if len(known) >= 2 else None


def _raised(own: Manner, usual: Habit) -> bool | None:
    much = effort(own, usual)
    if much is None:
        return None
    louder = own.loudness is not None and own.loudness - usual.middle["loudness"] >= _LEAST_LOUDER_DB
    return much >= _RAISED and louder


def _hurried(own: Manner, usual: Habit, pace_z: float | None) -> bool | None:
    if pace_z is None or own.pace is None:
        return None
    return pace_z >= _HURRIED_Z and own.pace >= _HURRIED_BY * usual.middle["pace"]


def _pauses(turns: Sequence[Turn]) -> list[Seconds | None]:
    """Before each turn, the seconds since anybody spoke."""
    found: list[Seconds | None] = []
    last: Seconds | None = None
    for turn in turns:
        at = turn.interval
        found.append(None if at is None or last is None else max(0.0, at.start - last))
        last = at.end if at is not None and last is None else max(last or 0.0, at.end if at else 0.0)
    return found


def _call(
    turns: Sequence[Turn],
    by_turn: Sequence[TurnSpeech],
    meetings: Sequence[floor.Meeting],
    cut_in: Sequence[Interval | None],
    until: Seconds,
) -> CallSpeech:
    roles = sorted({turn.role for turn in turns})
    talk = {role: float(sum(at.duration for at in floor.speech(turns, role))) for role in roles}
    total = sum(talk.values()) or 1.0
    quiet = floor.silences(turns, until)
    longest = {role: floor.longest_monologue(turns, role) for role in roles}
    return CallSpeech(
        talk_share={role: seconds / total for role, seconds in talk.items()},
        interruptions={
            role: sum(1 for turn, at in zip(turns, cut_in, strict=True) if at and turn.role is role)
            for role in roles
        },
        pace={role: pace for role in roles if (pace := _pace(turns, role)) is not None},
        longest_monologue={role: at.duration for role, at in longest.items() if at is not None},
        overlap=float(sum(meeting.interval.duration for meeting in meetings)),
        silence=float(sum(at.duration for at in quiet)),
        events=_events(turns, by_turn, meetings, cut_in, quiet, longest),
    )


def _pace(turns: Sequence[Turn], role: Role) -> float | None:
    own = [turn for turn in turns if turn.role is role]
    seconds = sum(spoken_time(turn) for turn in own)
    return sum(units(turn.text) for turn in own) / seconds if seconds > 0 else None


def _events(
    turns: Sequence[Turn],
    by_turn: Sequence[TurnSpeech],
    meetings: Sequence[floor.Meeting],
    cut_in: Sequence[Interval | None],
    quiet: Sequence[Interval],
    longest: dict[Role, Interval | None],
) -> tuple[SpeechEvent, ...]:
    kind = SpeechEventKind
    found = [SpeechEvent(kind.SILENCE, at) for at in quiet]
    found += [
        SpeechEvent(kind.MONOLOGUE, at, role)
        for role, at in longest.items()
        if at is not None and at.duration >= _MONOLOGUE
    ]
    for i, (turn, own) in enumerate(zip(turns, by_turn, strict=True)):
        if turn.interval is not None and own.raised:
            found.append(SpeechEvent(kind.RAISED_VOICE, turn.interval, turn.role, i))
        if turn.interval is not None and own.hurried:
            found.append(SpeechEvent(kind.HURRIED, turn.interval, turn.role, i))
        if (at := cut_in[i]) is not None:
            found.append(SpeechEvent(kind.INTERRUPTION, at, turn.role, i))
    found += [
        SpeechEvent(kind.OVERLAP, meeting.interval, turns[meeting.turn].role, meeting.turn)
        for meeting in meetings
        if cut_in[meeting.turn] is None and not by_turn[meeting.turn].backchannel
    ]
    return tuple(sorted(found, key=lambda event: event.interval))
