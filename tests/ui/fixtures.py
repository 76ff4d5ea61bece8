"""Reviews made by hand for the tests of the page: nobody real, and no model needed."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from coach import playbooks
from coach.domain.call import AsrInfo, Call, Correction, Role, Turn
from coach.domain.labels import LabelId, PiiType
from coach.domain.observations import (
    Amount,
    AmountKind,
    CallSpeech,
    DateMention,
    Facts,
    LabelHit,
    ObservedCall,
    PiiSpan,
    Plan,
    Promise,
    SpeechEvent,
    SpeechEventKind,
    TurnSpeech,
)
from coach.domain.review import (
    CriterionInfo,
    CriterionKind,
    Evidence,
    Finding,
    Outcome,
    Review,
    Scorecard,
    Verdict,
)
from coach.domain.text import Text
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word

A, C = Role.AGENT, Role.CUSTOMER


@dataclass(frozen=True)
class Line:
    """One turn, and the words in it that carry labels."""

    role: Role
    start: float
    end: float
    text: str
    labels: tuple[tuple[LabelId, str], ...] = ()


KNOWN: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "calls.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Judged:
    """What the rules said of one criterion."""

    outcome: Outcome
    credit: Fraction
    because: Text
    evidence: tuple[tuple[int, str], ...] = ()
    to_check: tuple[tuple[int, str], ...] = ()


def _lines(call: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            Role(role),
            start,
            end,
            text,
            tuple((LabelId(i), words) for i, said in labels.items() for words in said),
        )
        for role, start, end, text, labels in KNOWN[call]["turns"]
    )


def _judged(call: str) -> dict[str, Judged]:
    return {
        name: Judged(
            Outcome(outcome),
            Fraction(credit),
            Text(zh, en),
            tuple((turn, words) for turn, words in evidence),
            tuple((turn, words) for turn, words in to_check),
        )
        for name, (outcome, credit, zh, en, evidence, to_check) in KNOWN[call]["judged"].items()
    }


BAD, GOOD = _lines("bad"), _lines("good")
CLEAN = Judged(Outcome.MET, Fraction(1), Text("通话中没有听到。", "Nothing of the kind was heard."))


def bad_review(call_id: str = "bad") -> Review:
    """A call with two critical failures, a fault to be checked and an interruption."""
    review = _review(call_id, BAD, _judged("bad"), Fraction(29), Verdict.FAIL, ("no_threat", "no_insult"))
    observed = review.observed
    number = BAD[9].text.index("1")
    turns = list(observed.call.turns)
    turns[2] = replace(turns[2], corrections=(Correction(Span(11, 13), "与其", "sound"),))
    turns[9] = replace(turns[9], confidence=0.4)
    pii = [()] * 9 + [(PiiSpan(PiiType.PHONE, Span(number, number + 11)),)] + [()]
    day = date(2026, 11, 20)
    facts = Facts(
        amount_due=Decimal(12000),
        deadline=day,
        plan=Plan(total=Decimal(9000), instalments=3, turn=8, adds_up=True),
        amounts=(
            Amount(Decimal(12000), AmountKind.OVERDUE, 2, Span(3, 6)),
            Amount(Decimal(3000), AmountKind.PARTIAL, 7, Span(15, 17)),
        ),
        dates=(DateMention(day, 8, Span(2, 6)),),
        promises=(Promise(C, Decimal(3000), day, None, 7, Span(6, 17)),),
    )
    call = replace(observed.call, turns=tuple(turns))
    return replace(review, observed=replace(observed, call=call, pii=tuple(pii), facts=facts))


def good_review(call_id: str = "good") -> Review:
    """A call in which everything that applies is met."""
    review = _review(call_id, GOOD, _judged("good"), Fraction(96), Verdict.PASS, ())
    sum_due, each, day = Decimal(4800), Decimal(1600), date(2026, 11, 25)
    facts = Facts(
        amount_due=sum_due,
        deadline=day,
        plan=Plan(total=sum_due, instalments=3, each=each, starts=day, adds_up=True, turn=7),
        promises=(Promise(C, each, day, None, 8, Span(0, 12)),),
    )
    return replace(review, observed=replace(review.observed, facts=facts))


def long_review(call_id: str = "long", *, turns: int = 500, seconds: float = 3600.0) -> Review:
    """A call of an hour: the bad one over and over, each time later."""
    each = seconds / turns
    lines = tuple(
        replace(BAD[i % len(BAD)], start=i * each + 0.2, end=(i + 1) * each - 0.3) for i in range(turns)
    )
    again = range(0, turns - len(BAD), 6 * len(BAD))
    judged = {
        name: replace(one, evidence=tuple((turn + k, words) for k in again for turn, words in one.evidence))
        for name, one in _judged("bad").items()
    }
    return _review(call_id, lines, judged, Fraction(22), Verdict.FAIL, ("no_threat", "no_insult"))


HOSTILE = (
    '<script>window.pwned = 1</script><img src="http://evil.invalid/a.png" onerror="window.pwned = 2">',
    "![x](http://evil.invalid/b.png) [link](javascript:window.pwned=3) **bold** $x^2$ :red[red]",
    "</textarea></style><svg onload=window.pwned=4> {{constructor.constructor('window.pwned=5')()}}",
)


def hostile_review(call_id: str = "hostile") -> Review:
    """A call whose words are markup, in every way that a page could fall for."""
    lines = tuple(
        Line((A, C)[i % 2], i * 4.0, i * 4.0 + 3.5, words, ((LabelId.THREAT, words),))
        for i, words in enumerate(HOSTILE)
    )
    judged = dict.fromkeys(_judged("good"), CLEAN) | {
        "no_threat": Judged(
            Outcome.NOT_MET, Fraction(0), Text(HOSTILE[1], HOSTILE[1]), tuple(enumerate(HOSTILE)), ()
        )
    }
    return _review(call_id, lines, judged, Fraction(10), Verdict.FAIL, ("no_threat",))


def _review(
    call_id: str,
    lines: tuple[Line, ...],
    judged: dict[str, Judged],
    score: Fraction,
    verdict: Verdict,
    critical: tuple[str, ...],
) -> Review:
    infos = tuple(
        CriterionInfo(
            id=known["id"],
            kind=CriterionKind(known["kind"]),
            title=Text(*known["title"]),
            source=known["source"],
            weight=Fraction(1),
            critical=known["critical"],
            advice=Text(*known["advice"]),
            better=Text(*known["better"]),
        )
        for known in KNOWN["criteria"]
    )
    findings = tuple(
        Finding(
            criterion=info.id,
            outcome=judged[info.id].outcome,
            credit=judged[info.id].credit,
            because=judged[info.id].because,
            evidence=tuple(_evidence(lines, *piece) for piece in judged[info.id].evidence),
            to_check=tuple(_evidence(lines, *piece) for piece in judged[info.id].to_check),
        )
        for info in infos
    )
    because = (
        Text("有严重违规，直接不合格。", "Critical failures fail the call.")
        if critical
        else Text("该做的都做到了。", "All that applied was done.")
    )
    card = Scorecard(findings=findings, score=score, verdict=verdict, because=because, critical=critical)
    version = playbooks.load("collection").version
    return Review(
        observed=_observed(call_id, lines), scorecard=card, criteria=infos, playbook_version=version
    )


def _evidence(lines: tuple[Line, ...], turn: int, quote: str) -> Evidence:
    line = lines[turn]
    at = line.text.index(quote)
    each = (line.end - line.start) / len(line.text)
    interval = Interval(line.start + at * each, line.start + (at + len(quote)) * each)
    return Evidence(turn=turn, interval=interval, quote=quote, span=Span(at, at + len(quote)))


def _observed(call_id: str, lines: tuple[Line, ...]) -> ObservedCall:
    turns = tuple(
        Turn(i, line.role, line.text, Interval(line.start, line.end), words=_words(line), confidence=0.86)
        for i, line in enumerate(lines)
    )
    loud = {i for i, line in enumerate(lines) if "老赖" in line.text}
    return ObservedCall(
        call=Call(
            id=call_id,
            source="call.wav",
            playbook="collection",
            coached=A,
            language="zh",
            turns=turns,
            started_at=datetime.fromisoformat("2026-11-18T14:05:00+08:00"),
            duration=lines[-1].end + 0.8,
            channels=2,
            asr=AsrInfo("whisper-base", "zh", 0.98),
        ),
        labels=tuple(tuple(_hit(line, label, words) for label, words in line.labels) for line in lines),
        pii=tuple(() for _ in lines),
        facts=Facts(),
        turn_speech=tuple(TurnSpeech(pace=4.5, raised=i in loud) for i in range(len(lines))),
        speech=_speech(lines, loud),
    )


def _hit(line: Line, label: LabelId, words: str) -> LabelHit:
    at = line.text.index(words)
    return LabelHit(label, 0.93, span=Span(at, at + len(words)))


def _speech(lines: tuple[Line, ...], loud: set[int]) -> CallSpeech:
    events = [
        SpeechEvent(SpeechEventKind.RAISED_VOICE, Interval(lines[i].start, lines[i].end), A, i) for i in loud
    ]
    for i, (one, other) in enumerate(pairwise(lines)):
        if other.start - one.end > 3:
            events.append(SpeechEvent(SpeechEventKind.SILENCE, Interval(one.end, other.start)))
        if other.start < one.end:
            both = Interval(other.start, one.end)
            events.append(SpeechEvent(SpeechEventKind.INTERRUPTION, both, other.role, i + 1))
    talk = {role: sum(line.end - line.start for line in lines if line.role is role) for role in (A, C)}
    return CallSpeech(
        talk_share={role: seconds / sum(talk.values()) for role, seconds in talk.items()},
        interruptions={A: sum(event.kind is SpeechEventKind.INTERRUPTION for event in events), C: 0},
        pace={A: 5.2, C: 4.1},
        longest_monologue={A: 17.5, C: 6.2},
        overlap=0.6,
        silence=9.4,
        events=tuple(sorted(events, key=lambda event: event.interval)),
    )


def _words(line: Line) -> tuple[Word, ...]:
    each = (line.end - line.start) / len(line.text)
    pairs = ((at, line.text[at : at + 2]) for at in range(0, len(line.text), 2))
    return tuple(
        Word(said, Interval(line.start + at * each, line.start + (at + len(said)) * each), 0.9)
        for at, said in pairs
        if said.strip()
    )


def sound(review: Review, file: Path, *, rate: int = 8000) -> list[list[float]]:
    """Write a stereo recording (noise in syllables where a party speaks) and return its outline."""
    call = review.observed.call
    frames = int((call.duration or 1.0) * rate)
    samples = np.random.default_rng(7).normal(0, 60, (frames, 2))
    for turn in call.turns:
        assert turn.interval is not None
        first, last = int(turn.interval.start * rate), int(turn.interval.end * rate)
        beat = np.abs(np.sin(np.arange(last - first) / rate * 2 * np.pi * 2.2)) * (0.6 + 0.4 * np.sin(turn.i))
        pitch = np.sin(np.arange(last - first) / rate * 2 * np.pi * (170 if turn.role is A else 230))
        samples[first:last, 0 if turn.role is A else 1] += beat * pitch * 9000
    pcm = np.clip(samples, -32768, 32767).astype("<i2")
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm.tobytes())
    blocks = np.abs(pcm[: frames // 2000 * 2000]).reshape(2000, -1, 2).max(axis=1) / 32768
    return [blocks[:, channel].round(3).tolist() for channel in (0, 1)]
