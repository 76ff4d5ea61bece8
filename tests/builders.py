"""Small calls and reviews for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import PiiType
from coach.domain.observations import Facts, ObservedCall, PiiSpan
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

ROLES = {"A": Role.AGENT, "C": Role.CUSTOMER, "T": Role.THIRD_PARTY}


def turns(*lines: str, seconds: float = 3.0) -> tuple[Turn, ...]:
    """Turns from lines such as ``"A: 您好"``, one after the other, each ``seconds`` long."""
    made = []
    for i, line in enumerate(lines):
        who, _, text = line.partition(":")
        made.append(
            Turn(i=i, role=ROLES[who], text=text.strip(), interval=Interval(i * seconds, (i + 1) * seconds))
        )
    return tuple(made)


def call(*lines: str, **changes: object) -> Call:
    """A collection call of 2026-11-18 with these turns."""
    values: dict[str, object] = {
        "id": "test-call",
        "source": "test.wav",
        "playbook": "collection",
        "coached": Role.AGENT,
        "language": "zh",
        "turns": turns(*lines),
        "started_at": datetime.fromisoformat("2026-11-18T10:00:00+08:00"),
    }
    return Call(**(values | changes))  # type: ignore[arg-type]


def review(*lines: str, **changes: object) -> Review:
    """A review with one criterion that was met in the first turn."""
    made = call(*lines, **changes)
    evidence = tuple(Evidence(t.i, t.interval, t.text) for t in made.turns[:1])
    return Review(
        observed=ObservedCall(call=made, labels=None, pii=((),) * len(made.turns), facts=Facts()),
        scorecard=Scorecard(
            findings=(Finding("courtesy", Outcome.MET, Fraction(1), Text("有礼貌。", "Polite."), evidence),),
            score=Fraction(200, 3),
            verdict=Verdict.NEEDS_WORK,
            because=Text("还有可以改进的地方。", "There is something to improve."),
        ),
        criteria=(
            CriterionInfo(
                id="courtesy",
                kind=CriterionKind.DO,
                title=Text("礼貌", "Courtesy"),
                source="A3 四.2",
                weight=Fraction(2),
                critical=False,
                advice=Text("先问候。", "Greet first."),
                better=Text("您好，打扰您了。", "Hello, sorry to disturb you."),
            ),
        ),
        playbook_version="1",
    )


def with_dont(made: Review, outcome: Outcome) -> Review:
    """The review with a criterion on threats that came out so, on the evidence of the first criterion."""
    first, info = made.scorecard.findings[0], made.criteria[0]
    finding = replace(first, criterion="no_threat", outcome=outcome, because=Text("见证据。", "See there."))
    threats = replace(
        info,
        id="no_threat",
        kind=CriterionKind.DONT,
        title=Text("威胁恐吓", "Threats"),
        critical=True,
        met_title=Text("无威胁恐吓", "No threats"),
    )
    card = replace(made.scorecard, findings=(first, finding))
    return replace(made, scorecard=card, criteria=(info, threats))


def with_personal_data(made: Review, *found: tuple[int, str, PiiType]) -> Review:
    """The review with these words of these turns known as personal data."""
    pii: list[tuple[PiiSpan, ...]] = [() for _ in made.observed.call.turns]
    for turn, words, kind in found:
        start = made.observed.call.turns[turn].text.index(words)
        pii[turn] += (PiiSpan(kind, Span(start, start + len(words))),)
    return replace(made, observed=replace(made.observed, pii=tuple(pii)))
