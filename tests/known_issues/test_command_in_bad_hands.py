"""The command among full disks, closed pipes, hostile names and signals: one clear line, the right code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli.main import app
from coach.cli.output import file_names

CALL = {
    "turns": [
        {"speaker": "agent", "text": "您好，我是安信消费金融的客服小李。"},
        {"speaker": "customer", "text": "是我。"},
        {"speaker": "agent", "text": "您有一笔三千二百元的账单逾期了。"},
    ]
}
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]
runner = CliRunner()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "call.json"
    path.write_text(json.dumps(CALL, ensure_ascii=False), encoding="utf-8")
    return path


def _review(*arguments: object) -> Result:
    return runner.invoke(app, ["review", *map(str, arguments)])


def test_a_mistake_of_ours_costs_one_input_and_says_nothing_of_the_call(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.pipeline import review_written as real

    def review_written(call: object, call_id: str, source: str, *rest: object, **more: object) -> object:
        if source == "bad.json":
            raise KeyError("秘密")
        return real(call, call_id, source, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("coach.pipeline.review_written", review_written)
    bad = tmp_path / "bad.json"
    bad.write_bytes(written.read_bytes())
    result = _review(bad, written, "--format", "json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "bad.json: a mistake in Call Coach (KeyError in assembly.py:" in result.stderr
    assert "秘密" not in result.stderr
    assert "Traceback" not in result.stderr


def test_reviews_are_never_written_over_inputs(written: Path) -> None:
    before = written.read_bytes()
    result = _review(written, "--format", "json", "--out", written.parent)
    assert result.exit_code == 2
    assert written.read_bytes() == before


def test_an_out_that_is_a_file_is_wrong_usage(written: Path) -> None:
    result = _review(written, "--out", written)
    assert result.exit_code == 2
    assert "it is a file" in result.stderr


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a/x.wav", "b/x.wav", "x-2.wav"], ["x.json", "x-2.json", "x-2-2.json"]),
        (["X.wav", "x.wav"], ["X.json", "x-2.json"]),
        (["-x.wav", ".wav"], ["-x.json", ".wav.json"]),
    ],
)
def test_no_review_takes_the_place_of_another(names: list[str], expected: list[str]) -> None:
    assert file_names([Path(name) for name in names], ".json") == expected


def test_the_longest_name_still_gets_a_file(tmp_path: Path) -> None:
    path = tmp_path / ("通" * 83 + ".json")
    path.write_text(json.dumps(CALL), encoding="utf-8")
    result = _review(path, "--format", "html", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize("name", ["\x1b[31mred.wav", "a\nb.wav", "a\u202eb.wav"])
def test_a_name_does_not_steer_the_terminal(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no sound at all\n" * 20)
    result = _review(tmp_path / name)
    assert result.exit_code == 1
    assert all(char.isprintable() or char == "\n" for char in result.stderr)
    assert result.stderr.count("coach:") == 1


def test_a_name_that_is_no_text_is_reviewed(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.json")
    Path(path).write_text(json.dumps(CALL), encoding="utf-8")
    done = subprocess.run([*COACH, "review", path, "--format", "json"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["call"]["source"] == "caf\ufffd.json"


@pytest.mark.parametrize(
    "content",
    ["[]", '{"a": null}', '{"a": [1]}', '{"a": NaN}', '{"x.wav": {"a": {"b": 1}}}', "[" * 100_000],
)
def test_metadata_of_another_shape_is_wrong_usage(written: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "meta.json"
    file.write_text(content, encoding="utf-8")
    result = _review(written, "--metadata", file)
    assert result.exit_code == 2
    assert "meta.json" in result.stderr


def test_an_unknown_or_broken_playbook_is_wrong_usage(written: Path, tmp_path: Path) -> None:
    broken = tmp_path / "own.yaml"
    broken.write_text("playbook: [\n", encoding="utf-8")
    for given in ("collections", tmp_path / "none.yaml", broken):
        result = _review(written, "--playbook", given)
        assert result.exit_code == 2, given
        assert result.stdout == ""


def test_a_full_disk_leaves_nothing_half_written(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_args: object, **_more: object) -> int:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = _review(written, "--format", "json", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_stdout_is_said_once(written: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COACH, "review", written, written, "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("No space left on device") == 1
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_ends_the_command_quietly(written: Path) -> None:
    with subprocess.Popen(
        [*COACH, "review", *[written] * 50, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert json.loads(child.stdout.readline())["schema"] == "coach.review/1"
        child.stdout.close()
        errors = child.stderr.read()
        child.wait(timeout=60)
    assert child.returncode == 1
    assert "coach:" not in errors
    assert "Traceback" not in errors
    assert "Exception" not in errors


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches children also where the tests run in the background of a shell, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_command_says_so_and_leaves_nothing(
    written: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    with subprocess.Popen(
        [*COACH, "review", *[written] * 2_000, "--format", "json", "--out", out],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as child:
        deadline = time.monotonic() + 60
        while not (out.is_dir() and any(out.glob("*.json"))) and time.monotonic() < deadline:
            time.sleep(0.05)
        child.send_signal(number)
        assert child.stderr is not None
        errors = child.stderr.read()
        child.wait(timeout=60)
    assert child.returncode == code
    assert "Traceback" not in errors
    assert list(temporary.iterdir()) == []
    assert not list(out.glob("*.part")) + list(out.glob(".*"))
    for file in out.glob("*.json"):
        json.loads(file.read_text(encoding="utf-8"))


def test_what_a_killed_process_left_is_cleared_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from coach.work_folder import work_folder

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    left, others, living = (
        tmp_path / name for name in (f"call-coach-{gone.pid}-x", "other", f"call-coach-{os.getppid()}-x")
    )
    for folder in (left, others, living):
        folder.mkdir()
        (folder / "samples").write_bytes(b"sound")
    with work_folder() as mine:
        assert {path.name for path in tmp_path.iterdir()} == {others.name, living.name, mine.name}
        assert mine.stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} == {others.name, living.name}


def test_a_review_tells_nobody_and_writes_nothing_beside_its_output(written: Path, tmp_path: Path) -> None:
    """ONNX Runtime would keep a device id in the home folder and report each session to its maker."""
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    places = {"HOME": str(home), "TMPDIR": str(temporary), "COACH_DATA_DIR": str(tmp_path / "data")}
    clean = {key: value for key, value in os.environ.items() if "TELEMETRY" not in key}
    done = subprocess.run(
        [*COACH, "review", written, "--format", "json"],
        capture_output=True,
        text=True,
        env={**clean, **places},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [path for folder in (home, temporary) for path in folder.rglob("*")] == []
