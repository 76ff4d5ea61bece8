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


def read(connection: sa.Connection, which: list[Any]) -> list[Tally]:
    """The counts ``which``, by week."""
    query = sa.select(tallies).where(tallies.c.n > 0, *which).order_by(*(tallies.c[key] for key in _KEYS))
    return [
        Tally(
            date.fromisoformat(row.week),
            row.agent,
            row.playbook,
            row.criterion,
            row.outcome,
            row.n,
            row.total,
        )
        for row in connection.execute(query)
    ]


def _merge(connection: sa.Connection, query: Any) -> None:
    from sqlalchemy.dialects import postgresql, sqlite

    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(tallies).from_select([*_KEYS, "n", "total"], query)
    merged = {name: tallies.c[name] + insert.excluded[name] for name in ("n", "total")}
    connection.execute(insert.on_conflict_do_update(index_elements=list(_KEYS), set_=merged))
