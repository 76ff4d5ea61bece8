"""The command: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app

CALL = {
    "id": "cli-1",
    "lang": "zh",
    "started_at": "2026-11-18T10:00:00+08:00",
    "turns": [
        {"speaker": "agent", "text": "您好，请问是王建国先生吗？我是安信消费金融的客服小李。"},
        {"speaker": "customer", "text": "是我。"},
        {"speaker": "agent", "text": "您有一笔三千二百元的账单逾期了十二天，这周五之前能处理吗？"},
        {"speaker": "customer", "text": "我卡号六二二二零二一二三四五六七八九零一二三，周五还三千二。"},
        {"speaker": "agent", "text": "好的，周五三千二，我给您发短信确认，谢谢您，再见。"},
    ],
}
runner = CliRunner()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "call.json"
    path.write_text(json.dumps(CALL, ensure_ascii=False), encoding="utf-8")
    return path


def test_json_goes_to_stdout_one_object_a_line(written: Path) -> None:
    result = runner.invoke(app, ["review", str(written), str(written), "--format", "json"])
    assert result.exit_code == 0, result.stderr
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == second
    assert first["schema"] == "coach.review/1"
    assert first["call"]["id"] == "cli-1"
    assert first["facts"]["amount_due"] == 3200
    assert first["facts"]["deadline"] == "2026-11-20"


def test_one_broken_input_fails_and_the_others_are_done(written: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = runner.invoke(
        app, ["review", str(broken), str(written), str(tmp_path / "none.wav"), "--format", "json"]
    )
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "broken.json: not a transcript" in result.stderr
    assert "none.wav" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["review"],
        ["review", "x.json", "--format", "docx"],
        ["review", "x.json", "--started-at", "yesterday"],
        ["review", "x.json", "--metadata", "nowhere.json"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert runner.invoke(app, arguments).exit_code == 2


def test_each_input_gets_a_file_of_its_own(written: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "call.json"
    other.parent.mkdir()
    other.write_bytes(written.read_bytes())
    out = tmp_path / "out"
    result = runner.invoke(app, ["review", str(written), str(other), "--format", "html", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert sorted(file.name for file in out.iterdir()) == ["call-2.html", "call.html"]
    assert "<html" in (out / "call.html").read_text(encoding="utf-8")


def test_redaction_leaves_no_name_and_no_number(written: Path) -> None:
    for form in ("json", "text", "html"):
        result = runner.invoke(app, ["review", str(written), "--redact", "--format", form])
        assert result.exit_code == 0, result.stderr
        assert "王建国" not in result.stdout
        assert "六二二二零二一二三四" not in result.stdout


def test_a_call_leaves_no_words_in_logs_and_asks_no_network(
    written: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with caplog.at_level(logging.DEBUG):
        result = runner.invoke(app, ["review", str(written), "--format", "json"])
    assert result.exit_code == 0, result.stderr
    for words in ("王建国", "六二二二", "三千二"):
        assert words not in caplog.text
        assert words not in result.stderr


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    script = (
        "import sys; from coach.cli.main import app\n"
        "heavy = {'numpy', 'torch', 'onnxruntime', 'streamlit', 'faster_whisper', 'av', 'transformers', "
        "'sqlalchemy', 'opencc', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_reviewer_never_loads_torch(written: Path) -> None:
    script = (
        "import sys, coach\n"
        f"coach.review({str(written)!r})\n"
        "print('torch' in sys.modules, 'faster_whisper' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]


def test_a_built_in_playbook_is_checked_and_shown() -> None:
    for name in ("collection", "negotiation"):
        assert runner.invoke(app, ["playbook", "check", name]).exit_code == 0
        shown = runner.invoke(app, ["playbook", "show", name, "--text", "en"])
        assert shown.exit_code == 0
        assert len(shown.stdout) > 1000


@pytest.mark.parametrize("form", ["html", "csv", "vcon"])
def test_what_is_handed_on_is_masked_unless_the_full_text_is_asked_for(form: str, written: Path) -> None:
    masked = runner.invoke(app, ["review", str(written), "--format", form])
    full = runner.invoke(app, ["review", str(written), "--format", form, "--full-text"])
    assert masked.exit_code == full.exit_code == 0, masked.stderr + full.stderr
    assert "王建国" not in masked.stdout
    assert "王建国" in full.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "pdf"], "--out"),
        (["--format", "xlsx"], "--out"),
        (["--format", "audio"], "--out"),
        (["--redact", "--full-text"], "say one of them"),
        (["--format", "audio", "--full-text", "--out", "x"], "the recording itself"),
    ],
)
def test_what_cannot_be_written_so_is_wrong_usage(arguments: list[str], said: str, written: Path) -> None:
    result = runner.invoke(app, ["review", str(written), *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_files_that_are_no_text_go_to_a_folder(written: Path, tmp_path: Path) -> None:
    for form, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        result = runner.invoke(
            app, ["review", str(written), "--format", form, "--out", str(tmp_path / "out")]
        )
        assert result.exit_code == 0, result.stderr
        assert (tmp_path / "out" / f"call.{form}").read_bytes().startswith(start)


@pytest.mark.parametrize(("form", "why"), [("vtt", "no times"), ("srt", "no times"), ("audio", "no sound")])
def test_what_a_written_call_cannot_become_is_said(
    form: str, why: str, written: Path, tmp_path: Path
) -> None:
    result = runner.invoke(app, ["review", str(written), "--format", form, "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert why in result.stderr


@pytest.mark.parametrize(("language", "words"), [("zh", "不认识的键"), ("en", "unknown key")])
def test_a_mistake_of_a_playbook_is_explained_in_both_languages(
    tmp_path: Path, language: str, words: str
) -> None:
    from coach import playbooks
    from coach.domain.errors import PlaybookError

    file = tmp_path / "mine.yaml"
    file.write_text(playbooks.source("collection").replace("weight:", "wieght:", 1), encoding="utf-8")
    found = runner.invoke(app, ["playbook", "check", str(file), "--text", language])
    assert isinstance(found.exception, PlaybookError)
    assert words in str(found.exception)
    assert "'weight'" in str(found.exception)
