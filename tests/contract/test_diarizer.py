"""The real ``Diarizer`` on mono samples, and its weights against their manifest."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.audio.files import decode, probe
from coach.audio.samples import raw
from coach.domain.errors import ModelError
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval
from coach.domain.transcript import SpeakerStretch
from coach.speech.at_once import OverlapDetector
from coach.speech.diarize import EmbeddingDiarizer

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "models" / "speaker_embedding"
DIARIZER = EmbeddingDiarizer(WEIGHTS, OverlapDetector(ROOT / "models" / "overlap_detector"))
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
    found = DIARIZER.diarize(audio, report=quiet)
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


def test_it_is_heard_where_two_speak_at_once_and_who_they_are(tmp_path: Path) -> None:
    audio, gold = mono("en_collection_threat", tmp_path)
    found = DIARIZER.diarize(audio, report=quiet)
    said = [Interval(turn["start"], turn["end"]) for turn in gold["turns"]]
    planted = [Interval(b.start, a.end) for a, b in pairwise(said) if a.end > b.start]
    assert len(planted) == 2
    assert found.at_once is not None
    assert len(found.at_once) == 2
    for both, meant in zip(found.at_once, planted, strict=True):
        assert abs(both.start - meant.start) < 0.1
        assert abs(both.end - meant.end) < 0.1
        handed = [a.interval.end for a, b in pairwise(found.stretches) if a.speaker != b.speaker]
        assert any(both.start <= at <= both.end for at in handed)


def test_without_its_weights_nobody_listens_for_two_at_once(tmp_path: Path) -> None:
    turns = (SpeakerStretch("A", Interval(0, 2)), SpeakerStretch("B", Interval(2, 4)))
    with pytest.raises(ModelError, match="detector of speech at once"):
        OverlapDetector(tmp_path).find(turns, lambda at: np.zeros(round(at.duration * 16_000), np.float32))


def test_silence_has_no_speakers(tmp_path: Path) -> None:
    path = tmp_path / "samples"
    path.write_bytes(np.zeros(16_000 * 5, "<i2").tobytes())
    found = DIARIZER.diarize(DecodedAudio(path, 16_000, 1, 16_000 * 5), report=quiet)
    assert found.stretches == ()
    assert found.confidence == 0.0
    assert found.at_once == ()


def test_weights_that_are_not_the_manifests_are_refused(tmp_path: Path) -> None:
    from coach.speech import embedding

    with pytest.raises(ModelError, match="missing or broken"):
        embedding.load(tmp_path)
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    with (tmp_path / "weights" / "model.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match="not the file that its manifest names"):
        embedding.load(tmp_path / "weights")
