"""A watched folder: each recording once, only whole files, no links, and again after a restart."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

import pytest

from coach.ui.jobs import Jobs, Order
from coach.ui.watching import AT_ONCE, FolderWatch, Watched

LONG_AGO = 60.0


class NotedJobs(Jobs):
    """Jobs that are only noted; ``free`` says how many more may begin."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.orders: list[Order] = []
        self.free = 100

    def start(self, order: Order, upload: object = None) -> str:
        self.orders.append(order)
        return str(len(self.orders))

    def busy(self, actor: object = None) -> int:
        return AT_ONCE if len(self.orders) >= self.free else 0


@pytest.fixture
def noted(tmp_path: Path) -> NotedJobs:
    return NotedJobs(tmp_path / "jobs")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def _watch(tmp_path: Path, noted: NotedJobs, known: tuple[bytes, ...] = ()) -> FolderWatch:
    digests = {sha256(content).hexdigest() for content in known}
    return FolderWatch(tmp_path / "watch", lambda: noted, digests.__contains__)


def _put(folder: Path, name: str, content: bytes, age: float = LONG_AGO) -> Path:
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (time.time() - age,) * 2)
    return file


def _look_twice(watch: FolderWatch) -> int:
    return watch.look() + watch.look()


def test_each_recording_is_taken_once(tmp_path: Path, noted: NotedJobs, inbox: Path) -> None:
    watch = _watch(tmp_path, noted)
    watch.watch(Watched(str(inbox), language="zh", account="boss"))
    _put(inbox, "a.wav", b"one")
    _put(inbox, "b.MP3", b"two")
    _put(inbox, "again.wav", b"one")
    assert _look_twice(watch) == 2
    assert _look_twice(watch) == 0
    assert [(order.title, order.suffix, order.account) for order in noted.orders] == [
        ("a", ".wav", "boss"),
        ("b", ".mp3", "boss"),
    ]
    assert watch.count.twice == 1


def test_a_restart_takes_nothing_twice_and_forgets_nothing(
    tmp_path: Path, noted: NotedJobs, inbox: Path
) -> None:
    first = _watch(tmp_path, noted)
    first.watch(Watched(str(inbox)))
    _put(inbox, "a.wav", b"one")
    _look_twice(first)
    second = _watch(tmp_path, noted)
    _put(inbox, "b.wav", b"two")
    assert _look_twice(second) == 1
    assert [order.title for order in noted.orders] == ["a", "b"]


def test_what_the_store_has_is_passed_over(tmp_path: Path, noted: NotedJobs, inbox: Path) -> None:
    watch = _watch(tmp_path, noted, known=(b"one",))
    watch.watch(Watched(str(inbox)))
    _put(inbox, "a.wav", b"one")
    assert _look_twice(watch) == 0
    assert watch.count.twice == 1


def test_what_is_still_being_written_waits(tmp_path: Path, noted: NotedJobs, inbox: Path) -> None:
    watch = _watch(tmp_path, noted)
    watch.watch(Watched(str(inbox)))
    _put(inbox, "new.wav", b"begun", age=0)
    assert _look_twice(watch) == 0
    _put(inbox, "new.wav", b"begun and ended")
    assert watch.look() == 0, "it has changed since the last look"
    assert watch.look() == 1


@pytest.mark.parametrize("name", [".hidden.wav", "notes.txt", "programme.exe", "noending"])
def test_what_is_no_recording_is_left_alone(tmp_path: Path, noted: NotedJobs, inbox: Path, name: str) -> None:
    watch = _watch(tmp_path, noted)
    watch.watch(Watched(str(inbox)))
    _put(inbox, name, b"something")
    assert _look_twice(watch) == 0


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, noted: NotedJobs, inbox: Path) -> None:
    watch = _watch(tmp_path, noted)
    watch.watch(Watched(str(inbox)))
    secret = _put(tmp_path, "secret.wav", b"secret")
    (inbox / "link.wav").symlink_to(secret)
    (inbox / "folder.wav").mkdir()
    assert _look_twice(watch) == 0


def test_a_full_queue_makes_the_folder_wait(tmp_path: Path, noted: NotedJobs, inbox: Path) -> None:
    watch = _watch(tmp_path, noted)
    watch.watch(Watched(str(inbox)))
    for i in range(5):
        _put(inbox, f"{i}.wav", str(i).encode())
    noted.free = 2
    assert _look_twice(watch) == 2
    noted.free = 100
    assert _look_twice(watch) == 3


@pytest.mark.parametrize("folder", ["", "relative", "/no/such/folder"])
def test_only_a_folder_that_is_there_can_be_watched(tmp_path: Path, noted: NotedJobs, folder: str) -> None:
    watch = _watch(tmp_path, noted)
    with pytest.raises(NotADirectoryError):
        watch.watch(Watched(folder))
    assert watch.watched is None


def test_what_was_stopped_is_watched_no_more(tmp_path: Path, noted: NotedJobs, inbox: Path) -> None:
    watch = _watch(tmp_path, noted)
    watch.watch(Watched(str(inbox)))
    watch.stop()
    _put(inbox, "a.wav", b"one")
    assert _look_twice(watch) == 0
