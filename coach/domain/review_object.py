"""The public JSON object ``coach.review/1`` of a review."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from coach.domain.call import Call, Turn
from coach.domain.observations import CallSpeech, Facts, LabelHit, PiiSpan, TurnSpeech
from coach.domain.text import UiLanguage

if TYPE_CHECKING:
    from coach.domain.review import CriterionInfo, Evidence, Finding, Review, Scorecard

SCHEMA = "coach.review/1"


def review_object(review: Review, language: UiLanguage) -> dict[str, Any]:
    """Plain dicts, lists, strings and numbers, ready for ``json.dumps``."""
    observed = review.observed
    return {
        "schema": SCHEMA,
        "call": _call(observed.call, review.playbook_version),
        "turns": [
            _turn(
                turn,
                observed.labels[turn.i] if observed.labels is not None else (),
                observed.pii[turn.i],
                observed.turn_speech[turn.i] if observed.turn_speech is not None else None,
            )
            for turn in observed.call.turns
        ],
        "facts": _facts(observed.facts),
        "speech": _speech(observed.speech) if observed.speech is not None else None,
        "scorecard": _scorecard(review.scorecard, {info.id: info for info in review.criteria}, language),
        **({} if review.machine is None else {"speaker_changes": _changes(review, review.machine)}),
    }


def _changes(review: Review, machine: Review) -> dict[str, Any]:
    """Who said who speaks, and the score before."""
    card = machine.scorecard
    return {
        "changes": [
            {"kind": change.kind.value, "by": change.by, "at": change.made_at.isoformat()}
            for change in review.changes
        ],
        "machine": {
            "score": None if card.score is None else round(float(card.score), 1),
            "verdict": card.verdict.value,
            "speakers": [turn.role.value for turn in machine.observed.call.turns],
        },
    }


def _call(call: Call, playbook_version: str) -> dict[str, Any]:
    quality = call.quality
    return {
        "id": call.id,
        "source": call.source,
        "playbook": call.playbook,
        "playbook_version": playbook_version,
        "coached": call.coached.value,
        "language": call.language,
        "started_at": call.started_at.isoformat() if call.started_at is not None else None,
        "duration": _rounded(call.duration),
        "channels": call.channels,
        "asr": None
        if call.asr is None
        else {
            "model": call.asr.model,
            "language": call.asr.language,
            "language_confidence": round(call.asr.language_confidence, 3),
        },
        "quality": None
        if quality is None
        else {
            "speech_share": round(quality.speech_share, 3),
            "snr_db": _rounded(quality.snr_db, 1),
            "clipped_share": round(quality.clipped_share, 4),
            "bandwidth_hz": round(quality.bandwidth_hz),
            "level_dbfs": round(quality.level_dbfs, 1),
        },
    }


def _turn(
    turn: Turn, hits: tuple[LabelHit, ...], pii: tuple[PiiSpan, ...], speech: TurnSpeech | None
) -> dict[str, Any]:
    return {
        "i": turn.i,
        "speaker": turn.role.value,
        "start": _rounded(turn.interval.start) if turn.interval is not None else None,
        "end": _rounded(turn.interval.end) if turn.interval is not None else None,
        "text": turn.text,
        "confidence": _rounded(turn.confidence, 3),
        "speaker_confidence": round(turn.role_confidence, 3),
        "labels": [_label(hit) for hit in hits if hit.sure],
        "to_check": [_label(hit) for hit in hits if not hit.sure],
        "pii": [{"type": p.type.value, "start": p.span.start, "end": p.span.end} for p in pii],
        "corrections": [
            {"start": c.span.start, "end": c.span.end, "original": c.original} for c in turn.corrections
        ],
        "speech": None if speech is None else _turn_speech(speech),
    }


def _label(hit: LabelHit) -> dict[str, Any]:
    span = {} if hit.span is None else {"start": hit.span.start, "end": hit.span.end}
    return {"id": hit.label.value, "confidence": round(hit.confidence, 3), **span}


def _turn_speech(speech: TurnSpeech) -> dict[str, Any]:
    return {
        "pace": _rounded(speech.pace),
        "loudness_db": _rounded(speech.loudness_db, 1),
        "pitch_hz": _rounded(speech.pitch_hz, 1),
        "loudness_z": _rounded(speech.loudness_z),
        "pitch_z": _rounded(speech.pitch_z),
        "pace_z": _rounded(speech.pace_z),
        "pause_before": _rounded(speech.pause_before),
        "raised": speech.raised,
        "hurried": speech.hurried,
        "interrupts": speech.interrupts,
        "backchannel": speech.backchannel,
    }


def _facts(facts: Facts) -> dict[str, Any]:
    plan = facts.plan
    return {
        "amount_due": _money(facts.amount_due),
        "deadline": facts.deadline.isoformat() if facts.deadline is not None else None,
        "plan": None
        if plan is None
        else {
            "total": _money(plan.total),
            "instalments": plan.instalments,
            "each": _money(plan.each),
            "starts": plan.starts.isoformat() if plan.starts is not None else None,
            "adds_up": plan.adds_up,
            "turn": plan.turn,
        },
        "amounts": [
            {
                "value": _money(a.value),
                "kind": a.kind.value,
                "turn": a.turn,
                "start": a.span.start,
                "end": a.span.end,
            }
            for a in facts.amounts
        ],
        "dates": [
            {
                "date": d.date.isoformat() if d.date is not None else None,
                "turn": d.turn,
                "start": d.span.start,
                "end": d.span.end,
                "ambiguity": d.ambiguity,
            }
            for d in facts.dates
        ],
        "promises": [
            {
                "who": p.who.value,
                "amount": _money(p.amount),
                "due": p.due.isoformat() if p.due is not None else None,
                "how": p.how,
                "turn": p.turn,
            }
            for p in facts.promises
        ],
        "identity": [state.value for state in facts.identity],
    }


def _speech(speech: CallSpeech) -> dict[str, Any]:
    return {
        "talk_share": {role.value: round(share, 3) for role, share in speech.talk_share.items()},
        "interruptions": {role.value: count for role, count in speech.interruptions.items()},
        "pace": {role.value: round(pace, 2) for role, pace in speech.pace.items()},
        "longest_monologue": {role.value: round(s, 2) for role, s in speech.longest_monologue.items()},
        "overlap": round(speech.overlap, 2),
        "silence": round(speech.silence, 2),
        "events": [
            {
                "kind": event.kind.value,
                "start": round(event.interval.start, 2),
                "end": round(event.interval.end, 2),
                "speaker": event.role.value if event.role is not None else None,
                "turn": event.turn,
            }
            for event in speech.events
        ],
    }


def _scorecard(card: Scorecard, infos: dict[str, CriterionInfo], language: UiLanguage) -> dict[str, Any]:
    return {
        "score": None if card.score is None else round(float(card.score), 1),
        "verdict": card.verdict.value,
        "reason": card.because.in_language(language),
        "critical": list(card.critical),
        "criteria": [_criterion(f, infos[f.criterion], language) for f in card.findings],
    }


def _criterion(finding: Finding, info: CriterionInfo, language: UiLanguage) -> dict[str, Any]:
    return {
        "id": finding.criterion,
        "kind": info.kind.value,
        "title": info.title.in_language(language),
        "outcome": finding.outcome.value,
        "credit": round(float(finding.credit), 3),
        "weight": round(float(info.weight), 3),
        "critical": info.critical,
        "evidence": [_evidence(e) for e in finding.evidence],
        "to_check": [_evidence(e) for e in finding.to_check],
        "reason": finding.because.in_language(language),
        "source": info.source,
        "advice": info.advice.in_language(language),
        "better": info.better.in_language(language),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    at = evidence.interval
    return {
        "turn": evidence.turn,
        "start": _rounded(at.start) if at is not None else None,
        "end": _rounded(at.end) if at is not None else None,
        "quote": evidence.quote,
        "confidence": round(evidence.confidence, 3),
    }


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)


def _money(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
