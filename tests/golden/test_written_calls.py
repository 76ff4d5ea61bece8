"""Written calls with given labels and facts, to their whole scorecards.

The cards are read in review like code; ``COACH_UPDATE_GOLDEN=1 pytest tests/golden`` writes them anew.
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coach import playbooks
from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import (
    Amount,
    AmountKind,
    CallSpeech,
    DateMention,
    Facts,
    Identity,
    LabelHit,
    ObservedCall,
    Plan,
    SpeechEvent,
    SpeechEventKind,
)
from coach.domain.review import Evidence, Finding, Scorecard
from coach.domain.time import Interval, Span
from coach.rules import evaluate
from coach.scoring import score

HERE = Path(__file__).parent
CALLS = sorted((HERE / "calls").glob("*.json"))


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
def test_a_written_call_gets_its_card(path: Path) -> None:
    observed = read_call(json.loads(path.read_text(encoding="utf-8")))
    playbook = playbooks.load(observed.call.playbook)
    card = score(evaluate(observed, playbook), playbook, observed=observed)
    written = card_text(card)
    expected = HERE / "cards" / path.name
    if os.environ.get("COACH_UPDATE_GOLDEN") == "1":
        expected.write_text(written, encoding="utf-8")
    assert written == expected.read_text(encoding="utf-8")


def test_every_card_belongs_to_a_call() -> None:
    assert [path.name for path in sorted((HERE / "cards").glob("*.json"))] == [path.name for path in CALLS]


def read_call(data: dict[str, Any]) -> ObservedCall:
    """The call of a golden file as if it had been observed."""
    turns = tuple(
        Turn(
            i,
            Role(turn["speaker"]),
            turn["text"],
            Interval(turn["start"], turn["end"]),
            confidence=turn.get("confidence"),
        )
        for i, turn in enumerate(data["turns"])
    )
    playbook = playbooks.load(data["playbook"])
    call = Call(
        id=data["id"],
        source=data["id"],
        playbook=playbook.id,
        coached=playbook.coached,
        language=data["lang"],
        turns=turns,
        started_at=None if data["started_at"] is None else datetime.fromisoformat(data["started_at"]),
        duration=turns[-1].interval.end if turns and turns[-1].interval else None,
    )
    return ObservedCall(
        call=call,
        labels=tuple(_labels(turn) for turn in data["turns"]),
        pii=tuple(() for _ in turns),
        facts=_facts(data["facts"], turns),
        speech=_speech(data["speech"]) if "speech" in data else None,
    )


def _labels(turn: dict[str, Any]) -> tuple[LabelHit, ...]:
    sure = [LabelHit(LabelId(name), 0.95) for name in turn["labels"]]
    unsure = [LabelHit(LabelId(name), 0.5, sure=False) for name in turn.get("unsure", [])]
    return (*sure, *unsure)


def _facts(data: dict[str, Any], turns: tuple[Turn, ...]) -> Facts:
    plan = data.get("plan")
    return Facts(
        amount_due=Decimal(data["amount_due"]) if "amount_due" in data else None,
        deadline=date.fromisoformat(data["deadline"]) if "deadline" in data else None,
        plan=Plan(Decimal(plan["total"]), plan["instalments"], adds_up=plan["adds_up"], turn=plan["turn"])
        if plan
        else None,
        amounts=tuple(
            Amount(Decimal(1), AmountKind.OTHER, i, _span(turns[i], words))
            for i, words in data.get("amounts", [])
        ),
        dates=tuple(
            DateMention(None if day is None else date.fromisoformat(day), i, _span(turns[i], words))
            for i, words, day in data.get("dates", [])
        ),
        identity=tuple(Identity(state) for state in data.get("identity", [])),
    )


def _span(turn: Turn, words: str) -> Span:
    start = turn.text.index(words)
    return Span(start, start + len(words))


def _speech(data: dict[str, Any]) -> CallSpeech:
    by_role = {
        key: {Role(role): value for role, value in data[key].items()}
        for key in ("talk_share", "interruptions", "pace", "longest_monologue")
    }
    events = tuple(
        SpeechEvent(SpeechEventKind(kind), Interval(4.0 * turn, 4.0 * turn + 1), Role(role), turn)
        for kind, role, turn in data["events"]
    )
    return CallSpeech(**by_role, overlap=data["overlap"], silence=data["silence"], events=events)  # type: ignore[arg-type]


def card_text(card: Scorecard) -> str:
    """The card as JSON with one criterion a line."""
    head = {
        "score": None if card.score is None else round(float(card.score), 1),
        "verdict": card.verdict.value,
        "critical": list(card.critical),
        "because": card.because.zh,
        "because_en": card.because.en,
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    rows = ",\n".join("    " + json.dumps(_row(f), ensure_ascii=False) for f in card.findings)
    return "\n".join(["{", *lines, '  "criteria": [', rows, "  ]", "}", ""])


def _row(finding: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": finding.criterion,
        "outcome": finding.outcome.value,
        "credit": str(finding.credit),
        "reason": finding.because.zh,
        "reason_en": finding.because.en,
    }
    for key, places in (("evidence", finding.evidence), ("to_check", finding.to_check)):
        if places:
            row[key] = [_place(place) for place in places]
    return row


def _place(evidence: Evidence) -> str:
    return f"{evidence.turn}: {evidence.quote}"
