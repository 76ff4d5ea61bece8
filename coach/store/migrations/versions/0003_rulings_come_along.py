"""Rulings come along to a later review, and looking without a score of one's own is written down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, list the rulings that earlier versions left behind, count open appeals again."""
    op.add_column("rulings", sa.Column("carried_from", sa.Integer))
    op.add_column("rulings", sa.Column("left_because", sa.String))
    skipped = sa.Column("skipped", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("self_scores", skipped)
    _list_left()
    _count_appeals()


def _list_left() -> None:
    same = 'kind, criterion, turn, outcome, quote, start, "end", reason, made_by, made_at'
    theirs = ", ".join(f"r.{name.strip()}" for name in same.split(","))
    op.execute(
        f"INSERT INTO rulings (call_seq, version, {same}, carried_from, left_because) "
        f"SELECT r.call_seq, c.version, {theirs}, r.id, 'earlier' FROM rulings r "
        "JOIN calls c ON c.seq = r.call_seq WHERE r.version < c.version AND r.undone_at IS NULL ORDER BY r.id"
    )


def _count_appeals() -> None:
    """A later review forgot the appeals that waited, and where they put the call in the inbox."""
    connection = op.get_bind()
    waiting = sa.text(
        "SELECT a.call_seq, count(*) AS n, c.state, c.risk FROM appeals a JOIN calls c ON c.seq = a.call_seq "
        "WHERE a.granted IS NULL AND c.appeals = 0 GROUP BY a.call_seq, c.state, c.risk"
    )
    change = sa.text("UPDATE calls SET appeals = :n, risk = :risk WHERE seq = :seq")
    for row in connection.execute(waiting).all():
        each = 1_000 if row.state in ("signed", "acknowledged") else 10_000
        risk = row.risk + min(9, row.n) * each
        connection.execute(change, {"seq": row.call_seq, "n": row.n, "risk": risk})
