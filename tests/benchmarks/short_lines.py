"""Read the short labelled lines of ``tests/gold``: personal data in one line, deadlines in a few turns.

``我在[e:鸿运达电子厂]上班`` marks an employer; ``a`` is an address, ``n`` a name. A deadline is written as
``day of the call > day of the deadline or null > turns``, the turns parted by `` / `` and led by who speaks
and what it is: ``A!`` the agent asks, ``A=`` confirms, ``A~`` announces a call, ``As`` states the debt,
``Ao`` offers a plan, ``Ap`` presses, ``At`` threatens; ``C+`` the customer promises.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId, PiiType
from coach.domain.observations import LabelHit
from coach.evaluate.gold import GoldPii, GoldTurn

_TYPES = {"e": PiiType.EMPLOYER, "a": PiiType.ADDRESS, "n": PiiType.NAME}
_MARKED = re.compile(r"\[(?P<type>[ean]):(?P<words>[^\]]+)\]")
_SPEAKERS = {"A": Role.AGENT, "C": Role.CUSTOMER}
_LABELS = {
    "!": LabelId.CLEAR_ASK,
    "=": LabelId.CONFIRM_COMMITMENT,
    "~": LabelId.FOLLOW_UP,
    "+": LabelId.PROMISE,
    "s": LabelId.STATE_FACTS,
    "o": LabelId.OFFER_PLAN,
    "p": LabelId.PRESSURE,
    "t": LabelId.THREAT,
}


def is_test(line: str) -> bool:
    """Whether the line is of the half that nobody looks at while writing rules."""
    return int(hashlib.sha256(line.encode()).hexdigest(), 16) % 2 == 1


def personal_data(path: Path, *, test: bool) -> Iterator[GoldTurn]:
    """The lines of one half with their spans."""
    for line in _lines(path, test=test):
        marked = [
            GoldPii(text=match["words"], type=_TYPES[match["type"]]) for match in _MARKED.finditer(line)
        ]
        yield GoldTurn(speaker=Role.CUSTOMER, text=_MARKED.sub(r"\g<words>", line), pii=marked)


def deadlines(path: Path, *, test: bool) -> Iterator[tuple[Call, list[tuple[LabelHit, ...]], date | None]]:
    """The calls of one half, the labels of their turns, and the day that is right."""
    for line in _lines(path, test=test):
        day, gold, spoken = (part.strip() for part in line.split(" > ", 2))
        turns: list[Turn] = []
        labels: list[tuple[LabelHit, ...]] = []
        for i, said in enumerate(spoken.split(" / ")):
            lead, text = said.split(" ", 1)
            turns.append(Turn(i, _SPEAKERS[lead[0]], text))
            labels.append(tuple(LabelHit(_LABELS[mark], 1.0) for mark in lead[1:]))
        call = Call(
            id=line,
            source=line,
            playbook="collection",
            coached=Role.AGENT,
            language="zh" if re.search("[一-鿿]", spoken) else "en",
            turns=tuple(turns),
            started_at=datetime.combine(date.fromisoformat(day), time(10), UTC),
        )
        yield call, labels, None if gold == "null" else date.fromisoformat(gold)


def _lines(path: Path, *, test: bool) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and is_test(line) == test:
            yield line
