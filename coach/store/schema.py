"""The tables of the store; ``migrations/`` makes them, a test holds both together.

Times are ISO 8601 in UTC with microseconds, so that they sort as text. ``seq`` is the key within the store,
``id`` the call's own. Rows that hang on a call go with it.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
LIVE = sa.text("removed_at IS NULL")


def _call_seq(*, key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "call_seq",
        sa.Integer,
        sa.ForeignKey("calls.seq", ondelete="CASCADE"),
        primary_key=key,
        nullable=False,
    )


def _numbered(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=True)


calls = sa.Table(
    "calls",
    metadata,
    _numbered("seq"),
    sa.Column("id", sa.String, nullable=False, unique=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("added_at", sa.String, nullable=False),
    sa.Column("removed_at", sa.String),
    sa.Column("happened_at", sa.BigInteger, nullable=False),  # seconds since 1970: began, else was added
    sa.Column("week", sa.String, nullable=False),  # the Monday of its week, where the call was made
    sa.Column("playbook", sa.String, nullable=False),
    sa.Column("playbook_version", sa.String, nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("started_at", sa.String),
    sa.Column("duration", sa.Float),
    sa.Column("has_audio", sa.Boolean, nullable=False),
    sa.Column("agent", sa.String),
    sa.Column("version", sa.Integer, nullable=False),  # of the review that stands
    sa.Column("verdict", sa.String, nullable=False),  # the machine's
    sa.Column("score", sa.Float),
    sa.Column("critical", sa.JSON, nullable=False),
    sa.Column("final_verdict", sa.String, nullable=False),  # as people have ruled
    sa.Column("final_score", sa.Float),
    sa.Column("final_critical", sa.JSON, nullable=False),
    sa.Column("criticals", sa.Integer, nullable=False),
    sa.Column("ruled", sa.Boolean, nullable=False),
    sa.Column("doubts", sa.Integer, nullable=False),  # criteria with something to be checked, or undetermined
    sa.Column("appeals", sa.Integer, nullable=False),  # that wait for an answer
    sa.Column("risk", sa.Integer, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("cleared_at", sa.String),  # for training
    sa.Column("hold", sa.Boolean, nullable=False),  # kept whatever the rule says
    sa.Column("indexed", sa.Boolean, nullable=False),
    sa.Index("calls_by_risk", "risk", "seq", sqlite_where=LIVE, postgresql_where=LIVE),
    sa.Index("calls_by_time", "happened_at", "seq", sqlite_where=LIVE, postgresql_where=LIVE),
    sa.Index("calls_by_agent", "agent", "happened_at", sqlite_where=LIVE, postgresql_where=LIVE),
    sqlite_autoincrement=True,
)

reviews = sa.Table(
    "reviews",
    metadata,
    _call_seq(key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("made_at", sa.String, nullable=False),
    sa.Column("playbook", sa.String, nullable=False),
    sa.Column("playbook_version", sa.String, nullable=False),
    sa.Column("fingerprint", sa.String),  # of the playbook's text, where it is kept
    sa.Column("verdict", sa.String, nullable=False),
    sa.Column("score", sa.Float),
    sa.Column("body", sa.LargeBinary, nullable=False),  # JSON, deflated
)

recordings = sa.Table(
    "recordings",
    metadata,
    _call_seq(key=True),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("added_at", sa.String, nullable=False),
    sa.Index("recordings_by_digest", "sha256"),
)

turns = sa.Table(
    "turns",
    metadata,
    _call_seq(key=True),
    sa.Column("i", sa.Integer, primary_key=True),
    sa.Column("role", sa.String, nullable=False),
    sa.Column("start", sa.Float),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("masked", sa.Text),  # without personal data, where there is any
    sqlite_with_rowid=False,
)

call_text = sa.Table(
    "call_text",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("calls.seq", ondelete="CASCADE"), primary_key=True),
    sa.Column("said", sa.Text, nullable=False),  # tokens, as coach.store.words writes them
    sa.Column("sound", sa.Text, nullable=False),  # the same in pinyin
)

findings = sa.Table(
    "findings",
    metadata,
    _call_seq(key=True),
    sa.Column("criterion", sa.String, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("critical", sa.Boolean, nullable=False),
    sa.Column("weight", sa.Float, nullable=False),
    sa.Column("outcome", sa.String, nullable=False),  # the machine's
    sa.Column("credit", sa.Float, nullable=False),
    sa.Column("final_outcome", sa.String, nullable=False),
    sa.Column("final_credit", sa.Float, nullable=False),
    sa.Column("confidence", sa.Float),
    sa.Column("doubts", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer),
    sa.Column("start", sa.Float),
    sa.Index("findings_by_outcome", "criterion", "final_outcome", "call_seq"),
    sqlite_with_rowid=False,
)

tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("week", sa.String, primary_key=True),
    sa.Column("agent", sa.String, primary_key=True),
    sa.Column("playbook", sa.String, primary_key=True),
    sa.Column("criterion", sa.String, primary_key=True),  # empty: the calls themselves
    sa.Column("outcome", sa.String, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("total", sa.Float, nullable=False),  # of credit, or of scores
    sqlite_with_rowid=False,
)

rulings = sa.Table(
    "rulings",
    metadata,
    _numbered("id"),
    _call_seq(),
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
    sa.Column("carried_from", sa.Integer),  # the ruling on an earlier review that this one continues
    sa.Column("left_because", sa.String),  # why it did not come along, and so does not count
    sa.Index("rulings_by_call", "call_seq"),
)

comments = sa.Table(
    "comments",
    metadata,
    _numbered("id"),
    _call_seq(),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Float),
    sa.Column("turn", sa.Integer),
    sa.Column("made_by", sa.String, nullable=False),
    sa.Column("made_at", sa.String, nullable=False),
    sa.Index("comments_by_call", "call_seq"),
)

acknowledgements = sa.Table(
    "acknowledgements",
    metadata,
    _call_seq(key=True),
    sa.Column("made_by", sa.String, primary_key=True),
    sa.Column("criterion", sa.String, primary_key=True),  # empty: the whole review
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("made_at", sa.String, nullable=False),
)

appeals = sa.Table(
    "appeals",
    metadata,
    _numbered("id"),
    _call_seq(),
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
    sa.Index("appeals_by_call", "call_seq"),
)

self_scores = sa.Table(
    "self_scores",
    metadata,
    _call_seq(key=True),
    sa.Column("made_by", sa.String, primary_key=True),
    sa.Column("made_at", sa.String, nullable=False),
    sa.Column("outcomes", sa.JSON, nullable=False),  # criterion -> outcome
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("skipped", sa.Boolean, nullable=False, server_default=sa.false()),  # he chose to look without
)

sign_offs = sa.Table(
    "sign_offs",
    metadata,
    _numbered("id"),
    _call_seq(),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("made_by", sa.String, nullable=False),
    sa.Column("made_at", sa.String, nullable=False),
    sa.Column("withdrawn_at", sa.String),
    sa.Index("sign_offs_by_call", "call_seq"),
)

second_reviews = sa.Table(
    "second_reviews",
    metadata,
    _numbered("id"),
    _call_seq(),
    sa.Column("rater", sa.String, nullable=False),
    sa.Column("assigned_by", sa.String, nullable=False),
    sa.Column("assigned_at", sa.String, nullable=False),
    sa.Column("submitted_at", sa.String),
    sa.Column("outcomes", sa.JSON),
    sa.Column("note", sa.Text, nullable=False),
    sa.UniqueConstraint("call_seq", "rater", name="one_second_review_each"),
)

promises = sa.Table(
    "promises",
    metadata,
    _numbered("id"),
    _call_seq(),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("amount", sa.Float),
    sa.Column("due", sa.String),
    sa.Column("kept", sa.Boolean),
    sa.Column("noted_by", sa.String),
    sa.Column("noted_at", sa.String),
    sa.Column("gone_from", sa.Integer),  # the last version of the review that had its words; None: they stand
    sa.Column("quote", sa.Text),  # these words, and where they were
    sa.Column("start", sa.Float),
    sa.Index("promises_by_call", "call_seq"),
    sa.Index("promises_by_due", "due"),
)

playbook_versions = sa.Table(
    "playbook_versions",
    metadata,
    sa.Column("fingerprint", sa.String, primary_key=True),
    sa.Column("playbook", sa.String, nullable=False),
    sa.Column("version", sa.String, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("published_by", sa.String),  # None: came with a review
    sa.Column("made_at", sa.String, nullable=False),
)

saved_views = sa.Table(
    "saved_views",
    metadata,
    sa.Column("account", sa.String, primary_key=True),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("filters", sa.JSON, nullable=False),
    sa.Column("made_at", sa.String, nullable=False),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("account", sa.String, primary_key=True),  # empty: of the whole office
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)

exercises = sa.Table(
    "exercises",
    metadata,
    _numbered("id"),
    sa.Column("account", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("subject", sa.String, nullable=False),
    sa.Column("score", sa.Float),
    sa.Column("result", sa.JSON, nullable=False),
    sa.Column("made_at", sa.String, nullable=False),
    sa.Index("exercises_by_account", "account", "made_at"),
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("login", sa.String, nullable=False, unique=True),  # folded
    sa.Column("name", sa.String, nullable=False),
    sa.Column("role", sa.String, nullable=False),
    sa.Column("password", sa.String),  # argon2id; None until he has set one
    sa.Column("made_at", sa.String, nullable=False),
    sa.Column("removed_at", sa.String),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", sa.Float, nullable=False),  # seconds since 1970
    sa.Column("signed_in_at", sa.String),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token", sa.String, primary_key=True),  # its SHA-256
    sa.Column("account", sa.String, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    sa.Column("began", sa.Float, nullable=False),
    sa.Column("seen", sa.Float, nullable=False),
    sa.Index("sessions_by_account", "account"),
)

identities = sa.Table(
    "identities",  # by what an account is known to the company's identity provider
    metadata,
    sa.Column("account", sa.String, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("email", sa.String, unique=True),  # folded
    sa.Column("issuer", sa.String),
    sa.Column("subject", sa.String),  # with an e-mail: None until the first sign-in
    sa.UniqueConstraint("issuer", "subject"),
)

tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("token", sa.String, primary_key=True),  # its SHA-256
    sa.Column("account", sa.String, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    sa.Column("expires", sa.Float, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    _numbered("id"),
    sa.Column("made_at", sa.String, nullable=False),
    sa.Column("account", sa.String, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("subject", sa.String, nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
    sa.Index("audit_by_time", "made_at"),
    sa.Index("audit_by_subject", "subject"),
)
