"""Killed at any moment of a review, a ruling, an erasure or a migration: nothing is lost, nothing twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from coach.domain.errors import NoSuchCall
from coach.store import Filters, ReviewStore
from coach.store.engine import Database, database_url
from coach.store.migrate import current, head
from coach.ui.job_folder import write_json
from coach.ui.jobs import Jobs, JobState, Order
from tests.contract.test_store_migrations import SCHEMA_1, counted, old_rows, old_store
from tests.killable import Killer
from tests.postgres import fresh_database
from tests.store_calls import BOSS, judged

SEED = 20261122


@dataclass(frozen=True)
class Deaths:
    """How often each kind of work is killed: at steps spread over it, at its last ones, and by the clock."""

    spread: int
    last: int
    by_clock: int

    def steps(self, steps: int) -> list[int]:
        """Every step where there are few, otherwise some of them, the last ones in any case."""
        spread = random.Random(SEED).sample(range(1, steps + 1), min(self.spread, steps))
        return sorted({*spread, *range(max(1, steps + 1 - self.last), steps + 1)})

    def ways(self, steps: int) -> list[dict[str, Any]]:
        """How to die: at steps, and some times by the clock, wherever the work is then."""
        lot = random.Random(SEED)
        return [
            *({"step": step} for step in self.steps(steps)),
            *({"after": lot.uniform(0.002, 0.3)} for _ in range(self.by_clock)),
        ]


@pytest.fixture(
    params=[
        pytest.param(Deaths(4, 3, 2), id="few"),
        pytest.param(Deaths(12, 6, 6), id="many", marks=pytest.mark.slow),
    ]
)
def deaths(request: pytest.FixtureRequest) -> Deaths:
    made: Deaths = request.param
    return made


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("COACH_STORE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with Killer() as made:
        yield made


def _job(data: Path, n: int) -> tuple[Path, str]:
    """A job with an upload, as the page leaves it; its folder and the id of its recording."""
    folder = data / "jobs" / f"20261122T08000000{n:04}-abcdef01"
    (folder / "tmp").mkdir(parents=True)
    content = f"recording {n}".encode()
    (folder / "recording.wav").write_bytes(content)
    write_json(folder / "job.json", asdict(Order(title=f"call {n}", suffix=".wav")))
    return folder, sha256(content).hexdigest()


def _whole(store: ReviewStore, call_id: str, sound_bytes: int) -> None:
    """The call is there once, with its sound, and nothing half-written lies beside."""
    case = store.desk(BOSS).case(call_id)
    assert case.review() == judged(call_id, faults={"no_threat": 2})
    assert [version.version for version in case.versions()] == [1]
    sound = case.audio()
    assert sound is not None
    assert sound.stat().st_size == sound_bytes


def test_killed_at_any_moment_of_a_review_it_is_done_once(data: Path, killer: Killer, deaths: Deaths) -> None:
    made: list[str] = []
    for n in range(2):  # the first one also makes the store
        folder, call_id = _job(data, n)
        dry = killer.run("job", str(folder))
        assert (dry.killed, dry.code) == (False, 0)
        made.append(call_id)
    store = ReviewStore(data)
    sound = store.desk(BOSS).case(made[0]).audio()
    assert sound is not None
    size = sound.stat().st_size
    ways = deaths.ways(dry.steps)
    killed = 0
    for n, death in enumerate(ways, 2):
        folder, call_id = _job(data, n)
        write_json(folder / "tries.json", {"tries": 1})
        killed += killer.run("job", str(folder), **death).killed
        if not (folder / "outcome.json").exists():
            write_json(folder / "tries.json", {"tries": 2})
            again = killer.run("job", str(folder))
            assert (again.killed, again.code) == (False, 0), death
        outcome = json.loads((folder / "outcome.json").read_text())
        assert outcome == {"state": JobState.DONE, "call_id": call_id}
        _whole(store, call_id, size)
        made.append(call_id)
    assert killed >= len(ways) - deaths.by_clock, "only those by the clock may come too late"
    assert Jobs(data / "jobs").resume() == 0
    assert not list((data / "jobs").glob("*/recording.*")), "the copies of the sound are not left behind"
    assert {call.id for call in store.calls()} == set(made)
    assert len(store.calls()) == len(made)
    assert store.desk(BOSS).count(Filters(text="逾期")) == len(made)
    assert len(list((data / "recordings").iterdir())) == 2 * len(made)
    assert counted(store)


def test_killed_at_any_moment_of_a_ruling_nothing_is_half(data: Path, killer: Killer, deaths: Deaths) -> None:
    store = ReviewStore(data)
    store.add(judged("0", faults={"no_threat": 2}), title="0")
    steps = killer.run("rule", str(data), "0").steps
    for n in deaths.steps(steps):
        store.add(judged(f"call-{n}", faults={"no_threat": 2}), title=str(n))
        assert killer.run("rule", str(data), f"call-{n}", step=n).killed
        case = store.desk(BOSS).case(f"call-{n}")
        assert case.line.ruled == bool(case.rulings())
        assert (case.card().human is not None) == bool(case.rulings())
        assert (case.line.state.value == "signed") == bool(case.sign_offs())
    assert counted(store)


def test_killed_at_any_moment_of_an_erasure_the_next_one_ends_it(
    data: Path, killer: Killer, deaths: Deaths
) -> None:
    store = ReviewStore(data)

    def kept(call_id: str) -> str:
        sound = data / "sound.wav"
        sound.write_bytes(b"RIFF" * 100)
        store.add(judged(call_id, faults={"no_threat": 2}), title=call_id, audio=sound, peaks=[[0.1]])
        return call_id

    steps = killer.run("erase", str(data), kept("0")).steps
    for n in deaths.steps(steps):
        call_id = kept(f"call-{n}")
        assert killer.run("erase", str(data), call_id, step=n).killed
        with suppress(NoSuchCall):  # it may have come so far
            store.desk(BOSS).case(call_id).erase()
        assert store.desk(BOSS).count() == 0
    assert not list((data / "recordings").iterdir())
    assert store.desk(BOSS).count(Filters(text="逾期")) == 0
    assert counted(store)


def test_killed_at_any_moment_of_a_migration_of_a_file_the_calls_are_there(
    data: Path, killer: Killer, deaths: Deaths
) -> None:
    steps = killer.run("upgrade", str(_old(data, 0))).steps
    for n, death in enumerate(deaths.ways(steps), 1):
        root = _old(data, n)
        killer.run("upgrade", str(root), **death)
        _upgraded(ReviewStore(root))


def test_killed_at_any_moment_of_a_migration_of_postgresql_the_calls_are_there(
    data: Path, killer: Killer, deaths: Deaths, postgres_url: str
) -> None:
    old = _old_postgres(postgres_url)
    steps = killer.run("upgrade", str(data), _copy(postgres_url, old)).steps
    for death in deaths.ways(steps):
        url = _copy(postgres_url, old)
        killer.run("upgrade", str(data), url, **death)
        _upgraded(ReviewStore(data, url))


def _old(data: Path, n: int) -> Path:
    root = data / f"old-{n}"
    root.mkdir(parents=True)
    old_store(root)
    return root


def _upgraded(store: ReviewStore) -> None:
    assert current(store.database) == head()
    assert sorted(call.id for call in store.calls()) == ["c0", "c1", "c2", "odd"]
    assert store.review("c2") == judged("c2")
    assert [call.id for call in store.desk(BOSS).removed()] == ["gone"]
    assert len(store.desk(BOSS).search(Filters(text="逾期")).items) == 3
    assert counted(store)
    store.database.close()


def _old_postgres(url: str) -> str:
    """A PostgreSQL database with the table and the calls of version 0.1."""
    made = fresh_database(url)
    database = Database(database_url(Path(), made))
    with database.writing() as connection:
        connection.execute(sa.text(SCHEMA_1))
        for row in old_rows():
            names = ", ".join(f":v{i}" for i in range(len(row)))
            connection.execute(
                sa.text(f"INSERT INTO calls VALUES ({names})"),
                {f"v{i}": value for i, value in enumerate(row)},
            )
    database.close()
    return made


def _copy(url: str, old: str) -> str:
    """A new database that is a copy of ``old``."""
    return fresh_database(url, template=old)
