"""A review into the store: the call's line, its version, and what people said of the one before."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from coach.domain.review import Review
from coach.store import content, ledger
from coach.store.carry import carry_along, moved_turns
from coach.store.codec import packed
from coach.store.lines import CallState
from coach.store.rows import call_values, final_values, now, risk
from coach.store.schema import appeals, calls, reviews
from coach.store.tallies import add_up, counted_anew


def put(
    connection: sa.Connection,
    review: Review,
    *,
    title: str,
    has_audio: bool,
    agent: str | None,
    playbook_source: str | None,
) -> dict[str, Any]:
    """Keep a review as the one that stands; the same once more changes only the title. The call's row."""
    call_id = review.observed.call.id
    content.lock_call(connection, call_id)
    known = connection.execute(sa.select(calls).where(calls.c.id == call_id)).mappings().one_or_none()
    seq = None if known is None else int(known["seq"])
    body = packed(review)
    values = {"title": title, "added_at": now(), "removed_at": None, "has_audio": has_audio, "indexed": True}
    with counted_anew(connection, seq):
        if known is not None and content.body_of(connection, known["seq"], known["version"]) == body:
            return content.changed(connection, call_id, values)
        version = 1 if known is None else known["version"] + 1
        row = {**values, "version": version, "ruled": False, "state": CallState.NEW.value}
        row |= {**call_values(review), **final_values(review.scorecard, ruled=False)}
        row["appeals"] = 0 if known is None else _open_appeals(connection, known["seq"])
        row["risk"] = risk(row)
        if known is None:
            row |= {"agent": agent, "hold": False}
            connection.execute(sa.insert(calls).values(id=call_id, **row))
        else:
            connection.execute(sa.update(calls).where(calls.c.id == call_id).values(**row))
        made = content.call_row(connection, call_id)
        _keep_version(connection, made, review, body, playbook_source)
        made = _index(connection, made, review)
    if seq is None:
        add_up(connection, 1, [calls.c.seq == made["seq"]])
    return made


def _index(connection: sa.Connection, row: dict[str, Any], review: Review) -> dict[str, Any]:
    """Lists, search and counts of a new version, with the rulings that came along; the call's row."""
    if row["version"] == 1:
        content.index(connection, row["seq"], review, review.scorecard)
        ledger.write(connection, row["seq"], review)
        return row
    before = content.readable(connection, row, row["version"] - 1)
    carry_along(connection, row, review, moved_turns(before, review))
    ledger.write_again(connection, row, before, review)
    human = content.human_card(connection, row, review)
    final = review.scorecard if human is None else human
    content.index(connection, row["seq"], review, final)
    if human is None:
        return row
    values = {**final_values(human, ruled=True), "state": CallState.IN_REVIEW.value}
    return content.update(connection, row, **values)


def _open_appeals(connection: sa.Connection, seq: int) -> int:
    waiting = sa.select(sa.func.count()).where(appeals.c.call_seq == seq, appeals.c.granted.is_(None))
    return int(connection.execute(waiting).scalar_one())


def _keep_version(
    connection: sa.Connection, row: dict[str, Any], review: Review, body: bytes, playbook_source: str | None
) -> None:
    kept = None if playbook_source is None else content.keep_playbook(connection, playbook_source, by=None)
    card = review.scorecard
    connection.execute(
        sa.insert(reviews).values(
            call_seq=row["seq"],
            version=row["version"],
            made_at=now(),
            playbook=row["playbook"],
            playbook_version=review.playbook_version,
            fingerprint=None if kept is None else kept["fingerprint"],
            verdict=card.verdict.value,
            score=None if card.score is None else float(card.score),
            body=body,
        )
    )
