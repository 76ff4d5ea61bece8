"""Older stores open and keep their calls, whatever dies on the way."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from coach.domain.errors import StoreError
from coach.store import Filters, ReviewStore
from coach.store.codec import to_json
from coach.store.engine import Database, database_url
from coach.store.migrate import SCHEMA_VERSION, current, head, migrate
from coach.store.schema import metadata, tallies
from coach.store.tallies import recount
from tests.postgres import fresh_database
from tests.store_calls import BOSS, judged

# As version 0.1.0 made it.
SCHEMA_1 = """
CREATE TABLE calls (
    id VARCHAR NOT NULL, title VARCHAR NOT NULL, added_at VARCHAR NOT NULL, removed_at VARCHAR,
    verdict VARCHAR NOT NULL, score FLOAT, critical JSON NOT NULL, playbook VARCHAR NOT NULL,
    language VARCHAR NOT NULL, started_at VARCHAR, duration FLOAT, has_audio BOOLEAN NOT NULL,
    review TEXT NOT NULL, PRIMARY KEY (id)
)
"""
_OPEN = """
import os, sys
from pathlib import Path
import sqlalchemy as sa
from sqlalchemy.engine import Engine
left = [int(sys.argv[2])]
@sa.event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, parameters, context, many):
    left[0] -= 1
    if left[0] == 0:
        os._exit(9)
from coach.store import ReviewStore
store = ReviewStore(Path(sys.argv[1]))
if len(sys.argv) > 3:
    from tests.store_calls import BOSS, judged
    from coach.domain.rulings import RulingKind
    store.add(judged("new", faults={"no_threat": 2}), title="new", agent="li")
    store.desk(BOSS).case("new").rule(RulingKind.DISMISS, "no_threat", turn=2, reason="x")
