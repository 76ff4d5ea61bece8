"""A part of a number that is put right some turns later: 还差一位。哦，四四一九零六."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.domain.call import Turn
from coach.domain.labels import PiiType
from coach.language.normalise import fold
from coach.language.pii.numbers import is_harmless
from coach.language.pii.runs import Run
from coach.language.pii.spans import Found

_NUMBERS = frozenset((PiiType.PHONE, PiiType.ID_NUMBER, PiiType.BANK_CARD, PiiType.ACCOUNT))
_LEAST_DIGITS = 7
"""Digits of a number of which parts are put right."""

_LATER_TURNS = 4
_NEAR = 80
"""Characters before a part in which somebody may have doubted the number."""

_LEAST_PART = 3
_LEAST_ALIKE = 4
_SURE = 0.85

_MISCOUNTED = re.compile(
    r"[差少缺漏多][报说念写打]?了?[一两二三四几]?(?:位|个数)|位数|不够位|不是十一位|(?:重新?|再)[报说念]|没听清|"
    r"\b(?:one|two|a few|digits?) (?:short|missing|too)|\b(?:short|missing) (?:a|one|two|some) digits?|"
    r"\btoo (?:many|few) digits|\b(?:say|repeat|read|give) (?:me )?(?:that|it|the (?:end|last|rest)\w*)\b"
)
"""Somebody says that digits are missing, or asks for them again: what follows are digits of that number."""

_TAKEN_BACK = re.compile(
    r"不是|不对|错了|[说报念听记]错|应该是|更正|纠正|\b(?:no|sorry|wrong|not|rather|mean)\b"
)
"""Somebody takes back what was said: what follows is a part of that number if it begins like one."""

_COUNTS = re.compile(
    r"\s?(?:[块元万千百十年月日点期个岁天%]|号(?!码)|"
    r"(?:pounds?|dollars?|quid|bucks|percent|days|weeks|months)\b)"
)


def counts_something(folded: str, run: Run) -> bool:
    """Whether a unit behind a run says that it is a sum or a date."""
    return _COUNTS.match(folded, run.span.end) is not None


def corrections(
    turns: Sequence[Turn], runs: Sequence[Sequence[Run]], found: Sequence[Sequence[Found]]
) -> Iterator[tuple[int, Found]]:
    """What puts the last number of a turn right, each part with its turn, also where it is read back."""
    texts = [fold(turn.text) for turn in turns]
    for index, number, kind in list(_last_numbers(runs, found)):
        parts: set[str] = set()
        said = f"{texts[index][number.span.end :]} "
        for later in range(index + 1, min(index + 1 + _LATER_TURNS, len(turns))):
            own, at = turns[later].role is turns[index].role, 0
            for run in runs[later]:
                said, at = said[-_NEAR:] + texts[later][at : run.span.start], run.span.start
                if counts_something(texts[later], run):
                    continue
                if run.digits in parts or (own and _is_part(run.digits, number.digits, said)):
                    parts.add(run.digits)
                    said = ""
                    yield later, Found(kind, run.span, _SURE)
            said = f"{said}{texts[later][at:]} "


def _last_numbers(
    runs: Sequence[Sequence[Run]], found: Sequence[Sequence[Found]]
) -> Iterator[tuple[int, Run, PiiType]]:
    for index, of_turn in enumerate(runs):
        run = next((run for run in reversed(of_turn) if len(run.digits) >= _LEAST_DIGITS), None)
        if run is None:
            continue
        for one in found[index]:
            if one.type in _NUMBERS and one.span.overlaps(run.span):
                yield index, run, one.type


def _is_part(part: str, number: str, said: str) -> bool:
    """Whether ``part`` belongs to ``number``; ``said`` is everything between the two."""
    if not _LEAST_PART <= len(part) <= len(number) + 1 or is_harmless(said):
        return False
    if _MISCOUNTED.search(said):
        return True
    alike = len(part) >= _LEAST_ALIKE and part[: (len(part) + 1) // 2] in number
    return alike and _TAKEN_BACK.search(said) is not None
