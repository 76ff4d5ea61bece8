"""Reviews into the tables and out of them, each in the transaction of its caller."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from coach import playbooks
from coach.domain.errors import NoSuchCall, PlaybookError, StoreError
from coach.domain.playbook import Playbook
from coach.domain.review import Outcome, Review, Scorecard
from coach.domain.rulings import Ruling, RulingKind
from coach.domain.time import Interval
from coach.playbooks.reader import read_playbook
from coach.scoring import apply_rulings
from coach.store.codec import unpacked
from coach.store.rows import (
    final_values,
    finding_rows,
    moment,
    now,
    risk,
    text_row,
    turn_rows,
)
from coach.store.schema import (
    call_text,
    calls,
    findings,
    playbook_versions,
    reviews,
    rulings,
    turns,
)
from coach.store.tallies import counted_anew

GONE = "there is no such call; it may have been removed: go back to the list of calls"


def lock_call(connection: sa.Connection, call_id: str) -> None:
    """Let one writer at a time at a call; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:id, 0))"), {"id": call_id})


def call_row(connection: sa.Connection, call_id: str, *, removed: bool = False) -> dict[str, Any]:
    """The row of a call; raises ``NoSuchCall``."""
    query = sa.select(calls).where(calls.c.id == call_id)
    if not removed:
        query = query.where(calls.c.removed_at.is_(None))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NoSuchCall(GONE)
    return dict(row)


def index(connection: sa.Connection, seq: int, review: Review, final: Scorecard) -> None:
    """Write anew what lists, search and statistics read of a review; promises are ``ledger``'s."""
    is_sqlite = connection.dialect.name == "sqlite"
    for table in (turns, findings):
        connection.execute(sa.delete(table).where(table.c.call_seq == seq))
    _insert(connection, turns, turn_rows(seq, review))
    forget_text(connection, seq)
    keep_text(connection, [text_row(seq, review.observed.call, is_sqlite=is_sqlite)])
    _insert(connection, findings, finding_rows(seq, review, final))


