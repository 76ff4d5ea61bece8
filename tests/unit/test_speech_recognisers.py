"""Other recognisers behind the port: which one a setting names, and how sherpa-onnx's tokens become words."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.domain.errors import ModelError
from coach.domain.recording import DecodedAudio
from coach.speech import sherpa
from coach.speech.recognisers import recogniser
from coach.speech.sherpa import SherpaTranscriber
from coach.speech.voice import FRAME, Voice
from coach.speech.whisper import UNKNOWN_LANGUAGE, WhisperTranscriber

RATE = 16_000


@pytest.mark.parametrize(
    ("model", "kind", "name"),
    [
        ("base", WhisperTranscriber, "whisper-base"),
        ("/models/whisper", WhisperTranscriber, "whisper-/models/whisper"),
        ("sense-voice:/models/sv", SherpaTranscriber, "sense-voice (sv)"),
        ("paraformer:/models/pf", SherpaTranscriber, "paraformer (pf)"),
    ],
)
def test_a_setting_names_a_recogniser(model: str, kind: type, name: str) -> None:
    found = recogniser(model, script="simplified", cpu_threads=1)
    assert isinstance(found, kind)
    assert found.name == name


class Scripted(ModuleType):
    """sherpa-onnx that hears what it is told."""

    def __init__(self, result: SimpleNamespace) -> None:
        super().__init__("sherpa_onnx")
        self.result = result
        self.given: dict[str, Any] = {}
        self.heard: list[int] = []
        self.OfflineRecognizer = SimpleNamespace(from_sense_voice=self._made, from_paraformer=self._made)

    def _made(self, **given: Any) -> Scripted:
        self.given = given
        return self

    def create_stream(self) -> SimpleNamespace:
        stream = SimpleNamespace(result=self.result)
        stream.accept_waveform = lambda rate, samples: self.heard.append(len(samples))
        return stream

    def decode_stream(self, stream: SimpleNamespace) -> None:
        assert self.heard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("model.int8.onnx", "tokens.txt"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DecodedAudio:
    """Four seconds, in which there is speech from the first to the third."""
    audio = DecodedAudio(tmp_path / "samples", RATE, 1, 4 * RATE)
    audio.path.write_bytes(np.zeros(4 * RATE, "<i2").tobytes())
    speech = np.zeros(round(4 / FRAME), np.float32)
    speech[round(1 / FRAME) : round(3 / FRAME)] = 0.9
    monkeypatch.setattr(sherpa, "voices", lambda _: (Voice(audio, None, None, speech),))
    return audio


def hear(folder: Path, audio: DecodedAudio, monkeypatch: pytest.MonkeyPatch, **result: Any) -> Any:
    made = Scripted(SimpleNamespace(**result))
    monkeypatch.setitem(sys.modules, "sherpa_onnx", made)
    told: list[float] = []
    found = SherpaTranscriber("sense-voice", folder).transcribe(audio, language=None, report=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    return found


def test_tokens_become_words_with_the_recordings_times(
    folder: Path, spoken: DecodedAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = hear(
        folder, spoken, monkeypatch, tokens=["您", "好", "嗎"], timestamps=[0.5, 0.7, 1.6], lang="<|zh|>"
    )
    (segment,) = found.segments
    assert found.language == "zh"
    assert segment.text == "您好吗"
    assert [word.interval.start for word in segment.words] == pytest.approx([0.9, 1.1, 2.0], abs=0.05)
    assert segment.words[1].interval.duration == pytest.approx(0.6)
    assert "".join(word.text for word in segment.words) == segment.text


def test_english_pieces_are_joined_at_their_marks(
    folder: Path, spoken: DecodedAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = ["▁pay", "ment", "▁due"]
    found = hear(folder, spoken, monkeypatch, tokens=tokens, timestamps=[0.5, 0.7, 0.9], lang="<|en|>")
    assert found.segments[0].text == "payment due"


def test_no_tokens_are_no_words(folder: Path, spoken: DecodedAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    found = hear(folder, spoken, monkeypatch, tokens=[], timestamps=[], lang="")
    assert found.segments == ()
    assert found.language == UNKNOWN_LANGUAGE


def test_a_missing_package_and_missing_weights_say_what_to_do(
    tmp_path: Path, spoken: DecodedAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)
    heard = SherpaTranscriber("sense-voice", tmp_path / "none")
    with pytest.raises(ModelError, match=r"pip install .call-coach\[sherpa\]"):
        heard.transcribe(spoken, language="zh", report=lambda _: None)
    monkeypatch.setitem(sys.modules, "sherpa_onnx", Scripted(SimpleNamespace()))
    with pytest.raises(ModelError, match=r"tokens\.txt"):
        SherpaTranscriber("paraformer", tmp_path / "none").transcribe(
            spoken, language="zh", report=lambda _: None
        )


def test_silence_needs_no_model(tmp_path: Path) -> None:
    audio = DecodedAudio(tmp_path / "samples", RATE, 1, RATE)
    audio.path.write_bytes(np.zeros(RATE, "<i2").tobytes())
    found = SherpaTranscriber("sense-voice", tmp_path).transcribe(audio, language=None, report=lambda _: None)
    assert found.segments == ()
