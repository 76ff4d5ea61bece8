"""The turns of a call with the sums and days that were found in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.domain.time import Span
from coach.language.amounts import Money, find_amounts
from coach.language.dates import Ambiguity, DateReading, Style, find_dates, in_month
from coach.language.normalise import fold
from coach.language.numbers_zh import value_of


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn with what was found in it; ``labels`` None when no classifier ran."""

    turn: Turn
    text: str
    labels: frozenset[LabelId] | None
    sums: tuple[Money, ...]
    days: tuple[DateReading, ...]
    coached: bool
    owed_to_me: bool

    def has(self, *labels: LabelId) -> bool:
        """Whether the turn carries one of the labels."""
        return self.labels is not None and not self.labels.isdisjoint(labels)


def hear(call: Call, labels: Sequence[Sequence[LabelHit]]) -> list[Heard]:
    """Every turn with what was found in it; ``labels`` runs parallel to the turns, or is empty."""
    today = call.started_at.date() if call.started_at else None
    offset = call.started_at.utcoffset() if call.started_at else None
    american = offset is not None and offset.total_seconds() <= -3 * 3600
    payday = _payday(call.turns)
    heard = []
    readings = [find_dates(turn.text, today, payday=payday, month_first=american) for turn in call.turns]
    known = _days_of_month(call.turns, readings)
    full = _full_days(call.turns, readings, today)
    readings = _hours_of_their_day(call.turns, readings, today)
    for index, turn in enumerate(call.turns):
        days = known_again(turn.text, readings[index], known)
        days = tuple(_ahead(turn.text, _as_named(turn.text, day, full, index), today) for day in days)
        sums = find_amounts(turn.text, [day.span for day in days])
        own = frozenset(hit.label for hit in labels[index]) if labels else None
        text = fold(turn.text)
        heard.append(
            Heard(
                turn=turn,
                text=text,
                labels=own,
                sums=sums,
                days=days,
                coached=turn.role is call.coached,
                owed_to_me=turn.role is not Role.AGENT and _OWED_TO_ME.search(text) is not None,
            )
        )
    return heard


_PAYDAY = re.compile(
    r"(?:每个?月)?(?P<day>[0-9一二三四五六七八九十廿]{1,3})[号日](?:才|左右|就)?(?:发|开|领|"
    r"出)(?:工资|薪|饷|粮|支)|(?:工资|薪水)(?:都|是|"
    r"每月)?(?P<later>[0-9一二三四五六七八九十]{1,3})[号日](?:发|到|打)"
)


def _payday(turns: Sequence[Turn]) -> int | None:
    """The day of the month on which somebody said that wages come."""
    for turn in turns:
        if match := _PAYDAY.search(fold(turn.text)):
            value = value_of(match["day"] or match["later"])
            if value is not None and 1 <= value <= 31:
                return int(value)
    return None


_OF_MONTH = re.compile("(?P<day>[0-9一二三四五六七八九十廿]{1,3})[号日]$")
_BARE_DAY = re.compile(
    "(?<![0-9零一二两三四五六七八九十百千万第周期拜点差])(?P<day>二十[一二三四五六七八九]?|"
    "三十一?|十[一二三四五六七八九]|[1-3][0-9])"
    "(?=[，。！？,.!?]|$|就|之?前|那天|还你|给你|发工资|行|吧|一定|可以)(?!就?[个块元])"
)


def _days_of_month(
    turns: Sequence[Turn], readings: Sequence[Sequence[DateReading]]
) -> dict[int, tuple[int, date]]:
    """The last meaning of each day of the month that was named as one (二十六号), with its first turn."""
    known: dict[int, tuple[int, date]] = {}
    for index, (turn, days) in enumerate(zip(turns, readings, strict=True)):
        for day in days:
            match = _OF_MONTH.search(fold(day.span.of(turn.text)))
            if match and day.date is not None and value_of(match["day"]) == day.date.day:
                known[day.date.day] = (known.get(day.date.day, (index, day.date))[0], day.date)
    return {number: at for number, at in known.items() if number >= _LEAST_BARE_DAY}


_LEAST_BARE_DAY = 10


def known_again(
    text: str, days: Sequence[DateReading], known: Mapping[int, tuple[int, date]]
) -> tuple[DateReading, ...]:
    """二十六就还你: a bare number is the day that somebody named with 号 elsewhere in the call."""
    if not known:
        return tuple(days)
    found = list(days)
    for match in _BARE_DAY.finditer(fold(text)):
        value = value_of(match["day"])
        span = Span(*match.span("day"))
        if value is not None and int(value) in known and not any(day.span.overlaps(span) for day in days):
            found.append(DateReading(span, known[int(value)][1], None, Style.NUMBER))
    return tuple(sorted(found, key=lambda day: day.span))