def keep_text(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """Put calls into the index of words; SQLite's has no place for the text itself."""
    if connection.dialect.name == "sqlite":
        connection.execute(sa.insert(call_text), rows)
        connection.execute(
            sa.text("INSERT INTO call_index(rowid, said, sound) VALUES (:seq, :said, :sound)"), rows
        )
        return
    values = "VALUES (:seq, :said, :sound, array_to_tsvector(:tokens))"
    connection.execute(sa.text(f"INSERT INTO call_text (seq, said, sound, tokens) {values}"), rows)


def forget_text(connection: sa.Connection, seq: int) -> None:
    """Take a call out of the index of words; SQLite must be told which words these were."""
    if connection.dialect.name == "sqlite":
        old = "INSERT INTO call_index(call_index, rowid, said, sound) SELECT 'delete', seq, said, sound"
        connection.execute(sa.text(f"{old} FROM call_text WHERE seq = :seq"), {"seq": seq})
    connection.execute(sa.delete(call_text).where(call_text.c.seq == seq))


def read(connection: sa.Connection, row: dict[str, Any], version: int | None = None) -> Review:
    """A review of a call, the one that stands unless another ``version`` is named; raises ``StoreError``."""
    body = body_of(connection, row["seq"], row["version"] if version is None else version)
    if body is None:
        raise StoreError("there is no such version of the review")
    return unpacked(body)


def readable(connection: sa.Connection, row: dict[str, Any], version: int) -> Review | None:
    """As ``read``; None for a review that another version of the program wrote and this one cannot read."""
    try:
        return read(connection, row, version)
    except StoreError:
        return None


def rulings_of(connection: sa.Connection, row: dict[str, Any]) -> list[Ruling]:
    """The rulings on the review that stands, first to last, without those undone."""
    query = (
        sa.select(rulings)
        .where(
            rulings.c.call_seq == row["seq"],
            rulings.c.version == row["version"],
            rulings.c.undone_at.is_(None),
            rulings.c.left_because.is_(None),
        )
        .order_by(rulings.c.id)
    )
    return [ruling(found) for found in connection.execute(query).mappings()]


def ruling(row: Any) -> Ruling:
    """A row of ``rulings`` as scoring reads it."""
    at = None if row["start"] is None else Interval(row["start"], row["end"])
    outcome = None if row["outcome"] is None else Outcome(row["outcome"])
    return Ruling(
        kind=RulingKind(row["kind"]),
        criterion=row["criterion"],
        turn=row["turn"],
        outcome=outcome,
        quote=row["quote"],
        at=at,
        reason=row["reason"],
        by=row["made_by"],
        made_at=moment(row["made_at"]),
        id=row["id"],
    )


def human_card(connection: sa.Connection, row: dict[str, Any], review: Review) -> Scorecard | None:
    """The card as people have ruled; None when nobody has. Raises ``StoreError`` without the playbook."""
    found = rulings_of(connection, row)
    if not found:
        return None
    try:
        return apply_rulings(review, found, playbook_of(connection, row))
    except ValueError:
        raise StoreError(
            "the playbook of this review has changed since; review the recording again to rule on it"
        ) from None


def rescore(connection: sa.Connection, row: dict[str, Any]) -> dict[str, Any]:
    """Score a call again after a ruling, and write down what stands now."""
    review = read(connection, row)
    human = human_card(connection, row, review)
    stands = review.scorecard if human is None else human
    with counted_anew(connection, row["seq"]):
        for found in finding_rows(row["seq"], review, stands):
            same = (findings.c.call_seq == row["seq"], findings.c.criterion == found["criterion"])
            connection.execute(sa.update(findings).where(*same).values(**found))
        return update(connection, row, **final_values(stands, ruled=human is not None))


def update(connection: sa.Connection, row: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Change a call's row, and its risk with it; the new row."""
    values["risk"] = risk({**row, **values})
    return changed(connection, row["id"], values)


def playbook_of(connection: sa.Connection, row: dict[str, Any]) -> Playbook:
    """The playbook that the review which stands was judged by; raises ``StoreError`` when it is not kept."""
    source = playbook_source_of(connection, row)
    if source is not None:
        return read_playbook(source.encode(), f"{row['playbook']}.yaml")
    if row["playbook"] in playbooks.names():
        built_in = playbooks.load(row["playbook"])
        if built_in.version == row["playbook_version"] or not row["playbook_version"]:
            return built_in
    raise StoreError(
        f"{row['playbook']} {row['playbook_version']}: this version of the playbook is not kept; review the "
        "recording again to rule on it"
    )


def playbook_source_of(connection: sa.Connection, row: dict[str, Any]) -> str | None:
    """The text of the playbook that the review which stands was judged by; None where it was not kept."""
    found = sa.select(reviews.c.fingerprint).where(
        reviews.c.call_seq == row["seq"], reviews.c.version == row["version"]
    )
    fingerprint = connection.execute(found).scalar_one_or_none()
    query = sa.select(playbook_versions.c.source).where(playbook_versions.c.fingerprint == fingerprint)
    source = connection.execute(query).scalar_one_or_none()
    return None if source is None else str(source)


@lru_cache(maxsize=8)
def _read(source: str) -> Playbook:
    """The playbook of a text, read once: the calls of a batch have the same, and others wait meanwhile."""
    return read_playbook(source.encode(), "playbook.yaml")


def keep_playbook(connection: sa.Connection, source: str, *, by: str | None) -> dict[str, Any]:
    """Keep a playbook's text once; raises ``PlaybookError`` for a faulty one. Its row."""
    playbook = _read(source)
    query = sa.select(playbook_versions).where(playbook_versions.c.fingerprint == playbook.fingerprint)
    known = connection.execute(query).mappings().one_or_none()
    if known is None:
        taken = sa.select(playbook_versions.c.fingerprint).where(
            playbook_versions.c.playbook == playbook.id, playbook_versions.c.version == playbook.version
        )
        if by is not None and connection.execute(taken).first() is not None:
            raise PlaybookError(
                f"playbook.yaml: version {playbook.version} is already there; give a new version"
            )
        row: dict[str, Any] = {"fingerprint": playbook.fingerprint, "playbook": playbook.id}
        row |= {"version": playbook.version}
        row |= {"source": source, "published_by": by, "made_at": now()}
        connection.execute(sa.insert(playbook_versions).values(**row))
        return row
    return dict(known)


def body_of(connection: sa.Connection, seq: int, version: int) -> bytes | None:
    """A review as it is written; None where there is none."""
    query = sa.select(reviews.c.body).where(reviews.c.call_seq == seq, reviews.c.version == version)
    body = connection.execute(query).scalar_one_or_none()
    return None if body is None else bytes(body)


def changed(connection: sa.Connection, call_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """Change a call's row as it is told; the new row."""
    connection.execute(sa.update(calls).where(calls.c.id == call_id).values(**values))
    return call_row(connection, call_id, removed=True)


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def audit_subject(call_id: str) -> str:
    """How a call is named in the audit: the id of a recording, and a digest of an id that somebody wrote."""
    if len(call_id) == 64 and set(call_id) <= set("0123456789abcdef"):
        return call_id
    return f"w-{sha256(call_id.encode()).hexdigest()[:32]}"
