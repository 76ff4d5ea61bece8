"""A store that cannot be written, two processes at once, and settings that cannot be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.domain.errors import StoreError, TranscriptError
from coach.evaluate.gold import read_gold
from coach.settings import Settings
from coach.store import ReviewStore
from tests.builders import review

_ADD = """
import sys
from pathlib import Path
from coach.store import ReviewStore
from tests.builders import review
store, mine = ReviewStore(Path(sys.argv[1])), Path(sys.argv[2])
for _ in range(20):
    mine.write_bytes(b"sound" * 1000)
    store.add(review("A: 您好"), title="t", audio=mine, peaks=[[0.5]])
"""


def test_a_data_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(StoreError, match="COACH_DATA_DIR"):
        ReviewStore(file)


def test_two_processes_keep_the_same_call_at_once(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _ADD, str(tmp_path / "store"), str(tmp_path / f"{i}.wav")],
            stderr=subprocess.PIPE,
            text=True,
        )
        for i in range(2)
    ]
    for child in children:
        _, errors = child.communicate(timeout=120)
        assert child.returncode == 0, errors
    store = ReviewStore(tmp_path / "store")
    (kept,) = store.calls()
    audio = store.audio(kept.id)
    assert audio is not None
    assert audio.read_bytes() == b"sound" * 1000
    assert sorted(path.suffix for path in audio.parent.iterdir()) == [".json", ".wav"]


def test_sound_that_breaks_off_while_it_is_moved_takes_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ReviewStore(tmp_path / "store")
    first, second = tmp_path / "1.wav", tmp_path / "2.wav"
    first.write_bytes(b"whole")
    second.write_bytes(b"other")
    kept = store.add(review("A: 您好"), title="t", audio=first)

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"ha")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coach.store.sounds.shutil.move", full)
    with pytest.raises(StoreError, match="disk space"):
        store.add(review("A: 您好"), title="t", audio=second)
    audio = store.audio(kept.id)
    assert audio is not None
    assert audio.read_bytes() == b"whole"
    assert len(list(audio.parent.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("CPU_THREADS", "0"), ("CPU_THREADS", "many"), ("MAX_HOURS", "nan"), ("MAX_HOURS", "-1")],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"COACH_{name} cannot be read: use"):
        Settings.read({f"COACH_{name}": value})


def test_labelled_calls_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "gb.jsonl").write_bytes("秘密".encode("gb18030"))
    for name, hint in (("none.jsonl", "No such file"), ("gb.jsonl", "UTF-8")):
        with pytest.raises(TranscriptError, match=hint):
            list(read_gold(tmp_path / name))
