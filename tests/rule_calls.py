"""Small observed calls and rules written as in a playbook, for tests of the rule language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import CallSpeech, Facts, LabelHit, ObservedCall, PiiSpan
from coach.domain.playbook import Trust
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word
from coach.playbooks.nodes import compose
from coach.playbooks.rule_reader import read_rule
from coach.rules.see import see
from coach.rules.seen import Seen
from coach.rules.view import View

TRUST = Trust(word_confidence=0.35, role_confidence=0.5, readable_share=0.6)
ROLES = {"A": Role.AGENT, "C": Role.CUSTOMER, "T": Role.THIRD_PARTY, "U": Role.UNKNOWN}


def observed(
    *lines: str,
    facts: Facts | None = None,
    speech: CallSpeech | None = None,
    pii: tuple[tuple[PiiSpan, ...], ...] | None = None,
    started_at: str | None = None,
    classified: bool = True,
    confidence: dict[int, float] | None = None,
    role_confidence: dict[int, float] | None = None,
    metadata: dict[str, str | float | bool] | None = None,
    coached: Role = Role.AGENT,
    seconds: float = 3.0,
    heard: dict[int, str] | None = None,
) -> ObservedCall:
    """A call from lines such as ``"A empathy,inquire? | 我理解"``; a ``?`` after a label is an unsure hit.

    ``heard`` are words that the recogniser was not sure of, by turn; the labels of that turn are carried by
    the words up to the first comma.
    """
    turns, labels = [], []
    for i, line in enumerate(lines):
        head, _, text = line.partition("|")
        who, _, names = head.strip().partition(" ")
        turns.append(Turn(i, ROLES[who], text.strip(), Interval(i * seconds, (i + 1) * seconds)))
        labels.append(tuple(_hit(name) for name in names.split(",") if name.strip()))
    for i, value in (confidence or {}).items():
        turns[i] = replace(turns[i], confidence=value)
    for i, value in (role_confidence or {}).items():
        turns[i] = replace(turns[i], role_confidence=value)
    for i, faint in (heard or {}).items():
        turns[i] = _heard(turns[i], faint)
        carrying = Span(0, len(turns[i].text.split("，")[0]))
        labels[i] = tuple(replace(hit, span=carrying) for hit in labels[i])
    call = Call(
        id="small",
        source="small",
        playbook="collection",
        coached=coached,
        language="zh",
        turns=tuple(turns),
        started_at=None if started_at is None else datetime.fromisoformat(started_at),
        duration=len(lines) * seconds,
        metadata=metadata or {},
    )
    return ObservedCall(
        call=call,
        labels=tuple(labels) if classified else None,
        pii=pii or tuple(() for _ in turns),
        facts=facts or Facts(),
        speech=speech,
    )


def _heard(turn: Turn, faint: str) -> Turn:
    """The turn word by word, all clear but those of ``faint``."""
    at = turn.text.index(faint)
    words = tuple(
        Word(letter, Interval(i * 0.2, i * 0.2 + 0.2), 0.2 if at <= i < at + len(faint) else 0.95)
        for i, letter in enumerate(turn.text)
    )
    return replace(turn, words=words, confidence=sum(word.confidence for word in words) / len(words))


def _hit(name: str) -> LabelHit:
    name = name.strip()
    sure = not name.endswith("?")
    return LabelHit(LabelId(name.rstrip("?")), 0.95 if sure else 0.5, sure=sure)


def seen(rule: str, call: ObservedCall) -> Seen:
    """What the rule, written in YAML, makes of the call."""
    view = View(call, TRUST)
    return see(read_rule(compose(rule.encode(), "rule.yaml"), {}), view, view.everything)


def truth(rule: str, call: ObservedCall) -> str:
    """Only whether it holds: ``yes``, ``no`` or ``unknown``."""
    return seen(rule, call).truth.value
