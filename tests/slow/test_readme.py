"""The README's lines for people without make, as they stand there, in a fresh checkout."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = "您好，请问是王先生吗？"
CALL = {"playbook": "collection", "turns": [{"speaker": "agent", "text": WORDS}]}


def _lines(readme: str) -> list[list[str]]:
    """The commands of the block without make, word by word."""
    block = re.search(r"### (?:Without make|不用 make)\n.*?```sh\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    return [shlex.split(line, comments=True) for line in block[1].splitlines() if line.strip()]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git tracks, as a newcomer has it."""
    folder = tmp_path_factory.mktemp("checkout")
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, files.decode().split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return folder


def test_both_languages_name_the_same_lines() -> None:
    english, chinese = (_lines((ROOT / name).read_text("utf-8")) for name in ("README.md", "README.zh-CN.md"))
    assert english[:-1] == chinese[:-1]
    assert english[-1][:2] == chinese[-1][:2] == [".venv/bin/coach", "review"]


@pytest.mark.slow
def test_the_lines_without_make_set_up_a_tool_that_reviews(checkout: Path, tmp_path: Path) -> None:
    lines = _lines((ROOT / "README.md").read_text("utf-8"))
    setting_up = [line for line in lines if not line[0].endswith("/coach")]
    assert [line[0] for line in setting_up] == ["python3", ".venv/bin/python", ".venv/bin/python"]
    for line in setting_up:
        command = [sys.executable if word == "python3" else word for word in line]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    call = tmp_path / "call.json"
    call.write_text(json.dumps(CALL), encoding="utf-8")
    command = [*lines[-1][:2], str(call), "--format", "json"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["turns"][0]["text"] == WORDS

    for command in ([*line, "--help"] for line in lines if line[0].endswith("/coach")):
        helped = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        assert helped.returncode == 0, helped.stderr
