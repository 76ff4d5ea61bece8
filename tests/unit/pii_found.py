"""What rules and tagger together mark as personal data in the turns of a call."""

from __future__ import annotations

from coach.domain.call import Role, Turn
from tests.detectors import detector

_ROLES = {"A": Role.AGENT, "C": Role.CUSTOMER, "T": Role.THIRD_PARTY}


def found(call: str, *, language: str) -> list[list[str]]:
    """The marks of each turn as "kind words".

    Turns are parted by a bar, and each begins with A: (agent), C: (customer) or T: (third party).
    """
    turns = [Turn(i, _ROLES[said[0]], said[2:]) for i, said in enumerate(call.split(" | "))]
    spans = detector().detect(turns, language=language)
    return [
        [f"{one.type.value} {one.span.of(turn.text)}" for one in of]
        for turn, of in zip(turns, spans, strict=True)
    ]
