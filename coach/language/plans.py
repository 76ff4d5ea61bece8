"""Payment by instalments: how many, how much each, from when, and whether it adds up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coach.domain.observations import AmountKind, Plan
from coach.domain.time import Span
from coach.language.amounts import Money
from coach.language.dates import DateReading
from coach.language.normalise import fold
from coach.language.numbers_en import value_of as value_en
from coach.language.numbers_zh import value_of as value_zh

_N_ZH = "[0-9]{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|一百二十|半"
_PARTS_ZH = (
    re.compile(rf"(?:分|拆|摊|排|切|劈)(?:成|作|个|它|开|到|做)?(?P<n>{_N_ZH})(?:期|个月|次|回|笔|份|半|趟|批)"),
    re.compile(rf"(?<![第前后这那零〇一二两三四五六七八九十])(?P<n>{_N_ZH})期(?!限|间|账|没|的账|费|都|欠|房|车)(?![^，。]{{0,6}}(?:没|逾|欠|拖|断))"),
    re.compile(rf"(?P<n>{_N_ZH})个月(?:还清|还完|分摊|摊|付清|结清|拆开|分期)"),
    re.compile(rf"分期.{{0,4}}?(?P<n>{_N_ZH})个月"),
    re.compile(r"(?P<n>两)(?:次|回|笔)(?:还|付|交|给|清|打)"),
)
_PARTS_EN = re.compile(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty[- ]four|thirty[- ]six|[0-9]{1,2})\s"
    r"(?:equal\s)?(?:(?:monthly|weekly)\s)?(?:payments|instal\w+|goes|parts|chunks|months|times|ways)\b|\bin (?P<word>two|half|thirds|three|four|six)\b"
)
_WORDS = {"two": 2, "half": 2, "thirds": 3, "three": 3, "four": 4, "six": 6}
_HALVES = re.compile(r"一半|各半|half")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment that was said with its own sum: ``due`` None where no day stands with it."""

    amount: Decimal
    due: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one turn says of a plan."""

    turn: int
    span: Span
    count: int | None
    each: Decimal | None
    parts: tuple[Part, ...]
    starts: date | None


def plan_in(turn: int, text: str, sums: Sequence[Money], days: Sequence[DateReading], today: date | None) -> Said | None:
    """What a turn says of paying in parts; None when it says nothing of it.

    >>> plan_in(0, "分三期还", (), (), None).count
    3
    """
    folded = fold(text)
    counted = _count(folded)
    parts = _parts(sums, days, today)
    each = next((money for money in sums if money.kind is AmountKind.INSTALMENT), None)
    if counted is None and len(parts) < 2 and each is None:
        return None
    count = counted[0] if counted else (len(parts) if len(parts) >= 2 else None)
    ahead = [day.date for day in days if day.date and (today is None or day.date >= today)]
    span = counted[1] if counted else (each.span if each else sums[0].span)
    return Said(turn, span, count, each.value if each else None, parts if len(parts) >= 2 else (), min(ahead, default=None))


def joined_plan(said: Sequence[Said], owed: Decimal | None) -> Plan | None:
    """The plan that the turns amount to: later words complete or replace earlier ones."""
    count = each = starts = None
    parts: tuple[Part, ...] = ()
    last = None
    for one in said:
        count = one.count or count
        each = one.each or each
        parts = one.parts or parts
        starts = one.starts or starts
        last = one
    if last is None or (count is None and not parts) or (each is None and not parts and owed is None):
        return None
    if count is not None and not 2 <= count <= _LONGEST:
        return None
    total = _total(count, each, parts, owed)
    return Plan(
        total=total,
        instalments=count or len(parts),
        each=each or (owed / count if owed and count else None),
        starts=starts,
        adds_up=adds_up(count, each, parts, owed),
        turn=last.turn,
        span=last.span,
    )


def adds_up(count: int | None, each: Decimal | None, parts: Sequence[Part], owed: Decimal | None) -> bool | None:
    """Whether the instalments come to the sum that is owed, up to rounding of each; None when unknown.

    >>> adds_up(3, Decimal(2100), (), Decimal(6300))
    True
    """
    if owed is None:
        return None
    if parts and len(parts) == (count or len(parts)):
        said, room = sum((part.amount for part in parts), Decimal(0)), Decimal(len(parts))
    elif count and each:
        said, room = count * each, max(Decimal(count), owed / 100)
    else:
        return None
    return abs(said - owed) <= room


def _total(count: int | None, each: Decimal | None, parts: Sequence[Part], owed: Decimal | None) -> Decimal | None:
    if owed is not None and adds_up(count, each, parts, owed) is not False:
        return owed
    if parts:
        return sum((part.amount for part in parts), Decimal(0))
    return count * each if count and each else owed


def _count(folded: str) -> tuple[int, Span] | None:
    for pattern in _PARTS_ZH:
        if match := pattern.search(folded):
            spoken = match["n"]
            value = Decimal(6) if spoken == "半" else value_zh(spoken)
            if value is not None and 2 <= value <= _LONGEST:
                return int(value), Span(*match.span())
    if match := _PARTS_EN.search(folded):
        value = Decimal(_WORDS[match["word"]]) if match["word"] else value_en(match["n"])
        if value is not None and 2 <= value <= _LONGEST:
            return int(value), Span(*match.span())
    return None


def _parts(sums: Sequence[Money], days: Sequence[DateReading], today: date | None) -> tuple[Part, ...]:
    """Sums that each stand beside a day of their own."""
    found: list[Part] = []
    used: set[int] = set()
    ahead = [day for day in days if day.date is not None and (today is None or day.date >= today)]
    for money in sums:
        near = [
            (abs(_gap(money.span, day.span)), index)
            for index, day in enumerate(ahead)
            if index not in used and abs(_gap(money.span, day.span)) <= 12
        ]
        if near and money.kind is not AmountKind.FEE:
            index = min(near)[1]
            used.add(index)
            found.append(Part(money.value, ahead[index].date))
    return tuple(found)


def _gap(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)
