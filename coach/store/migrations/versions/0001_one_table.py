"""The single table of version 0.1."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "calls",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("removed_at", sa.String),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("critical", sa.JSON, nullable=False),
        sa.Column("playbook", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("started_at", sa.String),
        sa.Column("duration", sa.Float),
        sa.Column("has_audio", sa.Boolean, nullable=False),
        sa.Column("review", sa.Text, nullable=False),
    )
