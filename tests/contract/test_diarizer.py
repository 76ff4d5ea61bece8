"""The real ``Diarizer`` on mono samples, and its weights against their manifest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from coach.audio.files import decode, probe
from coach.audio.samples import raw
from coach.domain.errors import ModelError
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval
from coach.speech.diarize import EmbeddingDiarizer

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "models" / "speaker_embedding"
SAMPLES = ROOT / "sample_audio"


def quiet(_share: float) -> None:
    """Nobody asks for progress."""


def mono(name: str, folder: Path) -> tuple[DecodedAudio, dict]:
    """A sample, both channels mixed into one."""
    gold = json.loads((SAMPLES / f"{name}.gold.json").read_text(encoding="utf-8"))
    audio = decode(probe(SAMPLES / gold["audio"]), folder / "both", report=quiet)
    if audio.channels == 1:
        return audio, gold
    mixed = raw(audio, audio.whole).astype(np.float32).mean(axis=1).astype("<i2")
    (folder / "mono").write_bytes(mixed.tobytes())
    return DecodedAudio(folder / "mono", audio.sample_rate, 1, audio.frames), gold


@pytest.mark.slow
@pytest.mark.parametrize("name", ["zh_collection_threat", "zh_collection_good", "en_collection_threat"])
def test_nineteen_of_twenty_seconds_of_two_voices_are_told_apart(name: str, tmp_path: Path) -> None:
    audio, gold = mono(name, tmp_path)
    found = EmbeddingDiarizer(WEIGHTS).diarize(audio, report=quiet)
    assert len({stretch.speaker for stretch in found.stretches}) == 2
    assert found.confidence > 0.5
    shared = {
        (speaker, turn["speaker"]): 0.0
        for speaker in {stretch.speaker for stretch in found.stretches}
        for turn in gold["turns"]
    }
    for stretch in found.stretches:
        for turn in gold["turns"]:
            both = Interval(turn["start"], turn["end"]).overlap(stretch.interval)
            shared[stretch.speaker, turn["speaker"]] += both
    by_speaker: dict[str, list[float]] = {}
    for (speaker, _), seconds in shared.items():
        by_speaker.setdefault(speaker, []).append(seconds)
    right = sum(max(seconds) for seconds in by_speaker.values())
    assert right >= 0.95 * sum(sum(seconds) for seconds in by_speaker.values())


def test_silence_has_no_speakers(tmp_path: Path) -> None:
    path = tmp_path / "samples"
    path.write_bytes(np.zeros(16_000 * 5, "<i2").tobytes())
    found = EmbeddingDiarizer(WEIGHTS).diarize(DecodedAudio(path, 16_000, 1, 16_000 * 5), report=quiet)
    assert found.stretches == ()
    assert found.confidence == 0.0


def test_weights_that_are_not_the_manifests_are_refused(tmp_path: Path) -> None:
    from coach.speech import embedding

    with pytest.raises(ModelError, match="missing or broken"):
        embedding.load(tmp_path)
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    with (tmp_path / "weights" / "model.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match="not the file that its manifest names"):
        embedding.load(tmp_path / "weights")
