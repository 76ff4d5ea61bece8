"""An agent scores himself first: until then nobody's judgement of his own call is shown to him.

The office may turn this off. Who does not want to score himself says so once, and that is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from coach.domain.people import AccountRole, Actor
from coach.store.lines import CallState, Filters, Order
from coach.store.schema import calls, notes, self_scores

SELF_SCORE_FIRST: Final = "self_score_first"
"""The office's setting; it is on unless somebody turned it off."""
OFFICE: Final = ""
"""The account of notes that are everybody's."""


def asked_of(connection: sa.Connection, actor: Actor) -> bool:
    """Whether ``actor`` is somebody who scores himself first."""
    if actor.role is not AccountRole.AGENT:
        return False
    query = sa.select(notes.c.value).where(notes.c.account == OFFICE, notes.c.name == SELF_SCORE_FIRST)
    return connection.execute(query).scalar_one_or_none() is not False


def looked_at(actor: Actor) -> sa.ColumnElement[bool]:
    """The calls that he has scored himself, chose to look at without, or has acknowledged."""
    scored = sa.select(self_scores.c.call_seq).where(self_scores.c.made_by == actor.account)
    return sa.or_(calls.c.seq.in_(scored), calls.c.state == CallState.ACKNOWLEDGED.value)


def withheld(connection: sa.Connection, actor: Actor, seqs: Sequence[int]) -> set[int]:
    """Those of the calls ``seqs`` of which he may not see any judgement yet."""
    if not seqs or not asked_of(connection, actor):
        return set()
    query = sa.select(calls.c.seq).where(calls.c.seq.in_(seqs), sa.not_(looked_at(actor)))
    return set(connection.execute(query).scalars())


def judges(filters: Filters) -> bool:
    """Whether these filters would tell how a call was judged by whether it is among the found."""
    flags = (filters.critical, filters.doubtful, filters.ruled, filters.criterion, filters.outcome)
    return bool(filters.verdicts) or any(flag is not None for flag in flags)


def plain_order(order: Order) -> Order:
    """An order that does not tell how calls were judged."""
    return Order.NEWEST if order in (Order.RISK, Order.WORST) else order


def conditions(connection: sa.Connection, actor: Actor) -> list[Any]:
    """What a query over judgements adds for ``actor``."""
    return [looked_at(actor)] if asked_of(connection, actor) else []
