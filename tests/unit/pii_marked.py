"""What the rules mark as personal data in turns of two parties."""

from __future__ import annotations

from coach.domain.call import Role, Turn
from coach.language.pii import RulePiiDetector

_OTHER = {Role.AGENT: Role.CUSTOMER, Role.CUSTOMER: Role.AGENT}


def marked(*texts: str, first: Role) -> list[list[str]]:
    """The marks of each turn as "kind words", sorted; ``first`` speaks first, and the two take turns."""
    turns = [Turn(i, _OTHER[first] if i % 2 else first, text) for i, text in enumerate(texts)]
    found = RulePiiDetector().detect(turns, language="zh")
    return [
        sorted(f"{one.type.value} {one.span.of(text)}" for one in of)
        for text, of in zip(texts, found, strict=True)
    ]