"""


def old_store(root: Path, n: int = 3) -> None:
    """A store of version 0.1.0: ``n`` calls, one more that was removed, one that cannot be read."""
    (root / "recordings").mkdir(parents=True)
    connection = sqlite3.connect(root / "coach.sqlite")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(SCHEMA_1)
    connection.execute("PRAGMA user_version = 1")
    connection.executemany(f"INSERT INTO calls VALUES ({','.join('?' * 13)})", old_rows(n))
    connection.commit()
    connection.close()


def old_rows(n: int = 3) -> list[tuple[object, ...]]:
    """The rows of such a store."""
    return [
        *(
            _old_row(f"c{i}", to_json(judged(f"c{i}", faults={"no_threat": 2} if i == 0 else {})))
            for i in range(n)
        ),
        _old_row("gone", to_json(judged("gone")), removed_at="2026-11-19T00:00:00+00:00"),
        _old_row("odd", '{"observed": "of another version"}'),
    ]


def _old_row(call_id: str, review: str, removed_at: str | None = None) -> tuple[object, ...]:
    values = (call_id, f"通话 {call_id}", f"2026-11-18T0{len(call_id)}:00:00+00:00", removed_at, "pass", 90.0)
    rest = (json.dumps([]), "collection", "zh", "2026-11-18T10:00:00+08:00", 18.0, False, review)
    return (*values, *rest)


def test_an_old_store_keeps_its_calls_and_finds_their_words(tmp_path: Path) -> None:
    old_store(tmp_path)
    store = ReviewStore(tmp_path)
    desk = store.desk(BOSS)
    assert {call.id for call in desk.calls().items} == {"c0", "c1", "c2", "odd"}
    assert store.review("c1") == judged("c1")
    assert {hit.call.id for hit in desk.search(Filters(text="逾期")).items} == {"c0", "c1", "c2"}
    assert desk.case("c0").line.critical == ("no_threat",)
    assert [call.id for call in desk.removed()] == ["gone"]
    with pytest.raises(StoreError, match="review the recording again"):
        desk.case("odd").review()
    store.add(judged("odd"), title="again")
    assert desk.case("odd").review() == judged("odd")
    weeks = desk.tallies(date(2026, 11, 1), date(2026, 12, 1))
    assert sum(t.n for t in weeks if t.criterion == "") == 4
    assert ReviewStore(tmp_path).desk(BOSS).count() == 4


def test_the_old_program_sees_that_it_cannot_read_the_new_store(tmp_path: Path) -> None:
    ReviewStore(tmp_path)
    assert sqlite3.connect(tmp_path / "coach.sqlite").execute("PRAGMA user_version").fetchone() == (
        SCHEMA_VERSION,
    )


@pytest.mark.parametrize(
    "change", ["PRAGMA user_version = 99", "UPDATE alembic_version SET version_num = '0999'"]
)
def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path, change: str) -> None:
    ReviewStore(tmp_path).database.close()
    connection = sqlite3.connect(tmp_path / "coach.sqlite")
    connection.execute(change)
    if change.startswith("PRAGMA"):
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="install the version that wrote it"):
        ReviewStore(tmp_path)


@pytest.mark.parametrize("statements", [1, 2, 4, 8, 15, 30, 60, 75, 80, 90, 110])
def test_killed_at_any_statement_of_a_migration_nothing_is_lost(tmp_path: Path, statements: int) -> None:
    old_store(tmp_path)
    assert _child(tmp_path, statements) in (0, 9)
    store = ReviewStore(tmp_path)
    assert {call.id for call in store.calls()} == {"c0", "c1", "c2", "odd"}
    assert store.review("c2") == judged("c2")
    assert len(store.desk(BOSS).search(Filters(text="逾期")).items) == 3
    assert counted(store)


@pytest.mark.parametrize("statements", [5, 8, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 34, 40, 46])
def test_killed_at_any_statement_of_a_review_it_is_whole_or_not_there(
    tmp_path: Path, statements: int
) -> None:
    ReviewStore(tmp_path).database.close()
    _child(tmp_path, statements, "add")
    store = ReviewStore(tmp_path)
    assert counted(store)
    found = store.calls()
    if found:
        case = store.desk(BOSS).case("new")
        assert case.review() == judged("new", faults={"no_threat": 2})
        assert case.line.ruled == bool(case.rulings())
        assert [hit.call.id for hit in store.desk(BOSS).search(Filters(text="退款")).items] == ["new"]
    store.add(judged("new", faults={"no_threat": 2}), title="again")
    assert len(store.calls()) == 1


def test_two_programs_open_an_old_store_at_once(tmp_path: Path) -> None:
    old_store(tmp_path, 20)
    children = [_start(tmp_path, 100_000) for _ in range(3)]
    for child in children:
        _, errors = child.communicate(timeout=240)
        assert child.returncode == 0, errors
    assert len(ReviewStore(tmp_path).calls()) == 21


def test_the_tables_are_what_the_migrations_make(tmp_path: Path, postgres_url: str) -> None:
    for url in (None, fresh_database(postgres_url)):
        database = Database(database_url(tmp_path, url))
        migrate(database)
        assert current(database) == head()
        with database.reading() as connection:
            context = MigrationContext.configure(connection)
            differences = [d for d in compare_metadata(context, metadata) if not _of_search(d)]
            assert not differences
        database.close()


def _of_search(difference: object) -> bool:
    """Whether it is of the index of words, which is made by hand."""
    return (
        "call_index" in repr(difference)
        or "call_text_by_token" in repr(difference)
        or "'tokens'" in repr(difference)
    )


def counted(store: ReviewStore) -> bool:
    """Whether the counts that are kept are what counting anew finds."""

    def read() -> set[tuple[object, ...]]:
        with store.database.reading() as connection:
            return {tuple(row)[:6] for row in connection.execute(sa.select(tallies).where(tallies.c.n != 0))}

    before = read()
    with store.database.writing() as connection:
        recount(connection)
    return before == read()


def _child(root: Path, statements: int, *more: str) -> int:
    child = _start(root, statements, *more)
    _, errors = child.communicate(timeout=240)
    assert child.returncode in (0, 9), errors
    return child.returncode


def _start(root: Path, statements: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _OPEN, str(root), str(statements), *more],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
