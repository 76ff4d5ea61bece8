"""Everything but the first table: people, what they say of reviews, search, the queue."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables and move the calls of version 0.1 into them."""
    op.rename_table("calls", "calls_1")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX calls_pkey RENAME TO calls_1_pkey")
    _make()
    _make_search()
    _move()
    op.drop_table("calls_1")


def _move() -> None:
    connection = op.get_bind()
    old = sa.Table("calls_1", sa.MetaData(), autoload_with=connection)
    calls = sa.Table("calls", sa.MetaData(), autoload_with=connection)
    reviews = sa.Table("reviews", sa.MetaData(), autoload_with=connection, resolve_fks=False)
    seqs = list(connection.execute(sa.select(old.c.id).order_by(old.c.added_at)).scalars())
    for seq, call_id in enumerate(seqs, 1):
        row = dict(connection.execute(sa.select(old).where(old.c.id == call_id)).mappings().one())
        body = row.pop("review")
        connection.execute(sa.insert(calls).values(seq=seq, **_call(row)))
        kept = {name: row[name] for name in ("playbook", "verdict", "score")}
        connection.execute(
            sa.insert(reviews).values(
                call_seq=seq,
                version=1,
                made_at=row["added_at"],
                playbook_version="",
                body=zlib.compress(body.encode()),
                **kept,
            )
        )
    if seqs and connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('calls', 'seq'), :seq)"), {"seq": len(seqs)}
        )


def _call(row: dict[str, object]) -> dict[str, object]:
    """The new row; what must be read from the review itself is filled in when the store is opened."""
    began = datetime.fromisoformat(str(row["started_at"] or row["added_at"]))
    began = began if began.tzinfo is not None else began.replace(tzinfo=UTC)
    critical = list(row["critical"])  # type: ignore[call-overload]
    return {
        **row,
        "happened_at": int(began.timestamp()),
        "week": (began.date() - timedelta(days=began.weekday())).isoformat(),
        "playbook_version": "",
        "version": 1,
        "final_verdict": row["verdict"],
        "final_score": row["score"],
        "final_critical": critical,
        "criticals": len(critical),
        "ruled": False,
        "doubts": 0,
        "appeals": 0,
        "risk": 0,
        "state": "new",
        "hold": False,
        "indexed": False,
    }


def _make_search() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE call_text ADD COLUMN tokens tsvector NOT NULL")
        op.execute("CREATE INDEX call_text_by_token ON call_text USING gin (tokens)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE call_index USING fts5(said, sound, content='call_text', content_rowid='seq', "
        'tokenize="unicode61 remove_diacritics 0")'
    )


