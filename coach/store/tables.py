"""The tables of the store and the connection to its file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from coach.domain.errors import StoreError

SCHEMA_VERSION = 1
TRIES = 50
TRY_SECONDS = 0.1

metadata = sa.MetaData()

calls = sa.Table(
    "calls",
    metadata,
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


def connect(file: Path) -> sa.Engine:
    """The engine of the SQLite file (WAL, made when absent); raises ``StoreError`` for another schema."""
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{file}")
    sa.event.listen(engine, "connect", _pragmas)
    try:
        for _ in range(TRIES):
            try:
                _make(engine)
                return engine
            except sa.exc.OperationalError as error:
                # Two processes may make the store at once, and SQLite does not wait for a change to WAL.
                if not any(word in str(error.orig) for word in ("locked", "already exists")):
                    raise
                time.sleep(TRY_SECONDS)
        _make(engine)
    except sa.exc.DatabaseError as error:
        raise StoreError(
            f"the store cannot be opened ({type(error.orig).__name__}); check that the disk is not full and "
            "that the file is a database of Call Coach, or set COACH_DATA_DIR to another folder"
        ) from None
    return engine


def _make(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        found = connection.execute(sa.text("PRAGMA user_version")).scalar_one()
        if found not in (0, SCHEMA_VERSION):
            raise StoreError(
                f"the store has schema {found}, this version reads {SCHEMA_VERSION}; "
                "install the version that wrote it, or set COACH_DATA_DIR to a new folder"
            )
        metadata.create_all(connection)
        connection.execute(sa.text(f"PRAGMA user_version = {SCHEMA_VERSION}"))


def _pragmas(connection: Any, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=10000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
