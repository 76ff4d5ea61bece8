"""The interface that others build on: keys of ``coach.review/1``, options of the command, exit codes."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import coach
from coach.cli.main import app
from coach.domain.errors import PlaybookError, TranscriptError
from coach.domain.labels import LabelId, PiiType

CALL = {
    "id": "fixed-1",
    "lang": "zh",
    "playbook": "collection",
    "started_at": "2026-11-18T10:00:00+08:00",
    "turns": [
        {
            "speaker": "agent",
            "text": "您好，请问是王建国先生吗？我是安信消费金融的客服小李。",
            "start": 0,
            "end": 5,
        },
        {"speaker": "customer", "text": "是我，电话是一三八零零一三八零零零。", "start": 5, "end": 8},
        {"speaker": "agent", "text": "您有一笔三千二百元的账单逾期了，分两期可以吗？", "start": 8, "end": 14},
        {"speaker": "customer", "text": "行，周五还一千六。", "start": 14, "end": 16},
    ],
}
DOS = {
    "collection": "identify convenient_time courtesy state_facts inquire empathy importance cooperate "
    "clear_ask deadline offer_plan explain_evidence confirm_commitment written_confirmation follow_up",
    "negotiation": "identify courtesy apology state_facts explain_reason willingness clear_ask offer_plan "
    "explain_evidence know_rights cooperate empathy deadline confirm_commitment written_confirmation "
    "keep_record follow_up",
}
DONTS = "no_threat no_insult no_privacy_leak no_pressure calm no_overpromise"
MANNER = "listening interruptions pace"
KEYS = {
    "": "schema call turns facts speech scorecard",
    "call": "id source playbook coached language started_at duration channels asr",
    "turn": "i speaker start end text labels pii speech",
    "facts": "amount_due deadline plan",
    "scorecard": "score verdict criteria",
    "criterion": "id outcome credit weight evidence reason source advice",
    "evidence": "turn start end quote",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calls") / "call.json"
    path.write_text(json.dumps(CALL, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(written: Path) -> dict[str, Any]:
    return coach.review(written).to_dict()


def test_no_key_of_the_object_is_missing(found: dict[str, Any]) -> None:
    card = found["scorecard"]
    parts = {
        "": [found],
        "call": [found["call"]],
        "turn": found["turns"],
        "facts": [found["facts"]],
        "scorecard": [card],
        "criterion": card["criteria"],
        "evidence": [e for criterion in card["criteria"] for e in criterion["evidence"]],
    }
    missing = {
        (name, key)
        for name, objects in parts.items()
        for one in objects
        for key in KEYS[name].split()
        if key not in one
    }
    assert missing == set()
    assert all(parts.values())


def test_values_are_of_the_kinds_that_are_promised(found: dict[str, Any]) -> None:
    card = found["scorecard"]
    assert found["schema"] == "coach.review/1"
    assert card["score"] is None or 0 <= card["score"] <= 100
    assert card["verdict"] in ("pass", "needs_work", "fail", "not_assessed")
    assert found["call"]["asr"] is None
    assert found["speech"] is None
    for criterion in card["criteria"]:
        assert criterion["outcome"] in ("met", "not_met", "not_applicable", "not_determinable")
        assert 0 <= criterion["credit"] <= 1
        assert criterion["reason"]
        for evidence in criterion["evidence"]:
            assert evidence["quote"] in found["turns"][evidence["turn"]]["text"]
    labels = {label["id"] for turn in found["turns"] for label in turn["labels"]}
    assert labels
    assert labels <= {label.value for label in LabelId}
    personal = {span["type"] for turn in found["turns"] for span in turn["pii"]}
    assert {"name", "phone"} <= personal <= {kind.value for kind in PiiType}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@pytest.mark.parametrize("playbook", ["collection", "negotiation"])
def test_criteria_have_their_fixed_ids(written: Path, playbook: str) -> None:
    card = coach.review(written, playbook=playbook).to_dict()["scorecard"]
    wanted = {*DOS[playbook].split(), *DONTS.split(), *MANNER.split()}
    assert {criterion["id"] for criterion in card["criteria"]} == wanted


def test_the_function_takes_the_options_of_the_command(written: Path) -> None:
    review = coach.review(
        str(written),
        playbook="negotiation",
        language="auto",
        started_at="2026-11-20T09:00:00+08:00",
        agent_channel="left",
        metadata={"team": "a"},
        asr_model="base",
    )
    call = review.to_dict()["call"]
    assert (call["playbook"], call["coached"], call["language"]) == ("negotiation", "customer", "zh")
    assert call["started_at"] == "2026-11-20T09:00:00+08:00"
    assert next(iter(inspect.signature(coach.review).parameters)) == "path"


def test_the_transcripts_own_playbook_holds_unless_another_is_given(tmp_path: Path) -> None:
    path = tmp_path / "call.json"
    path.write_text(json.dumps({**CALL, "playbook": "negotiation"}, ensure_ascii=False), encoding="utf-8")
    assert coach.review(path).to_dict()["call"]["playbook"] == "negotiation"
    assert coach.review(path, "collection").to_dict()["call"]["playbook"] == "collection"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"playbook": "nonsense"}, PlaybookError),
        ({"agent_channel": "middle"}, ValueError),
        ({"started_at": "yesterday"}, ValueError),
        ({"colour": "red"}, TypeError),
    ],
)
def test_an_option_that_cannot_be_is_refused(
    written: Path, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        coach.review(written, **options)


def test_a_file_that_is_no_call_is_a_coach_error(tmp_path: Path) -> None:
    (tmp_path / "call.json").write_text("{}", encoding="utf-8")
    with pytest.raises(TranscriptError):
        coach.review(tmp_path / "call.json")


def test_the_command_has_the_promised_options() -> None:
    shown = CliRunner().invoke(app, ["review", "--help"], env={"COLUMNS": "200"}).stdout
    options = (
        "--playbook --language --started-at --agent-channel --metadata --format --out --redact --asr-model"
    )
    assert [option for option in options.split() if option not in shown] == []


def test_json_alone_is_on_stdout_and_progress_on_stderr(written: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from coach.cli import main; main()", "review", written, "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [json.loads(line)["call"]["id"] for line in done.stdout.splitlines()] == ["fixed-1"]
    assert "call.json: " in done.stderr
