"""The vCon keeps to draft-ietf-vcon-vcon-core-04: its keys, its kinds of value, its references."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from coach.domain.labels import PiiType
from coach.domain.review import Review
from coach.report.export import export
from coach.report.kinds import Kind
from tests.builders import review, with_personal_data

MADE_AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
TOP = {
    *("vcon", "uuid", "extensions", "critical", "created_at", "updated_at", "subject", "redacted", "amended"),
    *("group", "parties", "dialog", "analysis", "attachments"),
}
PARTY = {
    "tel",
    "sip",
    "stir",
    "mailto",
    "name",
    "did",
    "validation",
    "gmlpos",
    "civicaddress",
    "uuid",
    "type",
}
PARTY |= {"org", "dept", "role"}  # role: the contact-center extension
TEXT_DIALOG = {"type", "start", "duration", "parties", "originator", "mediatype", "body", "encoding"}
ANALYSIS = {"type", "dialog", "vendor", "product", "schema", "mediatype", "filename", "body", "encoding"}
KINDS_OF_ANALYSIS = {"report", "sentiment", "summary", "transcript", "translation", "tts"}


def mistakes(container: dict[str, Any]) -> list[str]:
    """What the draft would not allow."""
    found = [f"unknown key {key}" for key in container.keys() - TOP]
    found += [f"no {key}" for key in ("uuid", "created_at", "parties") if key not in container]
    found += [] if container.get("vcon", "0.4.0") == "0.4.0" else ["another syntax"]
    found += [] if UUID(container["uuid"]).version == 8 else ["not a UUID of version 8"]
    found += _date(container["created_at"], "created_at")
    for i, party in enumerate(container["parties"]):
        found += [f"party {i}: unknown key {key}" for key in party.keys() - PARTY]
        found += [] if "name" not in party or "validation" in party else [f"party {i}: a name, no validation"]
        found += [] if "role" not in party or "CC" in container["extensions"] else [f"party {i}: role"]
    for i, dialog in enumerate(container.get("dialog", [])):
        found += [f"dialog {i}: {one}" for one in _dialog(dialog, len(container["parties"]))]
    for i, analysis in enumerate(container.get("analysis", [])):
        found += [f"analysis {i}: {one}" for one in _analysis(analysis, len(container.get("dialog", [])))]
    if "redacted" in container:
        found += [] if {"uuid", "type"} <= container["redacted"].keys() else ["redacted: no uuid or type"]
    return found


def _dialog(dialog: dict[str, Any], parties: int) -> list[str]:
    found = [f"unknown key {key}" for key in dialog.keys() - TEXT_DIALOG]
    found += [] if dialog["type"] == "text" else ["another type"]
    found += _date(dialog["start"], "start")
    found += [] if dialog.get("duration", 0) >= 0 else ["a negative duration"]
    found += [f"no party {i}" for i in dialog["parties"] if not 0 <= i < parties]
    return found + ([] if dialog["mediatype"] == "text/plain" else ["no media type"]) + _content(dialog)


def _analysis(analysis: dict[str, Any], dialogs: int) -> list[str]:
    found = [f"unknown key {key}" for key in analysis.keys() - ANALYSIS]
    found += [f"no {key}" for key in ("type", "vendor", "dialog", "mediatype") if key not in analysis]
    found += [] if analysis["type"] in KINDS_OF_ANALYSIS else ["unusual type"]
    found += [f"no dialog {i}" for i in analysis["dialog"] if not 0 <= i < dialogs]
    return found + _content(analysis)


def _content(thing: dict[str, Any]) -> list[str]:
    match thing["encoding"]:
        case "none":
            return [] if isinstance(thing["body"], str) else ["the body is no string"]
        case "json":
            return [] if isinstance(thing["body"], (dict, list)) else ["the body is no JSON value"]
        case "base64url":
            return [] if base64.urlsafe_b64decode(thing["body"]) else ["the body is empty"]
        case other:
            return [f"encoding {other}"]


def _date(text: str, where: str) -> list[str]:
    return [] if datetime.fromisoformat(text).tzinfo is not None else [f"{where} has no zone"]


def _made(one: Review, **options: bool) -> dict[str, Any]:
    data = export(one, Kind.VCON, language="zh", made_at=MADE_AT, **options)
    container: dict[str, Any] = json.loads(data)
    return container


CALLS = {
    "a call": review("A: 您好", "C: 嗯", "A: 打扰了"),
    "with a third party": review("A: 您好", "T: 他不在"),
    "without a date": review("A: 您好", started_at=None),
    "without a zone": review("A: 您好", started_at=datetime(2026, 11, 18, 10)),
    "without turns": review("A: 您好", turns=()),
}


@pytest.mark.parametrize("full_text", [False, True])
@pytest.mark.parametrize("name", CALLS)
def test_it_keeps_to_the_draft(name: str, full_text: bool) -> None:
    assert mistakes(_made(CALLS[name], full_text=full_text)) == []


def test_the_rules_find_what_is_wrong() -> None:
    container = _made(CALLS["a call"])
    container["dialog"][0]["parties"] = [7]
    container["analysis"][0]["encoding"] = "utf-8"
    del container["parties"][0]["validation"]
    assert len(mistakes(container)) == 3


def test_turns_are_dialog_with_their_speaker_first_and_their_time() -> None:
    container = _made(CALLS["a call"])
    assert [party["role"] for party in container["parties"]] == ["agent", "customer"]
    first, second, _ = container["dialog"]
    assert (first["parties"], second["parties"]) == ([0, 1], [1, 0])
    apart = datetime.fromisoformat(second["start"]) - datetime.fromisoformat(first["start"])
    assert apart == timedelta(seconds=3)
    assert {analysis["type"] for analysis in container["analysis"]} == {"transcript", "report"}


def test_without_a_date_the_words_are_in_the_analyses_only() -> None:
    container = _made(CALLS["without a date"])
    assert "dialog" not in container
    assert "您好" in container["analysis"][0]["body"]


def test_the_masked_container_refers_to_the_full_one() -> None:
    made = with_personal_data(review("A: 找钱国强", id="钱国强 1"), (0, "钱国强", PiiType.NAME))
    masked, full = _made(made), _made(made, full_text=True)
    assert masked["redacted"] == {"uuid": full["uuid"], "type": "personal data"}
    assert masked["uuid"] != full["uuid"]
    assert "redacted" not in full
    assert "钱国强" not in json.dumps(masked, ensure_ascii=False)
    assert _made(made) == masked, "the same call has the same name each time"
