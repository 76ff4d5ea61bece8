"""Render the twenty held-out calls that ``hearing`` measures on: two voices, overlaps, planted shouting.

    python -m tests.benchmarks.render_held_out FOLDER --cache CACHE

The words are those of ``tests/gold`` (other writers than the training data and the lexicons), the voices
pairs of Kokoro voices, also of one sex; wide band, so that the telephone is put on when measuring. Needs what
``sample_audio/recipe/requirements.txt`` lists. What it made lies in ``tests/benchmarks/held_out``.
"""

from __future__ import annotations

import argparse
import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from sample_audio.recipe import encode, gold, mix
from sample_audio.recipe.scripts import Cast, Script, Sound, Style, WrittenTurn
from sample_audio.recipe.voices import SAMPLE_RATE, Reader
from tests.benchmarks.render_gold import script_of

GOLD = Path(__file__).parents[1] / "gold"
FILES = ("zh_calls.jsonl", "zh_hant_calls.jsonl")
CALLS = (
    "g-zh-02", "g-zh-03", "g-zh-04", "g-zh-06", "g-zh-07", "g-zh-08", "g-zh-10", "g-zh-11", "g-zh-13",
    "g-zh-14", "g-zh-16", "g-zh-20", "g-zh-27", "g-zh-34", "g-zh-36", "g-zh-46",
    "g-zht-02", "g-zht-03", "g-zht-05", "g-zht-08",
)  # fmt: skip
PAIRS = (
    ("zf_xiaoxiao", "zm_yunxi"),
    ("zm_yunjian", "zf_xiaobei"),
    ("zf_xiaoyi", "zm_yunxia"),
    ("zf_xiaobei", "zf_xiaoxiao"),
    ("zm_yunxi", "zm_yunjian"),
    ("zm_yunxia", "zf_xiaoyi"),
)
RAISED = {"insult": 2, "threat": 2, "emotional": 1}
ONE_IN = 4
OVERLAPS = (0.4, 0.55, 0.7, 0.9)


def lively(turn: WrittenTurn, before: WrittenTurn | None, call: str) -> WrittenTurn:
    """The turn as it is said: one in four comes in early, and hard words are raised."""
    chance = zlib.crc32(f"{call}/{turn.i}".encode())
    early = before is not None and before.speaker != turn.speaker and chance % ONE_IN == 0
    raised = max((RAISED.get(label, 0) for label in turn.labels), default=0)
    return replace(turn, style=Style(overlap=OVERLAPS[chance // ONE_IN % 4] if early else 0.0, raised=raised))


def written(call: dict[str, Any], number: int) -> Script:
    """The call as a script; agents sit on the left and on the right in turn."""
    agent, other = PAIRS[number % len(PAIRS)]
    plain = script_of(call, {"agent": agent, "customer": other, "third_party": other})
    turns = plain.turns
    return replace(
        plain,
        cast={"agent": Cast(agent), "customer": Cast(other, level_db=-1.0), "third_party": Cast(other)},
        sound=Sound("opus_small", agent_channel=("left", "right")[number % 2], band="wide"),
        turns=tuple(lively(turn, turns[i - 1] if i else None, plain.id) for i, turn in enumerate(turns)),
    )


def render(script: Script, reader: Reader, out: Path) -> float:
    """Write the call's sound and key; returns its seconds."""
    mixed = mix.mix(script, reader)
    encoding = encode.ENCODINGS[script.sound.encoding]
    audio = out / f"{script.id}.{encoding.suffix}"
    encode.encode(mixed.samples, to=audio, encoding=encoding)
    gold.write(gold.gold(script, mixed, audio=audio.name), out / f"{script.id}.gold.json")
    return len(mixed.samples) / SAMPLE_RATE


def main() -> None:
    """Render what is not rendered yet."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.render_held_out")
    parser.add_argument("out", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    options = parser.parse_args()
    rows = [row for name in FILES for row in (GOLD / name).read_text(encoding="utf-8").splitlines()]
    calls = {call["id"]: call for call in map(json.loads, filter(str.strip, rows))}
    reader = Reader(options.cache)
    for number, name in enumerate(CALLS):
        if not (options.out / f"{name}.gold.json").exists():
            print(f"{name}: {render(written(calls[name], number), reader, options.out):.0f} s", flush=True)


if __name__ == "__main__":
    main()
