"""A review to the rows that lists, search and statistics read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from coach.domain.call import Call
from coach.domain.review import Finding, Outcome, Review, Scorecard
from coach.language.redact import redact
from coach.store.lines import CallState
from coach.store.words import lexemes, said, sound

MOST = 9
"""Counts from here on are the same risk."""


def now() -> str:
    """This moment as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def moment(text: str | None) -> datetime | None:
    """What ``now`` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def since(text: str) -> datetime:
    """What ``now`` wrote, where it is never missing."""
    return datetime.fromisoformat(text)


def call_values(review: Review) -> dict[str, Any]:
    """The columns of a call that come from its review."""
    call = review.observed.call
    began = call.started_at or datetime.now(UTC)
    began = began if began.tzinfo is not None else began.replace(tzinfo=UTC)
    return {
        "playbook": call.playbook,
        "playbook_version": review.playbook_version,
        "language": call.language,
        "started_at": call.started_at.isoformat() if call.started_at is not None else None,
        "happened_at": int(began.timestamp()),
        "week": (began.date() - timedelta(days=began.weekday())).isoformat(),
        "duration": call.duration,
        **machine_values(review.scorecard),
        "doubts": doubts(review.scorecard.findings),
    }


def machine_values(card: Scorecard) -> dict[str, Any]:
    """The machine's card on the line of a call."""
    return {
        "verdict": card.verdict.value,
        "score": None if card.score is None else float(card.score),
        "critical": list(card.critical),
    }


def final_values(card: Scorecard, *, ruled: bool) -> dict[str, Any]:
    """The card that counts on the line of a call."""
    return {
        "final_verdict": card.verdict.value,
        "final_score": None if card.score is None else float(card.score),
        "final_critical": list(card.critical),
        "criticals": len(card.critical),
        "doubts": doubts(card.findings),
        "ruled": ruled,
    }


def doubts(findings: Iterable[Finding]) -> int:
    """Criteria with something to be checked, or of which nobody could tell."""
    return sum(bool(f.to_check) or f.outcome is Outcome.NOT_DETERMINABLE for f in findings)


def risk(row: Mapping[str, Any]) -> int:
    """How soon a person should look: critical faults, then appeals, then what is uncertain, then the score.

    What is signed off waits behind all else, unless it was appealed.
    """
    appeals = min(MOST, int(row["appeals"]))
    if row["state"] in (CallState.SIGNED, CallState.ACKNOWLEDGED):
        return appeals * 1_000
    score = row["final_score"]
    lost = 50 if score is None else 99 - min(99, max(0, int(score)))
    return (
        min(MOST, int(row["criticals"])) * 100_000
        + appeals * 10_000
        + min(MOST, int(row["doubts"])) * 1_000
        + lost
    )


def turn_rows(seq: int, review: Review) -> list[dict[str, Any]]:
    """The turns, with personal data masked where there is any."""
    observed = review.observed
    return [
        {
            "call_seq": seq,
            "i": turn.i,
            "role": turn.role.value,
            "start": None if turn.interval is None else turn.interval.start,
            "text": turn.text,
            "masked": redact(turn.text, pii) if pii else None,
        }
        for turn, pii in zip(observed.call.turns, observed.pii, strict=True)
    ]


def text_row(seq: int, call: Call, *, is_sqlite: bool) -> dict[str, Any]:
    """What search reads."""
    texts = [turn.text for turn in call.turns]
    words, heard = said(texts), sound(texts)
    row = {"seq": seq, "said": words, "sound": heard}
    return row if is_sqlite else {**row, "tokens": lexemes(words, heard)}


def finding_rows(seq: int, review: Review, final: Scorecard) -> list[dict[str, Any]]:
    """The machine's findings beside those that count."""
    infos = {info.id: info for info in review.criteria}
    stands = {finding.criterion: finding for finding in final.findings}
    return [
        _finding_row(seq, finding, stands[finding.criterion])
        | {
            "kind": infos[finding.criterion].kind.value,
            "critical": infos[finding.criterion].critical,
            "weight": float(infos[finding.criterion].weight),
        }
        for finding in review.scorecard.findings
    ]


def _finding_row(seq: int, finding: Finding, final: Finding) -> dict[str, Any]:
    first = min(final.evidence, key=lambda e: e.turn, default=None)
    return {
        "call_seq": seq,
        "criterion": finding.criterion,
        "outcome": finding.outcome.value,
        "credit": float(finding.credit),
        "final_outcome": final.outcome.value,
        "final_credit": float(final.credit),
        "confidence": min((e.confidence for e in final.evidence), default=None),
        "doubts": len(final.to_check),
        "turn": None if first is None else first.turn,
        "start": None if first is None or first.interval is None else first.interval.start,
    }


def promise_rows(seq: int, review: Review) -> list[dict[str, Any]]:
    """What was promised."""
    return [
        {
            "call_seq": seq,
            "turn": promise.turn,
            "who": promise.who.value,
            "amount": None if promise.amount is None else float(promise.amount),
            "due": None if promise.due is None else promise.due.isoformat(),
        }
        for promise in review.observed.facts.promises
    ]
