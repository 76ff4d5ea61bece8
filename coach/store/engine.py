"""The connection to the database: a SQLite file of this machine, or PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from coach.domain.errors import StoreError

BUSY_MS = 30_000
_PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-65536",
)


class Database:
    """One database: ``reading`` sees a single moment, ``writing`` waits its turn and is whole or not."""

    def __init__(self, url: sa.URL) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = _engine(url)
        if self.is_sqlite:
            sa.event.listen(self._engine, "connect", _pragmas)
            sa.event.listen(self._engine, "begin", _begin)
        # SQLite must take the lock at once: a reader that turns into a writer cannot wait for it.
        self._writer = self._engine.execution_options(coach_writes=True)

    def reading(self) -> Any:
        """A connection for queries, as a context manager."""
        return self._engine.connect()

    def writing(self) -> Any:
        """A transaction that is committed at the end of the block, as a context manager."""
        return self._writer.begin()

    def outside(self, statement: str) -> None:
        """Run what cannot be part of a transaction."""
        with self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            cursor = raw.cursor()
            cursor.execute(statement)
            cursor.fetchall()
            cursor.close()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def database_url(root: Path, url: str | None) -> sa.URL:
    """The address of the database; raises ``StoreError`` for one that the store cannot use."""
    if url is None:
        return sa.URL.create("sqlite", database=str(root / "coach.sqlite"))
    try:
        made = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreError(
            "COACH_STORE_URL is no address of a database, e.g. postgresql://user@host/coach"
        ) from None
    match made.get_backend_name():
        case "sqlite" if made.database:
            return made
        case "postgresql":
            return made.set(drivername="postgresql+psycopg")
        case other:
            raise StoreError(f"COACH_STORE_URL names {other}; the store is a SQLite file or PostgreSQL")


def _engine(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True)
    except ModuleNotFoundError:
        raise StoreError(
            "the driver of PostgreSQL is missing; install it with: pip install 'call-coach[postgresql]'"
        ) from None


def _pragmas(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = (
        None  # ``_begin`` says when a transaction begins, also one that changes tables
    )
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("coach_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