def _hours_of_their_day(
    turns: Sequence[Turn], readings: Sequence[Sequence[DateReading]], today: date | None
) -> list[tuple[DateReading, ...]]:
    """明天能还吗 … 五点之前: an hour without a day is of the day of payment spoken of just before."""
    found: list[tuple[DateReading, ...]] = []
    for index, days in enumerate(readings):
        before = [
            day.date
            for at in range(max(0, index - _SPOKEN_OF_TURNS), index)
            for day in found[at]
            if day.date is not None and today is not None and day.date > today
            if _PAYS_THEN.search(_around(turns[at].text, day))
        ]
        found.append(
            tuple(
                replace(day, date=before[-1]) if day.style is Style.TIME and before else day for day in days
            )
        )
    return found


def _around(text: str, day: DateReading) -> str:
    return fold(text)[max(0, day.span.start - 16) : day.span.end + 16]


_SPOKEN_OF_TURNS = 2
_PAYS_THEN = re.compile(r"还|付|交|结|清|转|缴|钱|\b(?:pay|settle|clear|send)")

_BARE_NUMBER = re.compile(
    r"(?:(?:on|by|before|till|until)?\s?(?:the)?\s?[a-z\- ]*[a-z0-9]{3,11}|"
    "[0-9一二三四五六七八九十廿]{1,3}[号日])"
)
_MONTH_NAMED = re.compile(
    r"月|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|month|of the|[0-9]/[0-9]|-"
)
_SAME_DAY_TURNS = 8
"""How many turns back a day that was named with its month is still the one that is meant."""


def _full_days(
    turns: Sequence[Turn], readings: Sequence[Sequence[DateReading]], today: date | None
) -> list[tuple[int, date]]:
    """The days ahead that were named with their month, with the turns that name them.

    A turn that sets two days of one number apart (二十号一半，下个月二十号一半) names neither for others.
    """
    return [
        (index, day.date)
        for index, (turn, days) in enumerate(zip(turns, readings, strict=True))
        for day in days
        if today is not None
        and day.date is not None
        and day.date >= today
        and day.style is Style.NUMBER
        and day.ambiguity is not Ambiguity.REPEATS
        and _MONTH_NAMED.search(fold(day.span.of(turn.text)).lower())
        and all(other.date == day.date for other in days if other.date and other.date.day == day.date.day)
    ]


def _as_named(text: str, day: DateReading, full: Sequence[tuple[int, date]], index: int) -> DateReading:
    """下个月五号发薪 … 五号，四千八: a bare number is the day that was named in full shortly before."""
    said = fold(day.span.of(text)).lower()
    if day.date is None or day.style is not Style.NUMBER or _MONTH_NAMED.search(said):
        return day
    if not _BARE_NUMBER.fullmatch(said):
        return day
    same = {
        when
        for at, when in full
        if when.day == day.date.day
        and at != index
        and index - _SAME_DAY_TURNS <= at <= index + _SAID_RIGHT_AFTER
    }
    if any(at == index and when.day == day.date.day for at, when in full):
        return day
    return day if not same or day.date in same else replace(day, date=min(same))


_SAID_RIGHT_AFTER = 1

_PAYS_LATER = re.compile(r"还|付|交|给|结|清|转|缴|卖|收|pay|settle|clear|send")
_LONG_AGO_DAYS = 90


def _ahead(text: str, day: DateReading, today: date | None) -> DateReading:
    """十月二十号 said in February is the coming one when it stands with a payment and not with the past."""
    if today is None or day.date is None or day.style is not Style.NUMBER:
        return day
    if (today - day.date).days < _LONG_AGO_DAYS or _OWN_YEAR.search(day.span.of(text)):
        return day
    around = _around(text, day)
    if not _PAYS_LATER.search(around) or _LONG_PAST.search(around):
        return day
    later = in_month(day.date.year + 1, day.date.month, day.date.day)
    return day if later is None else replace(day, date=later)


_OWN_YEAR = re.compile("年|[0-9]{4}")
_LONG_PAST = re.compile(
    r"到期|账单|逾期|没还|没付|已经|了[，。]|上次|那次|那期|借的|办的|买的|签|应该|本来|说好|欠|"
    r"起|以来|之后就|转过|还过|交过|"
    r"was|were|since|due|last|ago|bought|signed|visit|deliver"
)
_OWED_TO_ME = re.compile("欠(?:我|咱)|owes? (?:me|us)")
