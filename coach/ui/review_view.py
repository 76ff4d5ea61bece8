"""A review as the plain data that the ``call_player`` component shows, in the language of the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import CRITICAL, DONTS, DOS, NAMES, LabelId
from coach.domain.observations import CallSpeech, Facts, LabelHit, ObservedCall
from coach.domain.review import CriterionInfo, CriterionKind, Evidence, Finding, Outcome, Review
from coach.domain.text import Text, UiLanguage
from coach.domain.time import Interval, Seconds, Span
from coach.domain.transcript import Word
from coach.language.day_doubts import deadline_doubt, mention_doubt, promise_doubt
from coach.ui.heard_view import numbers, placed, quality_view, speakers_view, unclear

View = dict[str, Any]

UNSURE_WORDS = 0.5
"""A turn whose recogniser was less confident than this is shown as one to listen to."""

UNSURE_SPEAKER = 0.6
"""A turn whose speaker is less certain than this is shown as a guess."""


def review_view(review: Review, language: UiLanguage) -> View:
    """Everything that is shown of a review; seconds, and characters as half-open ``[start, end)``."""
    observed, card = review.observed, review.scorecard
    infos = {info.id: info for info in review.criteria}
    return {
        "call": _call(observed.call, review.playbook_version),
        "score": None if card.score is None else round(float(card.score)),
        "verdict": card.verdict.value,
        "because": card.because.in_language(language),
        "critical": list(card.critical),
        "criteria": [_criterion(f, infos[f.criterion], observed.call, language) for f in card.findings],
        "facts": _facts(observed.facts, observed.call.turns, language),
        "speech": None if observed.speech is None else _speech(observed.speech),
        "turns": [_turn(turn, observed, language) for turn in observed.call.turns],
        "speakers": speakers_view(review),
    }


def _call(call: Call, playbook_version: str) -> View:
    return {
        "source": call.source,
        "playbook": call.playbook,
        "playbookVersion": playbook_version,
        "coached": call.coached.value,
        "language": call.language,
        "startedAt": call.started_at.isoformat() if call.started_at is not None else None,
        "duration": call.duration,
        "channels": call.channels,
        "recogniser": None if call.asr is None else call.asr.model,
        "quality": quality_view(call.quality),
    }


def _criterion(finding: Finding, info: CriterionInfo, call: Call, language: UiLanguage) -> View:
    return {
        "id": finding.criterion,
        "group": "critical" if info.critical else info.kind.value,
        "title": info.title_when(finding.outcome).in_language(language),
        "name": info.title.in_language(language),
        "outcome": finding.outcome.value,
        "credit": _rounded(float(finding.credit)),
        "because": finding.because.in_language(language),
        "source": info.source,
        "advice": info.advice.in_language(language),
        "better": info.better.in_language(language),
        "evidence": [{**_evidence(e, call), "tone": _tone(finding, info, call, e)} for e in finding.evidence],
        "toCheck": [{**_evidence(e, call), "tone": "check"} for e in finding.to_check],
    }


def _tone(finding: Finding, info: CriterionInfo, call: Call, evidence: Evidence) -> str:
    """What a piece of evidence shows: a fault, a merit, or only the context that a criterion looks at."""
    if call.turns[evidence.turn].role is not call.coached:
        return "context"
    if info.kind is CriterionKind.DO:
        return "merit" if finding.credit > 0 else "context"
    if finding.outcome is not Outcome.NOT_MET:
        return "context"
    return "critical" if info.critical else "fault"


def _evidence(evidence: Evidence, call: Call) -> View:
    text = call.turns[evidence.turn].text
    return {
        "turn": evidence.turn,
        "at": _at(evidence.interval),
        "quote": evidence.quote,
        "span": None if evidence.span is None else _units(evidence.span, text),
    }


def _turn(turn: Turn, observed: ObservedCall, language: UiLanguage) -> View:
    hits = observed.labels[turn.i] if observed.labels is not None else ()
    facts = observed.facts
    view: View = {
        "role": turn.role.value,
        "text": turn.text,
        "at": _at(turn.interval),
        "labels": [_label(hit, turn.role is observed.call.coached, language) for hit in hits],
        "pii": [[*_units(p.span, turn.text), p.type.value] for p in observed.pii[turn.i]],
        "corrections": [[*_units(c.span, turn.text), c.original] for c in turn.corrections],
        "words": word_starts(turn.text, turn.words),
        "unclear": [_units(span, turn.text) for span in unclear(turn, observed.call.at_once or ())],
        "numbers": [[*_units(span, turn.text), kind, value] for span, kind, value in numbers(facts, turn)],
        "unsure": turn.confidence is not None and turn.confidence < UNSURE_WORDS,
        "guessed": turn.role_confidence < UNSURE_SPEAKER,
    }
    manner = observed.turn_speech[turn.i] if observed.turn_speech is not None else None
    if manner is not None:
        heard = {"interruption": manner.interrupts, "raised_voice": manner.raised, "hurried": manner.hurried}
        view["manner"] = [name for name, was_heard in heard.items() if was_heard]
    return view


def _label(hit: LabelHit, coached: bool, language: UiLanguage) -> View:
    return {
        "id": hit.label.value,
        "name": NAMES[hit.label].in_language(language),
        "tone": _label_tone(hit.label, coached) if hit.sure else "check",
        "sure": hit.sure,
    }


def _label_tone(label: LabelId, coached: bool) -> str:
    if not coached:
        return "context"
    if label in CRITICAL:
        return "critical"
    return "fault" if label in DONTS else "merit" if label in DOS else "context"


def word_starts(text: str, words: tuple[Word, ...]) -> list[list[float]]:
    """Where and when each word begins: ``[character, seconds]``.

    Words that a correction replaced are not found in the text and are left out.
    """
    return [[_unit(span.start, text), round(word.interval.start, 2)] for word, span in placed(text, words)]


def _facts(facts: Facts, turns: tuple[Turn, ...], language: UiLanguage) -> View:
    plan = facts.plan
    return {
        "amountDue": _money(facts.amount_due),
        "amountDueAbout": facts.amount_due_approximate,
        "deadline": _day(facts.deadline),
        "deadlineWhy": _said(deadline_doubt(facts), language),
        "plan": None
        if plan is None
        else {
            "total": _money(plan.total),
            "instalments": plan.instalments,
            "each": _money(plan.each),
            "starts": _day(plan.starts),
            "addsUp": plan.adds_up,
            "turn": plan.turn,
        },
        "amounts": [
            {
                "value": _money(a.value),
                "about": a.approximate,
                "kind": a.kind.value,
                "turn": a.turn,
                "words": a.span.of(turns[a.turn].text),
            }
            for a in facts.amounts
        ],
        "dates": [
            {
                "date": _day(d.date),
                "turn": d.turn,
                "words": d.span.of(turns[d.turn].text),
                "why": _said(mention_doubt(d), language),
            }
            for d in facts.dates
        ],
        "promises": [
            {
                "who": p.who.value,
                "amount": _money(p.amount),
                "about": p.approximate,
                "due": _day(p.due),
                "dueWhy": _said(promise_doubt(facts, p), language),
                "how": p.how,
                "turn": p.turn,
            }
            for p in facts.promises
        ],
    }


def _speech(speech: CallSpeech) -> View:
    return {
        "talkShare": _by_role(speech.talk_share),
        "interruptions": _by_role(speech.interruptions),
        "pace": _by_role(speech.pace),
        "longestMonologue": _by_role(speech.longest_monologue),
        "overlap": _rounded(speech.overlap),
        "silence": _rounded(speech.silence),
        "events": [
            {
                "kind": event.kind.value,
                "at": _at(event.interval),
                "role": event.role.value if event.role is not None else None,
                "turn": event.turn,
            }
            for event in speech.events
        ],
    }


def _by_role(measures: Any) -> dict[str, float]:
    return {role.value: round(float(value), 3) for role, value in measures.items()}


def channel_lanes(peaks: list[list[float]], turns: tuple[Turn, ...], duration: Seconds | None) -> list[int]:
    """The channel to draw in the agent's and in the other party's lane: where each is louder while speaking.

    One channel serves both lanes.
    """
    if len(peaks) < 2 or not duration:
        return [0, 0]
    loud = [[_loudness(channel, turns, duration, own=own) for channel in peaks[:2]] for own in (True, False)]
    straight = loud[0][0] + loud[1][1]
    crossed = loud[0][1] + loud[1][0]
    return [0, 1] if straight >= crossed else [1, 0]


def _loudness(channel: list[float], turns: tuple[Turn, ...], duration: Seconds, *, own: bool) -> float:
    total, count = 0.0, 0
    for turn in turns:
        if turn.interval is None or (turn.role is Role.AGENT) is not own:
            continue
        first = int(turn.interval.start / duration * len(channel))
        part = channel[first : max(first + 1, int(turn.interval.end / duration * len(channel)))]
        total, count = total + sum(part), count + len(part)
    return total / count if count else 0.0


def _units(span: Span, text: str) -> list[int]:
    return [_unit(span.start, text), _unit(span.end, text)]


def _unit(at: int, text: str) -> int:
    """A place in the text as JavaScript counts it: characters beyond the basic plane are two units."""
    return at if text.isascii() else at + sum(ord(character) > 0xFFFF for character in text[:at])


def _at(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval.start, 2), round(interval.end, 2)]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _said(text: Text | None, language: UiLanguage) -> str | None:
    return None if text is None else text.in_language(language)


def _money(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
