"""Windows cover every turn once, with context, within their budget."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.call import Role
from coach.language.windows import PART_TOKENS, Marks, Part, Sizes, lay_out, parts_of, plan, stack

SIZES = Sizes(budget=100, past_tokens=40, past_turns=4, future_tokens=16)
MARKS = Marks(
    begin=0,
    pad=1,
    separator=2,
    headers={Role.AGENT: (7, 8), Role.CUSTOMER: (9,)},
    tags={Role.UNKNOWN: (10,), Role.AGENT: (11,), Role.CUSTOMER: (12,), Role.THIRD_PARTY: (13,)},
)


def _parts(lengths: list[int]) -> list[Part]:
    return [Part(i, Role.AGENT, tuple(range(n))) for i, n in enumerate(lengths)]


@given(st.lists(st.integers(1, 80), max_size=60))
def test_every_part_is_judged_exactly_once(lengths: list[int]) -> None:
    judged = [i for window in plan(_parts(lengths), SIZES) for i in range(window.first, window.last)]
    assert judged == list(range(len(lengths)))


@given(st.lists(st.integers(1, 80), min_size=1, max_size=60))
def test_a_window_keeps_to_its_budget_unless_one_part_alone_needs_more(lengths: list[int]) -> None:
    parts = _parts(lengths)
    for window in plan(parts, SIZES):
        cost = sum(part.cost for part in parts[window.start : window.end])
        past = sum(part.cost for part in parts[window.start : window.first])
        assert past <= SIZES.past_tokens
        assert cost <= SIZES.budget or window.end == window.first + 1


def test_later_windows_begin_with_the_turns_before() -> None:
    windows = plan(_parts([8] * 30), SIZES)
    assert len(windows) > 2
    assert all(window.first - window.start == 4 for window in windows[1:])


@pytest.mark.parametrize(
    ("tokens", "count"), [(0, 1), (1, 1), (PART_TOKENS, 1), (PART_TOKENS + 1, 2), (3 * PART_TOKENS, 3)]
)
def test_a_long_turn_is_cut_into_even_parts(tokens: int, count: int) -> None:
    parts = parts_of(5, Role.CUSTOMER, range(tokens))
    assert len(parts) == count
    assert [i for part in parts for i in part.ids] == list(range(tokens))
    assert max(len(part.ids) for part in parts) - min(len(part.ids) for part in parts) <= 1


def test_a_layout_is_header_then_tagged_turns() -> None:
    parts = [Part(0, Role.AGENT, (20, 21)), Part(1, Role.CUSTOMER, (22,))]
    layout = lay_out(parts, Role.AGENT, MARKS)
    assert layout.ids.tolist() == [0, 7, 8, 2, 11, 20, 21, 2, 12, 22, 2]
    assert layout.roles.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
    assert layout.places.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]


def test_padding_belongs_to_no_turn() -> None:
    short = lay_out([Part(0, Role.AGENT, (20,))], Role.CUSTOMER, MARKS)
    long = lay_out([Part(0, Role.AGENT, (20, 21, 22))], Role.CUSTOMER, MARKS)
    ids, roles, places = stack([short, long], MARKS.pad)
    assert ids.shape == roles.shape == places.shape == (2, 8)
    assert places[0].tolist() == [0, 0, 0, 1, 1, 1, -1, -1]
    assert np.all(ids[0, 6:] == MARKS.pad)
