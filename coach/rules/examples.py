"""A playbook's own examples, tried."""

from __future__ import annotations

from dataclasses import dataclass

from coach.domain.call import Call, Turn
from coach.domain.observations import ObservedCall
from coach.domain.playbook import Criterion, Example, Playbook
from coach.domain.review import Finding
from coach.rules.findings import find
from coach.rules.view import View


@dataclass(frozen=True, slots=True)
class Tried:
    """An example of a criterion with what came of it; ``wrong`` None when it is as expected."""

    criterion: str
    example: Example
    finding: Finding
    wrong: str | None


def try_examples(playbook: Playbook) -> tuple[Tried, ...]:
    """Every example of every criterion, in order."""
    return tuple(_try(c, example, playbook) for c in playbook.criteria for example in c.examples)


def observed_example(example: Example, playbook: Playbook) -> ObservedCall:
    """The example as if it had been observed."""
    turns = tuple(
        Turn(i, turn.role, turn.text, confidence=turn.confidence, role_confidence=turn.role_confidence)
        for i, turn in enumerate(example.turns)
    )
    text = "".join(turn.text for turn in turns)
    call = Call(
        id="example",
        source="example",
        playbook=playbook.id,
        coached=playbook.coached,
        language="zh" if any("\u3400" <= char <= "\u9fff" for char in text) else "en",
        turns=turns,
        started_at=example.started_at,
        metadata=example.metadata,
    )
    return ObservedCall(
        call=call,
        labels=tuple(turn.labels for turn in example.turns) if example.classified else None,
        pii=tuple(() for _ in turns),
        facts=example.facts,
        speech=example.speech,
    )


def _try(criterion: Criterion, example: Example, playbook: Playbook) -> Tried:
    finding = find(criterion, View(observed_example(example, playbook), playbook.trust))
    return Tried(criterion.id, example, finding, _wrong(example, finding))


def _wrong(example: Example, finding: Finding) -> str | None:
    if finding.outcome is not example.outcome:
        return f"is {finding.outcome.value}, expected {example.outcome.value}"
    if example.credit is not None and finding.credit != example.credit:
        return f"has credit {finding.credit}, expected {example.credit}"
    turns = tuple(evidence.turn for evidence in finding.evidence)
    if example.evidence is not None and turns != example.evidence:
        return f"has evidence in turns {turns}, expected {example.evidence}"
    return None
