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
_AGENT = sa.func.coalesce(calls.c.agent, sa.literal_column("''"))
"""Nobody's calls are counted under an empty name; a literal, so that PostgreSQL sees what it groups by."""


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
    for query in _counts(sign, which):
        _merge(connection, query)


def counted(which: list[Any]) -> sa.Subquery:
    """The same counts, made now, of the calls ``which`` alone."""
    return sa.union_all(*_counts(1, which)).subquery("counted")


def _counts(sign: int, which: list[Any]) -> Iterator[sa.Select[Any]]:
    """By criterion, and of the calls themselves."""
    live = [*which, calls.c.removed_at.is_(None)]
    place = [calls.c.week, _AGENT.label("agent"), calls.c.playbook]
    each = sa.select(
        *place,
        findings.c.criterion,
        findings.c.final_outcome.label("outcome"),
        (sa.literal(sign) * sa.func.count()).label("n"),
        (sa.literal(sign) * sa.func.sum(findings.c.final_credit)).label("total"),
    ).join_from(calls, findings, findings.c.call_seq == calls.c.seq)
    whole = sa.select(
        *place,
        sa.literal("").label("criterion"),
        calls.c.final_verdict.label("outcome"),
        (sa.literal(sign) * sa.func.count()).label("n"),
        (sa.literal(sign) * sa.func.sum(sa.func.coalesce(calls.c.final_score, 0.0))).label("total"),
    )
    for query, by in (
        (each, [findings.c.criterion, findings.c.final_outcome]),
        (whole, [calls.c.final_verdict]),
    ):
        keys = [calls.c.week, _AGENT, calls.c.playbook, *by]
        yield query.where(*live).group_by(*keys)


def recount(connection: sa.Connection) -> None:
    """Count everything anew."""
    connection.execute(sa.delete(tallies))
    add_up(connection, 1, [])


def read(
    connection: sa.Connection,
    which: list[Any],
    table: sa.FromClause = tallies,
    *,
    one_agent: str | None = None,
    one_week: date | None = None,
) -> list[Tally]:
    """The counts ``which``, by week; with ``one_agent`` or ``one_week`` for all, these are added up."""
    keys: list[Any] = [table.c[key] for key in _KEYS]
    fixed = {"agent": one_agent, "week": None if one_week is None else one_week.isoformat()}
    kept = [key for key in keys if fixed.get(key.name) is None]
    shown = [key if fixed.get(key.name) is None else sa.literal(fixed[key.name]) for key in keys]
    query = sa.select(*shown, table.c.n, table.c.total)
    if len(kept) < len(keys):
        sums = (sa.func.sum(table.c.n), sa.func.sum(table.c.total))
        query = sa.select(*shown, *sums).group_by(*kept)
    days = _Days()
    rows: Any = connection.execute(query.where(table.c.n > 0, *which).order_by(*kept))
    return [Tally(days[row[0]], *row[1:]) for row in rows]


class _Days(dict[str, date]):
    """Days by their text, each read once."""

    def __missing__(self, text: str) -> date:
        self[text] = day = date.fromisoformat(text)
        return day


def _merge(connection: sa.Connection, query: Any) -> None:
    from sqlalchemy.dialects import postgresql, sqlite

    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    # In one order, so that two who count at once wait for each other and do not lock each other out.
    ordered = query.order_by(*(sa.text(key) for key in _KEYS))
    insert = dialect.insert(tallies).from_select([*_KEYS, "n", "total"], ordered)
    merged = {name: tallies.c[name] + insert.excluded[name] for name in ("n", "total")}
    connection.execute(insert.on_conflict_do_update(index_elements=list(_KEYS), set_=merged))
