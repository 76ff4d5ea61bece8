"""What every ``Transcriber`` must do, asked of the real one on sample calls and on sound without words."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import numpy as np
import pytest

from coach.audio.files import decode, probe
from coach.domain.recording import DecodedAudio
from coach.domain.transcript import Transcript
from coach.ports import Transcriber
from coach.speech.recognisers import recogniser
from coach.speech.whisper import WhisperTranscriber
from tests.benchmarks.hearing.wordless import KINDS, wordless

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "sample_audio"
RATE = 16_000


def quiet(_share: float) -> None:
    """Nobody asks for progress."""


@pytest.fixture(scope="module", params=["base", "sense-voice", "paraformer"])
def transcriber(request: pytest.FixtureRequest) -> Transcriber:
    """Whisper always; the others where their weights are named."""
    if request.param == "base":
        return WhisperTranscriber(cpu_threads=1)
    variable = f"COACH_TEST_{request.param.upper().replace('-', '_')}"
    folder = os.environ.get(variable)
    if folder is None:
        pytest.skip(f"no weights of {request.param} here: name their folder in {variable}")
    pytest.importorskip("sherpa_onnx")
    return recogniser(f"{request.param}:{folder}", script="simplified", cpu_threads=1)


def sample(name: str, folder: Path) -> tuple[DecodedAudio, dict]:
    gold = json.loads((SAMPLES / f"{name}.gold.json").read_text(encoding="utf-8"))
    return decode(probe(SAMPLES / gold["audio"]), folder / "samples", report=quiet), gold


def stored(samples: np.ndarray, folder: Path) -> DecodedAudio:
    path = folder / "samples"
    path.write_bytes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return DecodedAudio(path, RATE, 1, len(samples))


def errors(said: str, heard: str) -> float:
    """Character errors as a share of what was said, marks and case aside."""
    said, heard = (re.sub(r"\W", "", text).lower() for text in (said, heard))
    row = list(range(len(heard) + 1))
    for i, a in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1] / len(said)


def text_of(transcript: Transcript, channel: int | None) -> str:
    return "".join(segment.text for segment in transcript.segments if segment.channel == channel)


def test_a_stereo_call_is_heard_by_channel_with_times_and_confidence(
    transcriber: Transcriber, tmp_path: Path
) -> None:
    audio, gold = sample("zh_collection_good", tmp_path)
    told: list[float] = []
    transcript = transcriber.transcribe(audio, language=None, report=told.append)
    assert transcript.language == "zh"
    assert transcript.language_confidence > 0.8
    agent = 0 if gold["agent_channel"] == "left" else 1
    for channel, speaker in ((agent, "agent"), (1 - agent, "customer")):
        said = "".join(turn["text"] for turn in gold["turns"] if turn["speaker"] == speaker)
        assert errors(said, text_of(transcript, channel)) < 0.25
    starts = [segment.interval.start for segment in transcript.segments]
    assert starts == sorted(starts)
    for segment in transcript.segments:
        assert "".join(word.text for word in segment.words).strip() == segment.text
        for word in segment.words:
            assert 0.0 <= word.interval.start <= word.interval.end <= audio.duration
            assert 0.0 <= word.confidence <= 1.0
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_english_is_found_out(transcriber: Transcriber, tmp_path: Path) -> None:
    audio, gold = sample("en_collection_threat", tmp_path)
    transcript = transcriber.transcribe(audio, language=None, report=quiet)
    assert transcript.language == "en"
    said = " ".join(turn["text"] for turn in gold["turns"])
    assert errors(said, " ".join(segment.text for segment in transcript.segments)) < 0.2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", [None, "zh"])
def test_where_nobody_speaks_no_words_are_invented(
    transcriber: Transcriber, kind: str, language: str | None, tmp_path: Path
) -> None:
    audio = stored(wordless(kind), tmp_path)
    assert transcriber.transcribe(audio, language=language, report=quiet).segments == ()


def test_stopping_stops(transcriber: Transcriber, tmp_path: Path) -> None:
    from coach.domain.errors import Cancelled

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled

    audio, _ = sample("zh_collection_threat", tmp_path)
    with pytest.raises(Cancelled):
        transcriber.transcribe(audio, language="zh", report=stop)
