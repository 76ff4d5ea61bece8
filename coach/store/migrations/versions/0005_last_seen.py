"""When an account last signed in, and what was noted of promises whose words are gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; the audit knows when people signed in."""
    op.add_column("accounts", sa.Column("signed_in_at", sa.String))
    op.execute(
        "UPDATE accounts SET signed_in_at = (SELECT max(made_at) FROM audit "
        "WHERE audit.account = accounts.id AND audit.action = 'sign_in')"
    )
    op.add_column("promises", sa.Column("gone_from", sa.Integer))
    op.add_column("promises", sa.Column("quote", sa.Text))
    op.add_column("promises", sa.Column("start", sa.Float))
