"""The ledger of promises: what a review finds promised, and what people noted of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from coach.domain.review import Review
from coach.store import content
from coach.store.carry import moved_turns
from coach.store.rows import promise_rows
from coach.store.schema import promises

_NOTED: Final = ("kept", "noted_by", "noted_at")
_GONE: Final = ("call_seq", "turn", "who", "amount", "due", *_NOTED)


def write(connection: sa.Connection, seq: int, review: Review) -> None:
    """Put the promises of a call's first review into the ledger."""
    _insert(connection, [_entry(row) for row in promise_rows(seq, review)])


def write_again(
    connection: sa.Connection, row: dict[str, Any], before: Review | None, review: Review
) -> None:
    """Write the promises of a later review of the call ``row``; ``before`` None: that cannot be read.

    What was noted goes to the same promise. Where that is not found any more the note stays as an entry of
    its own, with the words it was made on, until a review finds them again or somebody lets it go.
    """
    of_call = promises.c.call_seq == row["seq"]
    query = sa.select(promises).where(of_call, promises.c.kept.is_not(None))
    # What stands has the first claim; of what is gone, the latest.
    order = (promises.c.gone_from.is_not(None), promises.c.gone_from.desc(), promises.c.id)
    noted = [dict(one) for one in connection.execute(query.order_by(*order)).mappings()]
    free = [_entry(one) for one in promise_rows(row["seq"], review)]
    made = list(free)
    for old in noted:
        version = row["version"] - 1 if old["gone_from"] is None else old["gone_from"]
        on = _review_of(connection, row, version, before)
        found = None if on is None else _same(old, moved_turns(on, review)(old["turn"]), free)
        if found is None:
            made.append(_gone(old, version, on))
        else:
            free = [one for one in free if one is not found]
            found.update({name: old[name] for name in _NOTED})
    connection.execute(sa.delete(promises).where(of_call))
    _insert(connection, made)


def _review_of(
    connection: sa.Connection, row: dict[str, Any], version: int, before: Review | None
) -> Review | None:
    return before if version == row["version"] - 1 else content.readable(connection, row, version)


def _same(old: dict[str, Any], turn: int | None, free: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The promise that the note was made on: of the same words and person, and of no other sum or day."""
    there = [
        one
        for one in free
        if one["turn"] == turn
        and one["who"] == old["who"]
        and all(None in (one[name], old[name]) or one[name] == old[name] for name in ("amount", "due"))
    ]
    return max(
        there, key=lambda one: (one["amount"] == old["amount"], one["due"] == old["due"]), default=None
    )


def _gone(old: dict[str, Any], version: int, on: Review | None) -> dict[str, Any]:
    entry = {name: old[name] for name in _GONE} | {"gone_from": version}
    if on is None or old["gone_from"] is not None or not 0 <= old["turn"] < len(on.observed.call.turns):
        return entry | {"quote": old["quote"], "start": old["start"]}
    turn = on.observed.call.turns[old["turn"]]
    return entry | {"quote": turn.text[:200], "start": None if turn.interval is None else turn.interval.start}


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **dict.fromkeys((*_NOTED, "gone_from", "quote", "start"))}


def _insert(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(promises), rows)
