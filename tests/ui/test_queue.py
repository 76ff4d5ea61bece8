"""The queue: two pages at one folder, many files, cut-off uploads: each recording is reviewed once."""

from __future__ import annotations

import fcntl
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from coach.domain.text import UiLanguage
from coach.store import ReviewStore
from coach.ui import i18n
from coach.ui.job_folder import held, locked, write_json
from coach.ui.jobs import AT_ONCE, Jobs, JobState, Order
from coach.ui.keeping import Keeper
from coach.ui.watching import FolderWatch, Watched
from tests.killable import REPOSITORY
from tests.store_calls import BOSS, judged

ORDER = Order(title="call", suffix=".wav")
MANY = 50
MOST_MIB = 64
"""What a process that waits for its turn may take."""
_PAGE = """
import io, sys
from pathlib import Path
import coach.ui.jobs as module
from coach.ui.jobs import Jobs, Order
from tests.ui.test_queue import spawn_made_up
module._spawn = spawn_made_up
jobs = Jobs(Path(sys.argv[1]))
jobs.resume()
for i in range(int(sys.argv[2])):
    jobs.start(Order(title=f"call {i}", suffix=".wav"), io.BytesIO(b"recording %d" % i))
    print(i, flush=True)
"""


def spawn_made_up(folder: Path) -> subprocess.Popen[bytes]:
    """As ``coach.ui.jobs`` begins a worker, but one that makes its review up."""
    with locked(folder / "alive") as alive, (folder / "log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.killable", str(folder)],
            cwd=REPOSITORY,
            pass_fds=[alive.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    write_json(folder / "process.json", {"pid": child.pid})
    return child


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("COACH_STORE_URL", raising=False)
    made = Jobs(tmp_path / "data" / "jobs")
    yield made
    for job in made.all():
        made.cancel(job.id)


@pytest.fixture
def made_up(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    monkeypatch.setattr("coach.ui.jobs._spawn", spawn_made_up)
    return jobs


def _until(true: Callable[[], bool], within: float = 300.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it stands still"
        time.sleep(0.1)


def _until_done(jobs: Jobs) -> None:
    _until(lambda: not jobs.busy())


def _page(jobs: Jobs, n: int) -> subprocess.Popen[bytes]:
    """Another page process at the same folder, to which somebody drops ``n`` files."""
    return subprocess.Popen(
        [sys.executable, "-c", _PAGE, str(jobs.root), str(n)], cwd=REPOSITORY, stdout=subprocess.PIPE
    )


def _pid(folder: Path) -> int:
    return int(json.loads((folder / "process.json").read_text())["pid"])


def test_of_many_files_few_have_a_process_and_little_memory(jobs: Jobs) -> None:
    with (jobs.root / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # none gets its turn: all that can wait, waits
        for i in range(MANY):
            jobs.start(ORDER, io.BytesIO(b"recording %d" % i))
        alive = [folder for folder in jobs.root.glob("*/") if (folder / "process.json").exists()]
        assert len(alive) == AT_ONCE
        assert jobs.busy() == MANY
        time.sleep(1.0)
        for folder in alive:
            status = Path(f"/proc/{_pid(folder)}/status").read_text()
            mib = int(status.split("VmRSS:")[1].split()[0]) / 1024
            assert mib < MOST_MIB
        for job in jobs.all():
            jobs.cancel(job.id)


def test_two_pages_at_one_folder_review_each_recording_once(made_up: Jobs) -> None:
    pages = [_page(made_up, 4) for _ in range(2)]
    for page in pages:
        assert page.wait(240) == 0
    _until_done(made_up)
    store = ReviewStore(made_up.root.parent)
    assert sorted(call.id for call in store.calls()) == sorted(_id(i) for i in range(4))
    assert {call.version for call in store.calls()} == {1}
    assert {job.state for job in made_up.all()} == {JobState.DONE}
    tries = [json.loads(file.read_text())["tries"] for file in made_up.root.glob("*/tries.json")]
    assert set(tries) == {1}, "no job was taken twice"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_batch_that_is_killed_anywhere_ends_whole(made_up: Jobs, seed: int) -> None:
    lot = random.Random(seed)
    page = _page(made_up, 3)
    assert page.stdout is not None
    dropped = 0
    for _ in range(lot.randint(1, 3)):
        dropped += bool(page.stdout.readline())
    time.sleep(lot.uniform(0.0, 1.0))
    page.send_signal(signal.SIGKILL)
    page.wait()
    for folder in made_up.root.glob("*/"):
        if lot.random() < 0.7 and (folder / "process.json").exists():
            with suppress(ProcessLookupError):  # it may have ended
                os.killpg(_pid(folder), signal.SIGKILL)
                _until(lambda: not held(folder / "alive"))  # noqa: B023
    made_up.resume()
    _until_done(made_up)
    kept = [call.id for call in ReviewStore(made_up.root.parent).calls()]
    assert len(kept) == len(set(kept))
    assert {_id(i) for i in range(dropped)} <= set(kept), "what the page had taken is reviewed"
    assert all((folder / "job.json").exists() for folder in made_up.root.glob("*/"))
    assert not list(made_up.root.glob("*/recording.*"))


def test_an_upload_that_was_cut_off_is_cleared_and_one_under_way_is_not(jobs: Jobs) -> None:
    cut_off = jobs.root / "20261122T080000000000-aaaaaaaa"
    (cut_off / "tmp").mkdir(parents=True)
    (cut_off / "recording.wav").write_bytes(b"half")

    class Slow(io.BytesIO):
        """While it is read another page starts."""

        def read(self, *given: int | None) -> bytes:
            Jobs(jobs.root).resume()
            return super().read(*given)

    job_id = jobs.start(ORDER, Slow(b"whole"))
    assert not cut_off.exists()
    assert (jobs.root / job_id / "job.json").exists()


def test_the_same_recording_again_later_is_the_same_call(made_up: Jobs) -> None:
    for _ in range(2):
        made_up.start(ORDER, io.BytesIO(b"recording 0"))
        _until_done(made_up)
    (call,) = ReviewStore(made_up.root.parent).calls()
    assert (call.id, call.version) == (_id(0), 1)


def test_a_file_that_is_being_copied_is_taken_once_it_is_whole(made_up: Jobs, tmp_path: Path) -> None:
    inbox, source = tmp_path / "inbox", b"recording 7"
    inbox.mkdir()
    watch = FolderWatch(tmp_path / "watch", lambda: made_up, lambda digest: False)
    watch.watch(Watched(str(inbox)))
    file = inbox / "call.wav"
    for end in range(1, len(source) + 1, 3):
        file.write_bytes(source[:end])
        assert watch.look() == 0
    file.write_bytes(source)
    os.utime(file, (time.time() - 60,) * 2)
    assert [watch.look() for _ in range(3)] == [0, 1, 0]
    _until_done(made_up)
    assert [call.id for call in ReviewStore(made_up.root.parent).calls()] == [_id(7)]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(
    "error", ["died", "unexpected", "MemoryError", "StoreError", "NotAllowed", "ModelError"]
)
def test_a_failure_has_its_reason_in_both_languages(error: str, language: UiLanguage) -> None:
    assert i18n.text(language, f"job.error.{error}").strip()


def test_what_is_left_of_jobs_goes_with_the_call(made_up: Jobs) -> None:
    for i in range(2):
        made_up.start(ORDER, io.BytesIO(b"recording %d" % i))
    _until_done(made_up)
    store = ReviewStore(made_up.root.parent)
    store.desk(BOSS).case(_id(0)).erase()
    keeper = Keeper(lambda: store, lambda: made_up, None)
    assert keeper.tidy() == (0, 1)
    assert [job.call_id for job in made_up.all()] == [_id(1)]


def test_the_rule_of_retention_is_kept_by_itself(jobs: Jobs) -> None:
    store = ReviewStore(jobs.root.parent)
    store.add(judged("old", started_at="2020-01-01T10:00+08:00"), title="old")
    store.add(judged("new", started_at="2026-11-20T10:00+08:00"), title="new")
    assert Keeper(lambda: store, lambda: jobs, None).tidy() == (0, 0)
    assert Keeper(lambda: store, lambda: jobs, 3650 * 3).tidy() == (0, 0)
    assert Keeper(lambda: store, lambda: jobs, 1000).tidy() == (1, 0)
    assert [call.id for call in store.calls()] == ["new"]


def _id(n: int) -> str:
    return sha256(b"recording %d" % n).hexdigest()
