"""Read the short labelled lines of ``tests/gold`` and ``tests/written_lines``.

``我在[e:鸿运达电子厂]上班`` marks an employer; ``a`` is an address, ``n`` a name, ``p`` a phone, ``i`` an
identity number, ``b`` a bank card, ``m`` an e-mail address, ``l`` a plate, ``k`` an account. A deadline is
written as ``day of the call > day of the deadline or null > turns``, the turns parted by `` / `` and led by
who speaks and what it is: ``A!`` the agent asks, ``Ad`` sets a day, ``A=`` confirms, ``A~`` announces a call,
``As`` states the debt, ``Ao`` offers a plan, ``Ap`` presses, ``At`` threatens; ``C+`` the customer promises.
``n`` before the day of the call: a negotiation, in which the customer is coached.
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

_TYPES = {
    "e": PiiType.EMPLOYER,
    "a": PiiType.ADDRESS,
    "n": PiiType.NAME,
    "p": PiiType.PHONE,
    "i": PiiType.ID_NUMBER,
    "b": PiiType.BANK_CARD,
    "m": PiiType.EMAIL,
    "l": PiiType.PLATE,
    "k": PiiType.ACCOUNT,
}
_MARKED = re.compile(r"\[(?P<type>[eanpibmlk]):(?P<words>[^\]]+)\]")
_LED = re.compile(r"(?P<who>[AC]) (?P<words>.+)")
_SPEAKERS = {"A": Role.AGENT, "C": Role.CUSTOMER}
_LABELS = {
    "!": LabelId.CLEAR_ASK,
    "d": LabelId.DEADLINE,
    "=": LabelId.CONFIRM_COMMITMENT,
    "~": LabelId.FOLLOW_UP,
    "+": LabelId.PROMISE,
    "s": LabelId.STATE_FACTS,
    "o": LabelId.OFFER_PLAN,
    "p": LabelId.PRESSURE,
    "t": LabelId.THREAT,
}


ONLY_COUNTED = ("debt_turns", "exchanges")
"""Files of ``tests/written_lines`` of which nothing is read, neither half."""


def is_test(line: str) -> bool:
    """Whether the line is of the half that nobody looks at while writing rules."""
    return int(hashlib.sha256(line.encode()).hexdigest(), 16) % 2 == 1


def personal_data(path: Path, *, test: bool) -> Iterator[GoldTurn]:
    """The lines of one half with their spans."""
    for line in _lines(path, test=test):
        yield _marked(Role.CUSTOMER, line)


def exchanges(path: Path, *, test: bool | None) -> Iterator[list[GoldTurn]]:
    """The lines of one half (None: all) as turns; ``A`` and ``C`` may lead, `` / `` parts turns of a line."""
    for line in _lines(path, test=test):
        said = [_LED.fullmatch(part) for part in line.split(" / ")]
        led = [match for match in said if match is not None]
        if len(led) == len(said):
            yield [_marked(_SPEAKERS[match["who"]], match["words"]) for match in led]
        else:
            yield [_marked(Role.CUSTOMER, line)]


def _marked(speaker: Role, words: str) -> GoldTurn:
    marked = [GoldPii(text=match["words"], type=_TYPES[match["type"]]) for match in _MARKED.finditer(words)]
    return GoldTurn(speaker=speaker, text=_MARKED.sub(r"\g<words>", words), pii=marked)


def deadlines(path: Path, *, test: bool) -> Iterator[tuple[Call, list[tuple[LabelHit, ...]], date | None]]:
    """The calls of one half, the labels of their turns, and the day that is right."""
    for line in _lines(path, test=test):
        day, gold, spoken = (part.strip() for part in line.split(" > ", 2))
        negotiation, day = day.startswith("n"), day.removeprefix("n")
        turns: list[Turn] = []
        labels: list[tuple[LabelHit, ...]] = []
        for i, said in enumerate(spoken.split(" / ")):
            lead, text = said.split(" ", 1)
            turns.append(Turn(i, _SPEAKERS[lead[0]], text))
            labels.append(tuple(LabelHit(_LABELS[mark], 1.0) for mark in lead[1:]))
        call = Call(
            id=line,
            source=line,
            playbook="negotiation" if negotiation else "collection",
            coached=Role.CUSTOMER if negotiation else Role.AGENT,
            language="zh" if re.search("[一-鿿]", spoken) else "en",
            turns=tuple(turns),
            started_at=datetime.combine(date.fromisoformat(day), time(10), UTC),
        )
        yield call, labels, None if gold == "null" else date.fromisoformat(gold)


def _lines(path: Path, *, test: bool | None) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and test in (None, is_test(line)):
            yield line
