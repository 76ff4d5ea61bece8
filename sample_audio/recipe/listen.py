"""Listen back: transcribe a rendered call with whisper-base and count what came out wrong."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sample_audio.recipe import encode, packages
from sample_audio.recipe.noises import Samples
from sample_audio.recipe.scripts import Script

PROMPT = "以下是普通话的句子，使用简体中文。"  # on a clip under 3 s it comes back as words
_RATE = 16_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn's words as written and as heard in its seconds of its own channel."""

    i: int
    written: str
    heard: str
    errors: int
    length: int


def report(calls: list[Script], *, samples: Path, cache: Path) -> None:
    """Print the character error rate (zh) or word error rate (en) of each call, and its planted faults."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(packages.whisper_base(cache)), device="cpu", compute_type="int8", cpu_threads=1)
    for script in calls:
        audio = samples / f"{script.id}.{encode.ENCODINGS[script.sound.encoding].suffix}"
        turns = listen(model, script, audio, samples / f"{script.id}.gold.json")
        rate = sum(turn.errors for turn in turns) / sum(turn.length for turn in turns)
        print(f"{script.id}: {'CER' if script.language == 'zh' else 'WER'} {rate:.3f}")
        planted = {fault["turn"] for fault in script.expected["critical"]}
        for turn in turns:
            if turn.i in planted or turn.errors > 0.34 * turn.length:
                sign = "!" if turn.i in planted else " "
                print(f"  {sign}{turn.i} {turn.errors}/{turn.length} {turn.written} | {turn.heard}")


def listen(model: Any, script: Script, audio: Path, key: Path) -> list[Heard]:
    """Each turn decoded alone from its own channel, so that a bad line shows and not a recogniser's slip."""
    from faster_whisper.audio import decode_audio

    stereo = script.sound.agent_channel is not None
    decoded = decode_audio(str(audio), sampling_rate=_RATE, split_stereo=stereo)
    left, right = decoded if stereo else (decoded, decoded)
    agent, others = (left, right) if script.sound.agent_channel != "right" else (right, left)
    turns = json.loads(key.read_text(encoding="utf-8"))["turns"]
    heard = []
    for turn in turns:
        channel = agent if turn["speaker"] == "agent" else others
        clip = channel[int((turn["start"] - 0.2) * _RATE) : int((turn["end"] + 0.2) * _RATE)]
        words = _words(model, clip, script)
        heard.append(_compare(turn, words, script.language))
    return heard


def _words(model: Any, clip: Samples, script: Script) -> str:
    quiet = np.zeros(_RATE // 2, np.float32)
    segments, _ = model.transcribe(
        np.concatenate([quiet, clip, quiet]),
        language=script.language,
        beam_size=5,
        initial_prompt=PROMPT if script.language == "zh" and clip.size > 3 * _RATE else None,
        condition_on_previous_text=False,
    )
    return "".join(segment.text for segment in segments)


def _compare(turn: dict[str, Any], heard: str, language: str) -> Heard:
    written = units(turn["text"], language)
    return Heard(turn["i"], turn["text"], heard, distance(written, units(heard, language)), len(written))


def units(text: str, language: str) -> list[str]:
    """Characters (zh: Simplified, digits read out) or words (en: lower case, digits left as written)."""
    if language == "en":
        return re.findall(r"[a-z0-9']+", text.lower().replace(",", ""))
    import cn2an
    from opencc import OpenCC

    simplified = OpenCC("tw2s").convert(re.sub(r"(?<=\d),(?=\d)", "", text)).replace("幺", "么")
    return re.findall(r"[\u4e00-\u9fffa-z]", cn2an.transform(simplified, "an2cn").lower())


def distance(a: list[str], b: list[str]) -> int:
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (left != right))
    return row[-1]
