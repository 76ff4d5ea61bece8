"""``coach export``: stored reviews become files whose names and contents give nobody away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app
from coach.domain.labels import PiiType
from coach.domain.people import LOCAL
from coach.store import ReviewStore
from tests.builders import review, with_personal_data

runner = CliRunner()
NAME = "钱国强"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewStore:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    made = ReviewStore(tmp_path / "data")
    for call_id in (f"call of {NAME}", "second"):
        named = with_personal_data(review(f"A: 找{NAME}", id=call_id), (0, NAME, PiiType.NAME))
        made.add(named, title=NAME)
    return made


def _export(out: Path, *arguments: str) -> list[Path]:
    result = runner.invoke(app, ["export", *arguments, "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    return [Path(line) for line in result.stdout.split()]


def test_all_calls_become_files_without_names(store: ReviewStore, tmp_path: Path) -> None:
    files = _export(tmp_path / "out", "--all", "--format", "json")
    assert len(files) == len(set(files)) == 2
    for file in files:
        assert file.name.isascii()
        assert NAME not in file.read_text(encoding="utf-8")
        assert json.loads(file.read_text(encoding="utf-8"))["schema"] == "coach.review/1"


def test_one_call_with_its_full_text(store: ReviewStore, tmp_path: Path) -> None:
    (file,) = _export(tmp_path / "out", "second", "--format", "html", "--full-text")
    assert NAME in file.read_text(encoding="utf-8")
    assert [entry.action for entry in store.desk(LOCAL).audit(call_id="second").items][:1] == ["export"]


def test_a_call_that_is_not_there_fails_and_the_others_are_done(store: ReviewStore, tmp_path: Path) -> None:
    result = runner.invoke(
        app, ["export", "nobody", "second", "--format", "csv", "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 1
    assert "there is no such call" in result.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["x", "--all"], ["--all", "--format", "audio", "--full-text"], ["x", "--format", "doc"]]
)
def test_wrong_usage_is_exit_code_2(store: ReviewStore, tmp_path: Path, arguments: list[str]) -> None:
    result = runner.invoke(app, ["export", *arguments, "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
