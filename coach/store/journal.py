"""The audit: who did what to which call and when, without a word of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from coach.store.rows import now
from coach.store.schema import audit


def note(connection: sa.Connection, account: str, action: str, subject: str = "", **detail: Any) -> None:
    """Write down that ``account`` did ``action``; ``detail`` holds counts, ids and kinds only."""
    connection.execute(
        sa.insert(audit).values(made_at=now(), account=account, action=action, subject=subject, detail=detail)
    )
