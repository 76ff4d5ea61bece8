"""Who holds the floor: overlaps, interruptions, nods, silences and monologues, from times alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.domain.call import Role, Turn
from coach.domain.time import Interval, Seconds, merge
from coach.speech.manner import spoken_time, units

SILENCE: Seconds = 2.0
"""Shorter pauses are breath and thought."""
_NEAR: Seconds = 1.0
"""How far the times of words may be from where two were heard at once."""
_AROUND = 4
"""So many turns before one are looked at for what it meets."""
_INTERRUPTION: Seconds = 0.3
_YIELDS_WITHIN: Seconds = 2.5
_HOLDS: Seconds = 0.2
"""Who ends with the other has not taken the floor."""
_NOD: Seconds = 1.6
_NOD_UNITS = 4
_NODS = re.compile(
    r"\W*((嗯|恩|哦|噢|喔|啊|哎|诶|欸|对|是|好|行|可以|没错|明白|知道|了解|喂|"
    r"mm|mhm|hmm|uh|huh|yeah|yes|yep|ok|okay|right|sure|i see|got it|i understand)[了吧啊呀的]?\W*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two parties' speech at once: the turn that came in, and the seconds shared."""

    turn: int
    other: int
    interval: Interval


def meetings(turns: Sequence[Turn], at_once: Sequence[Interval] | None = None) -> tuple[Meeting, ...]:
    """Every overlap of turns of different parties, by the later turn.

    In one channel words follow each other and their times do not tell: there ``at_once`` is where two were
    heard, and each such place belongs to the two turns that are nearest to it.
    """
    pairs = _pairs(turns)
    if at_once is not None:
        return tuple(found for both in at_once if (found := _met(pairs, both)) is not None)
    return tuple(
        Meeting(pair.turn, pair.other, Interval(start, end))
        for pair in pairs
        if (start := max(pair.mine.start, pair.theirs.start)) < (end := min(pair.mine.end, pair.theirs.end))
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """Turns of two parties close after each other: the later one, the other, and when both were said."""

    turn: int
    other: int
    mine: Interval
    theirs: Interval

    def apart(self, both: Interval) -> Seconds:
        """How far the further of the turns is from a place."""
        return max(0.0, *(max(both.gap(at), at.gap(both)) for at in (self.mine, self.theirs)))


def _pairs(turns: Sequence[Turn]) -> list[_Pair]:
    return [
        _Pair(i, j, turn.interval, other.interval)
        for i, turn in enumerate(turns)
        for j, other in enumerate(turns[max(0, i - _AROUND) : i], start=max(0, i - _AROUND))
        if turn.interval is not None and other.interval is not None and other.role is not turn.role
    ]


def _met(pairs: Sequence[_Pair], both: Interval) -> Meeting | None:
    """The two turns that both touch, or nearly touch, the place where two were heard; the first such."""
    until = bisect_right(pairs, both.end + _NEAR, key=lambda pair: pair.mine.start)
    near = pairs[max(0, until - _AROUND**2) : until]
    pair = min(near, key=lambda pair: pair.apart(both), default=None)
    return Meeting(pair.turn, pair.other, both) if pair and pair.apart(both) <= _NEAR else None


def nods(turns: Sequence[Turn], i: int) -> bool:
    """Whether a turn only shows that its speaker listens: short, and the other goes on.

    >>> from coach.domain.call import Role
    >>> agent, customer = Role.AGENT, Role.CUSTOMER
    >>> said = [Turn(0, agent, "我帮您申请"), Turn(1, customer, "嗯"), Turn(2, agent, "分三期")]
    >>> nods(said, 1)
    True
    """
    turn = turns[i]
    if not _acknowledges(turn):
        return False
    before = turns[i - 1] if i else None
    after = turns[i + 1] if i + 1 < len(turns) else None
    if before is not None and _covers(before, turn):
        return True
    others = before is not None and after is not None and before.role is after.role is not turn.role
    return others and not _asks(before)


def interrupts(turns: Sequence[Turn], found: Sequence[Meeting], i: int) -> Interval | None:
    """When turn ``i`` cut the other off: it came in well before the end, and the other gave way."""
    for meeting in found:
        if meeting.turn != i or _acknowledges(turns[i]):
            continue
        mine, other = turns[i].interval, turns[meeting.other].interval
        if mine is None or other is None:
            continue
        until = max(other.end, meeting.interval.end)
        if _INTERRUPTION <= meeting.interval.duration <= _YIELDS_WITHIN and until + _HOLDS <= mine.end:
            return meeting.interval
    return None


def silences(turns: Sequence[Turn], until: Seconds) -> tuple[Interval, ...]:
    """Stretches of at least ``SILENCE`` seconds in which nobody speaks, from the first words to the last."""
    spoken = speech(turns)
    return tuple(
        Interval(a.end, b.start)
        for a, b in pairwise(spoken)
        if b.start - a.end >= SILENCE and b.start <= until
    )


def speech(turns: Sequence[Turn], role: Role | None = None) -> tuple[Interval, ...]:
    """When somebody, or one party, speaks."""
    return merge(
        (
            interval
            for turn in turns
            if role is None or turn.role is role
            for interval in (
                [word.interval for word in turn.words] or ([turn.interval] if turn.interval else [])
            )
        ),
        gap=0.3,
    )


def longest_monologue(turns: Sequence[Turn], role: Role) -> Interval | None:
    """The longest stretch in which one party speaks and the other does no more than nod."""
    best: Interval | None = None
    run: Interval | None = None
    for i, turn in enumerate(turns):
        if turn.interval is None:
            continue
        if turn.role is role:
            run = turn.interval if run is None else run.hull(turn.interval)
            if best is None or run.duration > best.duration:
                best = run
        elif not nods(turns, i):
            run = None
    return best


def _acknowledges(turn: Turn) -> bool:
    short = units(turn.text) <= _NOD_UNITS and spoken_time(turn) <= _NOD
    return short and _NODS.fullmatch(turn.text) is not None


def _covers(other: Turn, turn: Turn) -> bool:
    return (
        other.role is not turn.role
        and other.interval is not None
        and turn.interval is not None
        and other.interval.end >= turn.interval.end
    )


def _asks(turn: Turn | None) -> bool:
    return turn is not None and turn.text.rstrip().endswith(("？", "?"))
