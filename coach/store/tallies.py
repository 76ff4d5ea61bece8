"""Counts by week, agent and criterion, kept with every change so that a dashboard reads no call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa

from coach.store.lines import Tally
from coach.store.schema import calls, findings, tallies

_KEYS = ("week", "agent", "playbook", "criterion", "outcome")


@contextmanager
def counted_anew(connection: sa.Connection, seq: int | None) -> Iterator[None]:
    """Takes a call out of the counts, and counts it as it is after the block; None: there is none yet."""
    if seq is not None:
        add_up(connection, -1, [calls.c.seq == seq])
    yield
    if seq is not None:
        add_up(connection, 1, [calls.c.seq == seq])


def add_up(connection: sa.Connection, sign: int, which: list[Any]) -> None:
    """Add (or with ``sign`` -1 take away) the calls ``which``; removed ones do not count."""
    live = [*which, calls.c.removed_at.is_(None)]
    place = [calls.c.week, sa.func.coalesce(calls.c.agent, ""), calls.c.playbook]
    each = sa.select(
        *place,
        findings.c.criterion,
        findings.c.final_outcome,
        sa.literal(sign) * sa.func.count(),
        sa.literal(sign) * sa.func.sum(findings.c.final_credit),
    ).join_from(calls, findings, findings.c.call_seq == calls.c.seq)
    whole = sa.select(
        *place,
        sa.literal("").label("criterion"),
        calls.c.final_verdict,
        sa.literal(sign) * sa.func.count(),
        sa.literal(sign) * sa.func.sum(sa.func.coalesce(calls.c.final_score, 0.0)),
    )
    for query, by in ((each, findings.c.criterion), (whole, None)):
        outcome = findings.c.final_outcome if by is not None else calls.c.final_verdict
        keys = [*place, *([by] if by is not None else []), outcome]
        # In one order, so that two who count at once wait for each other and do not lock each other out.
        _merge(connection, query.where(*live).group_by(*keys).order_by(*keys))


def recount(connection: sa.Connection) -> None:
    """Count everything anew."""
    connection.execute(sa.delete(tallies))
    add_up(connection, 1, [])


def read(
    connection: sa.Connection, which: list[Any], *, one_agent: str | None = None, one_week: date | None = None
) -> list[Tally]:
    """The counts ``which``, by week; with ``one_agent`` or ``one_week`` for all, these are added up."""
    keys: list[Any] = [tallies.c[key] for key in _KEYS]
    fixed = {"agent": one_agent, "week": None if one_week is None else one_week.isoformat()}
    kept = [key for key in keys if fixed.get(key.name) is None]
    shown = [key if fixed.get(key.name) is None else sa.literal(fixed[key.name]) for key in keys]
    query = sa.select(*shown, tallies.c.n, tallies.c.total)
    if len(kept) < len(keys):
        sums = (sa.func.sum(tallies.c.n), sa.func.sum(tallies.c.total))
        query = sa.select(*shown, *sums).group_by(*kept)
    days = _Days()
    rows: Any = connection.execute(query.where(tallies.c.n > 0, *which).order_by(*kept))
    return [Tally(days[row[0]], *row[1:]) for row in rows]


class _Days(dict[str, date]):
    """Days by their text, each read once."""

    def __missing__(self, text: str) -> date:
        self[text] = day = date.fromisoformat(text)
        return day


def _merge(connection: sa.Connection, query: Any) -> None:
    from sqlalchemy.dialects import postgresql, sqlite

    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(tallies).from_select([*_KEYS, "n", "total"], query)
    merged = {name: tallies.c[name] + insert.excluded[name] for name in ("n", "total")}
    connection.execute(insert.on_conflict_do_update(index_elements=list(_KEYS), set_=merged))
