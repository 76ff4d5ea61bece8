"""Erase calls for good: words, sound, search, what people said; the audit keeps that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from coach.store.content import audit_subject, forget_text, lock_call
from coach.store.journal import note
from coach.store.schema import (
    acknowledgements,
    appeals,
    calls,
    comments,
    findings,
    promises,
    recordings,
    reviews,
    rulings,
    second_reviews,
    self_scores,
    sign_offs,
    turns,
)
from coach.store.tallies import add_up

if TYPE_CHECKING:
    from coach.store.reviews import ReviewStore

_PARTS = (
    *(reviews, recordings, turns, findings, rulings, comments, acknowledgements, appeals, self_scores),
    *(sign_offs, second_reviews, promises),
)


def erase(store: ReviewStore, call_ids: Sequence[str], *, by: str = "local", why: str = "erased") -> None:
    """Erase these calls; the sound goes first, so that a kill leaves none that nobody knows of."""
    for call_id in call_ids:
        store.sounds.delete(call_id)
        with store.database.writing() as connection:
            _delete(connection, call_id)
            note(connection, by, why, audit_subject(call_id))
    if call_ids:
        _sweep(store)


def _delete(connection: sa.Connection, call_id: str) -> None:
    lock_call(connection, call_id)
    seq = connection.execute(sa.select(calls.c.seq).where(calls.c.id == call_id)).scalar_one_or_none()
    if seq is not None:
        add_up(connection, -1, [calls.c.seq == seq])
        for part in _PARTS:
            connection.execute(sa.delete(part).where(part.c.call_seq == seq))
        forget_text(connection, seq)
        connection.execute(sa.delete(calls).where(calls.c.seq == seq))


def _sweep(store: ReviewStore) -> None:
    """Take what was deleted out of the files as well: the words of the index, free pages, the log."""
    if not store.database.is_sqlite:
        return  # PostgreSQL's autovacuum frees the rows; its log is the administrator's (see the README)
    with store.database.writing() as connection:
        connection.execute(sa.text("INSERT INTO call_index(call_index) VALUES ('optimize')"))
    store.database.outside("PRAGMA wal_checkpoint(TRUNCATE)")
