"""The key beside each call: NAME.gold.json, what was said when, with labels and what a review must find."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sample_audio.recipe.mix import Mixed, PlacedTurn
from sample_audio.recipe.scripts import Script
from sample_audio.recipe.voices import SAMPLE_RATE


def gold(script: Script, mixed: Mixed, *, audio: str) -> dict[str, Any]:
    """The key as plain values; times are seconds from the start of the file."""
    return {
        "id": script.id,
        "audio": audio,
        "lang": script.language,
        "script": script.script,
        "playbook": script.playbook,
        "coached": script.coached,
        "started_at": script.started_at.isoformat(),
        "title": dict(script.title),
        "about": dict(script.about),
        "metadata": dict(script.metadata),
        "agent_channel": script.sound.agent_channel,
        "duration": round(len(mixed.samples) / SAMPLE_RATE, 3),
        "turns": [_turn(turn) for turn in mixed.turns],
        "facts": dict(script.facts),
        "expected": dict(script.expected),
    }


def _turn(turn: PlacedTurn) -> dict[str, Any]:
    written = turn.written
    return {
        "i": written.i,
        "speaker": written.speaker,
        "start": turn.start,
        "end": turn.end,
        "text": written.text,
        "labels": list(written.labels),
        **({"other_side_dos": list(written.other_side_dos)} if written.other_side_dos else {}),
        "pii": [{"text": said, "type": kind} for said, kind in written.pii],
        **({"raised_voice": True} if written.style.raised else {}),
    }


def write(key: dict[str, Any], path: Path) -> None:
    """Write a key, one turn a line, so that a change of a turn is a change of a line."""
    head = {name: value for name, value in key.items() if name != "turns"}
    turns = ",\n".join("  " + json.dumps(turn, ensure_ascii=False) for turn in key["turns"])
    lines = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    path.write_text("{\n" + ",\n".join(lines) + ',\n "turns": [\n' + turns + "\n ]\n}\n", encoding="utf-8")
