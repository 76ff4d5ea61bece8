"""How turns are laid out for the classifier: windows of consecutive turns that overlap in their context.

A window is a header that names the playbook, then turns, each opened by a tag of its speaker and closed by a
separator. Training and run time share this module, so that both see the same sequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from coach.domain.call import Role

ROLE_IDS = {Role.UNKNOWN: 0, Role.AGENT: 1, Role.CUSTOMER: 2, Role.THIRD_PARTY: 3}
PART_TOKENS = 128
"""A longer turn is laid out as several parts; each is judged, the turn has the highest of their scores."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """Token ids that structure a window; ``headers`` by the coached party, ``tags`` by speaker.

    After one of ``stops`` a sentence or clause ends.
    """

    begin: int
    pad: int
    separator: int
    headers: dict[Role, tuple[int, ...]]
    tags: dict[Role, tuple[int, ...]]
    stops: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A turn, or a stretch of a long one: whose it is and its token ids without marks."""

    turn: int
    role: Role
    ids: tuple[int, ...]

    @property
    def cost(self) -> int:
        """Tokens in a window, with tag and separator."""
        return len(self.ids) + 2


@dataclass(frozen=True, slots=True)
class Window:
    """Parts ``[start, end)`` are seen, parts ``[first, last)`` are judged from it."""

    start: int
    first: int
    last: int
    end: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """Limits of a window in tokens; the context before a judged turn ends at either of the two."""

    budget: int = 288
    past_tokens: int = 96
    past_turns: int = 8
    future_tokens: int = 32


@dataclass(frozen=True, slots=True)
class Layout:
    """A window as arrays of one length: token ids, role ids and, from 1, the place of each token's part."""

    ids: Integers
    roles: Integers
    places: Integers


def parts_of(
    turn: int,
    role: Role,
    ids: Sequence[int],
    stops: frozenset[int] = frozenset(),
    *,
    size: int = PART_TOKENS,
) -> tuple[Part, ...]:
    """Cut a turn's tokens into parts of about ``size``, at the ends of clauses where there are any."""
    count = max(1, -(-len(ids) // size))
    even = [round(len(ids) * i / count) for i in range(count + 1)]
    cuts = [0, *(_nearest_stop(ids, cut, stops, size // 5) for cut in even[1:-1]), len(ids)]
    return tuple(Part(turn, role, tuple(ids[a:b])) for a, b in pairwise(cuts))


def _nearest_stop(ids: Sequence[int], cut: int, stops: frozenset[int], slack: int) -> int:
    near = range(max(1, cut - slack), min(len(ids), cut + slack + 1))
    return min((at for at in near if ids[at - 1] in stops), key=lambda at: abs(at - cut), default=cut)


def plan(parts: Sequence[Part], sizes: Sizes) -> tuple[Window, ...]:
    """Cover all parts with windows, each part judged once, with what came before it and a little after."""
    windows: list[Window] = []
    first = 0
    while first < len(parts):
        start, past = first, 0
        while (
            start and first - start < sizes.past_turns and past + parts[start - 1].cost <= sizes.past_tokens
        ):
            start -= 1
            past += parts[start].cost
        end, used = first + 1, past + parts[first].cost
        while end < len(parts) and used + parts[end].cost <= sizes.budget:
            used += parts[end].cost
            end += 1
        last, future = end, 0
        if end < len(parts):
            while last - 1 > first and future + parts[last - 1].cost <= sizes.future_tokens:
                last -= 1
                future += parts[last].cost
        windows.append(Window(start, first, last, end))
        first = last
    return tuple(windows)


def lay_out(parts: Sequence[Part], coached: Role, marks: Marks) -> Layout:
    """Write parts one after another behind the header."""
    head = (marks.begin, *marks.headers[coached], marks.separator)
    ids: list[int] = list(head)
    roles = [0] * len(head)
    places = [0] * len(head)
    for place, part in enumerate(parts, start=1):
        segment = (*marks.tags[part.role], *part.ids, marks.separator)
        ids.extend(segment)
        roles.extend([ROLE_IDS[part.role]] * len(segment))
        places.extend([place] * len(segment))
    return Layout(np.array(ids), np.array(roles), np.array(places))


def stack(layouts: Sequence[Layout], pad: int) -> tuple[Integers, Integers, Integers]:
    """Pad layouts to one length: ids, roles and places of shape (windows, tokens); padding has place -1."""
    length = max(len(one.ids) for one in layouts)
    shape = (len(layouts), length)
    ids, roles, places = np.full(shape, pad), np.zeros(shape, np.int64), np.full(shape, -1)
    for row, one in enumerate(layouts):
        ids[row, : len(one.ids)] = one.ids
        roles[row, : len(one.ids)] = one.roles
        places[row, : len(one.ids)] = one.places
    return ids, roles, places
