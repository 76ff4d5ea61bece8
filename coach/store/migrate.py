"""Bring a database to this version's schema, in one transaction: a kill leaves the old or the new."""

from __future__ import annotations

import time
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from coach.domain.errors import StoreError
from coach.store.engine import Database

SCHEMA_VERSION = 3
"""What older versions of the program find in the file, so that they say why they cannot read it."""
FIRST = "0001"
TRIES = 50
TRY_SECONDS = 0.1
_LOCK = 7_345_201
_FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Make or change the tables; several processes may do so at once. Raises ``StoreError``."""
    try:
        for _ in range(TRIES):
            try:
                _migrate(database)
                return
            except sa.exc.OperationalError as error:
                # SQLite does not wait for a change to WAL.
                if "locked" not in str(error.orig):
                    raise
                time.sleep(TRY_SECONDS)
        _migrate(database)
    except sa.exc.DatabaseError as error:
        raise StoreError(
            f"the store cannot be opened ({type(error.orig).__name__}); check that the disk is not full and "
            "that the file is a database of Call Coach, or set COACH_DATA_DIR to another folder"
        ) from None


def current(database: Database) -> str | None:
    """The revision that a database is at; None for an empty one or one older than revisions."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The revision that this version reads and writes."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _migrate(database: Database) -> None:
    if current(database) == head():
        return
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = MigrationContext.configure(connection).get_current_revision()
        _check(connection, found, is_sqlite=database.is_sqlite)
        config = _config()
        config.attributes["connection"] = connection
        if found is None and "calls" in sa.inspect(connection).get_table_names():
            command.stamp(config, FIRST)  # made by the version that did not count revisions yet
        command.upgrade(config, "head")
        if database.is_sqlite:
            connection.execute(sa.text(f"PRAGMA user_version = {SCHEMA_VERSION}"))


def _check(connection: sa.Connection, found: str | None, *, is_sqlite: bool) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    version = connection.execute(sa.text("PRAGMA user_version")).scalar_one() if is_sqlite else 0
    if (found is not None and found not in known) or version > SCHEMA_VERSION:
        raise StoreError(
            f"the store has schema {found or version}, this version reads {head()}; "
            "install the version that wrote it, or set COACH_DATA_DIR to a new folder"
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
