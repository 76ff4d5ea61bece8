"""The turns of a call with the sums and days that were found in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.language.amounts import Money, find_amounts
from coach.language.dates import DateReading, find_dates
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
    for index, turn in enumerate(call.turns):
        days = find_dates(turn.text, today, payday=payday, month_first=american)
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


_OWED_TO_ME = re.compile("欠(?:我|咱)|owes? (?:me|us)")