def _make() -> None:

    op.create_table(
        "accounts",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("password", sa.String),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("removed_at", sa.String),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("audit_by_subject", "audit", ["subject"])
    op.create_index("audit_by_time", "audit", ["made_at"])
    op.create_table(
        "calls",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("removed_at", sa.String),
        sa.Column("happened_at", sa.BigInteger, nullable=False),
        sa.Column("week", sa.String, nullable=False),
        sa.Column("playbook", sa.String, nullable=False),
        sa.Column("playbook_version", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("started_at", sa.String),
        sa.Column("duration", sa.Float),
        sa.Column("has_audio", sa.Boolean, nullable=False),
        sa.Column("agent", sa.String),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("critical", sa.JSON, nullable=False),
        sa.Column("final_verdict", sa.String, nullable=False),
        sa.Column("final_score", sa.Float),
        sa.Column("final_critical", sa.JSON, nullable=False),
        sa.Column("criticals", sa.Integer, nullable=False),
        sa.Column("ruled", sa.Boolean, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("appeals", sa.Integer, nullable=False),
        sa.Column("risk", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("cleared_at", sa.String),
        sa.Column("hold", sa.Boolean, nullable=False),
        sa.Column("indexed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "calls_by_agent",
        "calls",
        ["agent", "happened_at"],
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index(
        "calls_by_risk",
        "calls",
        ["risk", "seq"],
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index(
        "calls_by_time",
        "calls",
        ["happened_at", "seq"],
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "exercises",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("result", sa.JSON, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("exercises_by_account", "exercises", ["account", "made_at"])
    op.create_table(
        "notes",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("account", "name"),
    )
    op.create_table(
        "playbook_versions",
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("playbook", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("published_by", sa.String),
        sa.Column("made_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_table(
        "saved_views",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("filters", sa.JSON, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("account", "name"),
    )
    op.create_table(
        "tallies",
        sa.Column("week", sa.String, nullable=False),
        sa.Column("agent", sa.String, nullable=False),
        sa.Column("playbook", sa.String, nullable=False),
        sa.Column("criterion", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("total", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("week", "agent", "playbook", "criterion", "outcome"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "acknowledgements",
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("criterion", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_seq", "made_by", "criterion"),
    )
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("criterion", sa.String, nullable=False),
        sa.Column("turn", sa.Integer),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("granted", sa.Boolean),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_by", sa.String),
        sa.Column("answered_at", sa.String),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("appeals_by_call", "appeals", ["call_seq"])
    op.create_table(
        "call_text",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("sound", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Float),
        sa.Column("turn", sa.Integer),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("comments_by_call", "comments", ["call_seq"])
    op.create_table(
        "findings",
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("criterion", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("critical", sa.Boolean, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("credit", sa.Float, nullable=False),
        sa.Column("final_outcome", sa.String, nullable=False),
        sa.Column("final_credit", sa.Float, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer),
        sa.Column("start", sa.Float),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_seq", "criterion"),
        sqlite_with_rowid=False,
    )
    op.create_index("findings_by_outcome", "findings", ["criterion", "final_outcome", "call_seq"])
    op.create_table(
        "promises",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("amount", sa.Float),
        sa.Column("due", sa.String),
        sa.Column("kept", sa.Boolean),
        sa.Column("noted_by", sa.String),
        sa.Column("noted_at", sa.String),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("promises_by_call", "promises", ["call_seq"])
    op.create_index("promises_by_due", "promises", ["due"])
    op.create_table(
        "recordings",
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_seq"),
    )
    op.create_index("recordings_by_digest", "recordings", ["sha256"])
    op.create_table(
        "reviews",
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("playbook", sa.String, nullable=False),
        sa.Column("playbook_version", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_seq", "version"),
    )
    op.create_table(
        "rulings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("criterion", sa.String, nullable=False),
        sa.Column("turn", sa.Integer),
        sa.Column("outcome", sa.String),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("start", sa.Float),
        sa.Column("end", sa.Float),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("undone_by", sa.String),
        sa.Column("undone_at", sa.String),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("rulings_by_call", "rulings", ["call_seq"])
    op.create_table(
        "second_reviews",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("rater", sa.String, nullable=False),
        sa.Column("assigned_by", sa.String, nullable=False),
        sa.Column("assigned_at", sa.String, nullable=False),
        sa.Column("submitted_at", sa.String),
        sa.Column("outcomes", sa.JSON),
        sa.Column("note", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call_seq", "rater", name="one_second_review_each"),
    )
    op.create_table(
        "self_scores",
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("outcomes", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_seq", "made_by"),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("began", sa.Float, nullable=False),
        sa.Column("seen", sa.Float, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index("sessions_by_account", "sessions", ["account"])
    op.create_table(
        "sign_offs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("withdrawn_at", sa.String),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sign_offs_by_call", "sign_offs", ["call_seq"])
    op.create_table(
        "tickets",
        sa.Column("token", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "turns",
        sa.Column("call_seq", sa.Integer, nullable=False),
        sa.Column("i", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("start", sa.Float),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("masked", sa.Text),
        sa.ForeignKeyConstraint(["call_seq"], ["calls.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_seq", "i"),
        sqlite_with_rowid=False,
    )
