"""By what an account is known to the company's identity provider."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "identities",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("email", sa.String),
        sa.Column("issuer", sa.String),
        sa.Column("subject", sa.String),
        sa.PrimaryKeyConstraint("account"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("issuer", "subject"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], ondelete="CASCADE"),
    )
