"""What the contract tests of the store share: it is asked on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from coach.store import ReviewStore
from coach.store.schema import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReviewStore]:
    made = ReviewStore(
        tmp_path, None if request.param == "sqlite" else request.getfixturevalue("postgres_store")
    )
    if request.param != "sqlite":
        with made.database.writing() as connection:
            connection.execute(sa.text(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE"))
    yield made
    made.database.close()
