"""The microphone, against a sound system whose input is a file (ALSA's file plug-in)."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.audio import microphone
from coach.domain.errors import DeviceError

RATE = 16_000
SCRIPT = """
import json, sys, threading
from pathlib import Path
from coach.audio.microphone import devices, record
from coach.domain.errors import DeviceError

stop, told = threading.Event(), []
def listen(seconds, level):
    told.append((seconds, level))
    if seconds >= 2.0:
        stop.set()
try:
    found = [device.name for device in devices()]
    seconds = record(Path(sys.argv[1]), device=sys.argv[2] or None, stop=stop, on_level=listen)
    print(json.dumps({"devices": found, "seconds": seconds, "levels": told}))
except DeviceError as error:
    print(json.dumps({"error": str(error)}))
"""
CONFIG = """
</usr/share/alsa/alsa.conf>
pcm.filemic {{ type file; slave.pcm "null"; file "/dev/null"; infile "{source}"; format "raw" }}
pcm.!default {{ type plug; slave.pcm "filemic" }}
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA is Linux's")


def recorded(folder: Path, config: str, device: str = "") -> dict:
    """Record in a process of its own, for PortAudio reads its configuration once."""
    (folder / "asound.conf").write_text(config)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder / "out.wav"), device],
        env={"ALSA_CONFIG_PATH": str(folder / "asound.conf"), "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: dict = json.loads(done.stdout.splitlines()[-1])
    return found


def test_what_the_microphone_hears_is_on_disk(tmp_path: Path) -> None:
    source = (np.random.default_rng(2).normal(size=10 * RATE) * 3_000).astype("<i2")
    (tmp_path / "source.raw").write_bytes(source.tobytes())
    found = recorded(tmp_path, CONFIG.format(source=tmp_path / "source.raw"), "default")
    assert "default" in found["devices"]
    assert found["seconds"] >= 2.0
    assert all(-25 < level < -15 for _, level in found["levels"])
    with wave.open(str(tmp_path / "out.wav")) as out:
        assert (out.getframerate(), out.getnchannels()) == (RATE, 1)
        heard = np.frombuffer(out.readframes(2 * RATE), "<i2")
    offset = int(np.flatnonzero(source == heard[0])[0])
    assert np.array_equal(heard, source[offset : offset + len(heard)])


def test_without_a_microphone_it_is_said_so(tmp_path: Path) -> None:
    config = (
        "</usr/share/alsa/alsa.conf>\npcm.!default { type hw; card 7 }\nctl.!default { type hw; card 7 }\n"
    )
    found = recorded(tmp_path, config)
    assert "error" in found
    assert "microphone" in found["error"]


def test_an_unknown_device_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "source.raw").write_bytes(bytes(RATE * 2))
    found = recorded(tmp_path, CONFIG.format(source=tmp_path / "source.raw"), "no such device")
    assert "no such microphone" in found["error"]
    assert "coach devices" in found["error"]


def test_without_portaudio_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoLibrary:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoLibrary(), *sys.meta_path])
    with pytest.raises(DeviceError, match="libportaudio2"):
        microphone.devices()
