"""The manner of speaking, as rules see it."""

from __future__ import annotations

from collections.abc import Mapping

from coach.domain.call import Role
from coach.domain.observations import CallSpeech, SpeechEvent
from coach.domain.rule import Event, Measure, MeasureName, Who
from coach.domain.text import Text
from coach.rules.seen import Hit, Seen, told, unknown
from coach.rules.view import Scope, View

NO_SOUND = Text("没有录音，听不到说话方式", "there is no sound, so the manner of speaking cannot be heard")
NOT_MEASURED = Text("录音不足以测量这一项", "the recording does not allow this to be measured")


def measure(rule: Measure, view: View) -> Seen:
    """A measure of the whole call against its bounds."""
    speech = view.observed.speech
    if speech is None:
        return unknown(NO_SOUND)
    value = _value(rule, view, speech)
    if value is None:
        return unknown(NOT_MEASURED)
    return told(rule.bounds.hold(value))


def _value(rule: Measure, view: View, speech: CallSpeech) -> float | None:
    match rule.name:
        case MeasureName.SILENCE:
            return speech.silence
        case MeasureName.OVERLAP:
            return speech.overlap
        case MeasureName.INTERRUPTIONS:
            return _of(speech.interruptions, rule.by, view)
        case MeasureName.INTERRUPTIONS_PER_MINUTE:
            count = _of(speech.interruptions, rule.by, view)
            minutes = (view.observed.call.duration or 0.0) / 60
            return None if count is None or minutes == 0 else count / minutes
        case MeasureName.TALK_SHARE:
            return _of(speech.talk_share, rule.by, view)
        case MeasureName.PACE:
            return _of(speech.pace, rule.by, view)
        case MeasureName.LONGEST_MONOLOGUE:
            return _of(speech.longest_monologue, rule.by, view)


def _of(measures: Mapping[Role, float] | Mapping[Role, int], who: Who, view: View) -> float | None:
    coached = view.observed.call.coached
    if who is Who.COACHED:
        return measures.get(coached)
    if who in (Who.OTHER, Who.ANYONE):
        others = [value for role, value in measures.items() if who is Who.ANYONE or role is not coached]
        return max(others) if others else None
    return measures.get(Role(who.value))


def event(rule: Event, view: View, scope: Scope) -> Seen:
    """How often something was heard, with the turns in which it was."""
    speech = view.observed.speech
    if speech is None:
        return unknown(NO_SOUND)
    placed = [
        (heard, _turn(heard, view))
        for heard in speech.events
        if heard.kind is rule.kind and _by(heard, rule, view)
    ]
    inside = [at for _, at in placed if at is None or at in scope]
    return told(rule.bounds.hold(len(inside)), (Hit(at) for at in inside if at is not None))


def _by(heard: SpeechEvent, rule: Event, view: View) -> bool:
    if heard.role is None or rule.by is Who.ANYONE:
        return True
    coached = view.observed.call.coached
    if rule.by is Who.COACHED:
        return heard.role is coached
    if rule.by is Who.OTHER:
        return heard.role is not coached
    return heard.role.value == rule.by.value


def _turn(heard: SpeechEvent, view: View) -> int | None:
    """The turn of the event, or the one that shares most of its seconds."""
    if heard.turn is not None:
        return heard.turn
    shared = {
        position: turn.interval.overlap(heard.interval)
        for position, turn in enumerate(view.turns)
        if turn.interval is not None
    }
    best = max(shared, key=lambda position: shared[position], default=None)
    return best if best is not None and shared[best] > 0 else None
