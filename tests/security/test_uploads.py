"""Files that are given to do harm: that unpack to far more, claim what they are not, or are too big."""

from __future__ import annotations

import ast
import json
import struct
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from coach import ui
from coach.audio.files import decode, probe
from coach.domain.errors import RecordingError, TranscriptError
from coach.ui.launch import page_config
from coach.ui.names import plain_name, suffix_of
from coach.written import MAX_BYTES, read_written

MINUTES = 40
"""Of silence, in the bomb: some hundred kilobytes that unpack to 38 MB."""
BOUND_S = 20.0


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """Silence in FLAC."""
    path = tmp_path / "bomb.flac"
    silence = np.zeros((1, 8000 * 60), np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=8000, layout="mono")
        for minute in range(MINUTES):
            frame = av.AudioFrame.from_ndarray(silence, "s16", "mono")
            frame.sample_rate, frame.pts = 8000, minute * 8000 * 60
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _decoded(path: Path, into: Path, hours: float) -> float:
    """The seconds of sound, decoded."""
    into.mkdir()
    return decode(probe(path), into / "samples", report=lambda done: None, max_hours=hours).duration


def test_a_small_file_that_unpacks_to_hours_is_stopped_at_the_bound(bomb: Path, tmp_path: Path) -> None:
    assert bomb.stat().st_size < 38_000_000 / 80
    with pytest.raises(RecordingError, match="longer than"):
        _decoded(bomb, tmp_path / "work", BOUND_S / 3600)
    assert not list((tmp_path / "work").iterdir())


@pytest.mark.parametrize("claimed", [0x7FFF_FFFF, 0xFFFF_FFFF, 0])
def test_a_file_that_claims_hours_is_measured_by_its_sound(tmp_path: Path, claimed: int) -> None:
    path = tmp_path / "claims.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes((np.sin(np.arange(8000) / 5) * 9000).astype("<i2").tobytes())
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", claimed)
    path.write_bytes(data)
    assert 0.9 <= _decoded(path, tmp_path / "work", BOUND_S / 3600) <= 1.1


def test_a_transcript_has_a_size_and_a_depth(tmp_path: Path) -> None:
    path = tmp_path / "call.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(TranscriptError):
        read_written(path)
    path.write_text("[" * 200_000)
    with pytest.raises(TranscriptError):
        read_written(path)
    path.write_text(json.dumps({"turns": [{"speaker": "agent", "text": "a" * 20_001}]}))
    with pytest.raises(TranscriptError):
        read_written(path)


def test_what_is_sent_to_the_page_has_a_size() -> None:
    assert page_config()["server.maxUploadSize"] <= 1024  # megabytes; Streamlit counts while it reads


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd.wav", "passwd"),
        ("..\\..\\windows\\system.wav", "system"),
        ("/abs/olute.wav", "olute"),
        ("a\x00b.wav", "ab"),
        ("a\u202egpj.wav", "agpj"),
        ("\x1b[31mred.wav", "[31mred"),
        ("x" * 500 + ".wav", "x" * 120),
        ("....wav", "..."),
        ("", "—"),
    ],
)
def test_a_file_name_is_a_title_and_never_a_path(name: str, title: str) -> None:
    assert plain_name(name) == title
    assert suffix_of(name) in (".wav", "")


@pytest.mark.parametrize(
    "name", ["x.php", "x.wav.exe", "x.html", "x.svg", "x", ".wav/../x", "x.yaml", "x.m3u8"]
)
def test_only_recordings_and_transcripts_are_taken(name: str) -> None:
    assert suffix_of(name) == ""


def test_nothing_of_a_call_is_handed_to_streamlits_media_addresses() -> None:
    """These are behind the gate, but not tied to one account: sound and files go by routes that are."""
    shown = {"audio", "image", "video", "logo", "pyplot", "graphviz_chart"}
    for file in Path(ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = node.func.attr
                by_streamlit = isinstance(node.func.value, ast.Name) and node.func.value.id == "st"
                assert not (by_streamlit and name in shown), f"{file.name}: st.{name}"
                assert name != "download_button" or file.name == "publish.py", "a playbook is nobody's call"
