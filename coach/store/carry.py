"""What people said of a review comes along to the next one: rulings that hold, and places of remarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from coach.domain.carrying import Left, carried, counterpart
from coach.domain.errors import StoreError
from coach.domain.review import Review
from coach.domain.rulings import Ruling
from coach.scoring import apply_rulings
from coach.store import content
from coach.store.schema import appeals, comments, rulings

_NAMES = ("kind", "criterion", "turn", "outcome", "quote", "start", "end", "reason", "made_by", "made_at")


def carry_along(
    connection: sa.Connection, row: dict[str, Any], review: Review, moved: Callable[[int], int | None]
) -> None:
    """Write each open ruling of the version before into this one: as it now counts, or why it does not.

    ``row`` is the call as it stands with the new ``review``, ``moved`` is what ``moved_turns`` gave. What
    was left before is tried against the review on which it was made, so that taking a correction back
    brings it back.
    """
    query = (
        sa.select(rulings)
        .where(
            rulings.c.call_seq == row["seq"],
            rulings.c.version == row["version"] - 1,
            rulings.c.undone_at.is_(None),
        )
        .order_by(rulings.c.id)
    )
    open_ones = [dict(found) for found in connection.execute(query).mappings()]
    if open_ones:
        origins = [origin(connection, found) for found in open_ones]
        reviews = {one["version"]: content.readable(connection, row, one["version"]) for one in origins}
        seen = [(one, on) for one in origins if (on := reviews[one["version"]]) is not None]
        fitting = _fitting(connection, row, review, [(content.ruling(one), on) for one, on in seen])
        for made, (old, on) in zip(fitting, seen, strict=True):
            _write(connection, row, made, old, on)
        for old in origins:
            if reviews[old["version"]] is None:
                _write(connection, row, Left.EARLIER, old, None)
    _move_places(connection, row["seq"], moved)


def origin(connection: sa.Connection, row: dict[str, Any]) -> dict[str, Any]:
    """The ruling itself, where ``row`` only says that it did not come along."""
    while row["left_because"] is not None and row["carried_from"] is not None:
        query = sa.select(rulings).where(rulings.c.id == row["carried_from"])
        row = dict(connection.execute(query).mappings().one())
    return row


def _fitting(
    connection: sa.Connection, row: dict[str, Any], review: Review, pairs: list[tuple[Ruling, Review]]
) -> list[Ruling | Left]:
    """As ``carried``; without a playbook that can score them, none."""
    found = carried(pairs, review)
    try:
        playbook = content.playbook_of(connection, row)
        apply_rulings(review, (one for one in found if isinstance(one, Ruling)), playbook)
    except (StoreError, ValueError):
        return [Left.PLAYBOOK] * len(pairs)
    return found


def _write(
    connection: sa.Connection,
    row: dict[str, Any],
    made: Ruling | Left,
    old: dict[str, Any],
    on: Review | None,
) -> None:
    values = {name: old[name] for name in _NAMES}
    if isinstance(made, Ruling):
        values["turn"] = made.turn
    else:
        values |= {"left_because": made.value, **({} if on is None else _where(old, on))}
    connection.execute(
        sa.insert(rulings).values(
            call_seq=row["seq"], version=row["version"], carried_from=old["id"], **values
        )
    )


def _where(old: dict[str, Any], on: Review) -> dict[str, Any]:
    """The words and the seconds, so that a person finds the place in a review with other turns."""
    if old["turn"] is None:
        return {}
    turn = on.observed.call.turns[old["turn"]]
    at = turn.interval
    found = {"quote": old["quote"] or turn.text[:200]}
    return found if at is None or old["start"] is not None else found | {"start": at.start, "end": at.end}


def moved_turns(before: Review | None, after: Review) -> Callable[[int], int | None]:
    """Where a turn of the review before is in this one; None where its words are not heard any more."""
    if before is None:
        return lambda turn: None
    old, new = before.observed.call.turns, after.observed.call.turns
    if [turn.text for turn in old] == [turn.text for turn in new]:
        return lambda turn: turn
    return lambda turn: counterpart(old[turn], new) if turn < len(old) else None


def _move_places(connection: sa.Connection, seq: int, moved: Callable[[int], int | None]) -> None:
    """Remarks and appeals stay with their words."""
    for table in (comments, appeals):
        placed = sa.select(table.c.id, table.c.turn).where(table.c.call_seq == seq, table.c.turn.is_not(None))
        for one in connection.execute(placed).all():
            there = moved(one.turn)
            if there != one.turn:
                connection.execute(sa.update(table).where(table.c.id == one.id).values(turn=there))
