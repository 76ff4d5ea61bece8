"""What is heard live gets to disk whole and at its time, whatever devices, disk and process do."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from coach.domain.errors import DeviceError, RecordingError
from coach.domain.recording import DecodedAudio
from coach.live.capture import Capture
from coach.live.device import DeviceSource
from coach.live.device_child import PACKET
from coach.live.sources import Block, FileSource
from coach.live.tape import RATE, Tape, mend
from tests.clock import Clock

REPOSITORY = Path(__file__).parents[2]


def played(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return frames.reshape(-1, file.getnchannels())


def decoded(samples: np.ndarray, folder: Path) -> DecodedAudio:
    path = folder / "samples"
    path.write_bytes(samples.astype("<i2").tobytes())
    return DecodedAudio(path, RATE, samples.shape[1], len(samples))


# ---- the tape ----------------------------------------------------------------------------------------------


def test_a_tape_holds_what_was_written(tmp_path: Path) -> None:
    frames = np.arange(10 * RATE, dtype=np.int16).reshape(-1, 2)
    tape = Tape(tmp_path / "sound.wav", 2)
    for part in np.array_split(frames, 37):
        tape.write(part)
    tape.close()
    assert np.array_equal(played(tmp_path / "sound.wav"), frames)


def test_a_tape_plays_while_it_is_being_written(tmp_path: Path) -> None:
    tape = Tape(tmp_path / "sound.wav", 1)
    tape.write(np.ones((5 * RATE, 1), np.int16))
    assert len(played(tmp_path / "sound.wav")) == 5 * RATE
    tape.close()


WRITER = """
import sys, time, numpy as np
from pathlib import Path
from coach.live.tape import Tape, RATE
tape = Tape(Path(sys.argv[1]), 2)
for i in range(1000):
    tape.write(np.full((RATE // 10, 2), i, np.int16))
    print(i, flush=True)
    time.sleep(0.001)
"""


def test_a_killed_writer_leaves_a_tape_that_is_mended_whole(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    )
    assert writer.stdout is not None
    last = 0
    while last < 33:
        last = int(writer.stdout.readline())
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert len(played(path)) >= 2 * RATE, "it plays even before it is mended"
    assert mend(path) >= 3.4
    found = played(path)
    assert np.array_equal(found[:: RATE // 10, 0], np.arange(len(found[:: RATE // 10])))


def test_a_frame_that_was_cut_in_two_goes(tmp_path: Path) -> None:
    tape = Tape(tmp_path / "sound.wav", 2)
    tape.write(np.ones((100, 2), np.int16))
    tape.close()
    with (tmp_path / "sound.wav").open("ab") as file:
        file.write(b"\x01\x02\x03")
    assert mend(tmp_path / "sound.wav") == 100 / RATE


@pytest.mark.parametrize("content", [b"", b"RIFF", b"x" * 400])
def test_what_is_no_tape_is_not_mended(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "sound.wav").write_bytes(content)
    with pytest.raises(RecordingError, match="not the recording"):
        mend(tmp_path / "sound.wav")


class SmallDisk(io.FileIO):
    """A file on a disk that is full after so many bytes."""

    space = 2 * RATE * 3 + 44

    def write(self, data: object) -> int:
        room = self.space - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(bytes(data)[:room])  # type: ignore[call-overload]


def test_a_full_disk_is_told_and_what_is_there_plays(tmp_path: Path) -> None:
    def small(path: Path) -> BinaryIO:
        return SmallDisk(str(path), "w")  # type: ignore[return-value]

    tape = Tape(tmp_path / "sound.wav", 1, opener=small)
    with pytest.raises(OSError, match="No space"):
        tape.write(np.full((RATE * 5, 1), 7, np.int16))
    tape.close()
    assert len(played(tmp_path / "sound.wav")) == 3 * RATE


# ---- a file played as if live ------------------------------------------------------------------------------


def test_a_file_comes_when_it_would_have_been_heard(tmp_path: Path) -> None:
    clock = Clock(100.0)
    samples = np.arange(RATE, dtype=np.int16)[:, None]
    source = FileSource(decoded(samples, tmp_path), clock=clock)
    source.start()
    heard: list[Block] = []
    for _ in range(25):
        clock.now += 0.05
        heard.extend(source.pull())
        so_far = sum(len(block.frames) for block in heard)
        assert so_far / RATE <= clock.now - 100.0 + 1e-6
        assert so_far / RATE >= min(1.0, clock.now - 100.0) - 0.033
    assert source.ended
    assert np.array_equal(np.concatenate([block.frames for block in heard]), samples)


def test_a_paused_file_goes_on_where_it_was(tmp_path: Path) -> None:
    clock = Clock(100.0)
    source = FileSource(decoded(np.zeros((RATE, 2), np.int16), tmp_path), clock=clock)
    source.start()
    clock.now += 0.5
    before = sum(len(block.frames) for block in source.pull())
    source.pause(True)
    clock.now += 60
    assert source.pull() == []
    source.pause(False)
    clock.now += 0.1
    assert 0 < sum(len(block.frames) for block in source.pull()) <= 0.1 * RATE + 1024
    assert before == pytest.approx(0.5 * RATE, abs=600)


# ---- devices -----------------------------------------------------------------------------------------------

FAKE_DEVICE = """
import json, os, struct, sys, time
import numpy as np
rate, channels, blocks = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
os.write(1, json.dumps({"rate": rate, "channels": channels}).encode() + b"\\n")
at, began = 0, time.monotonic()
for i in range(blocks):
    n = rate // 50
    wave = np.sin(2 * np.pi * 440 * (at + np.arange(n)) / rate) * 9000
    at += n
    data = np.repeat(wave[:, None], channels, 1).astype("<i2").tobytes()
    os.write(1, struct.pack("<II", 0, len(data)) + data)
    time.sleep(max(0, began + (i + 1) / 50 - time.monotonic()))
"""


def device(rate: int, channels: int, blocks: int) -> DeviceSource:
    return DeviceSource(command=[sys.executable, "-c", FAKE_DEVICE, str(rate), str(channels), str(blocks)])


def heard_for(source: DeviceSource | Capture, seconds: float) -> np.ndarray:
    parts = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        parts.extend(block.frames for block in source.pull())
        time.sleep(0.02)
    return np.concatenate(parts)


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (48_000, 1), (8_000, 1)])
def test_any_rate_and_number_of_channels_becomes_16_khz(rate: int, channels: int) -> None:
    source = device(rate, channels, 400)
    source.start()
    try:
        heard = heard_for(source, 1.5)[:, 0].astype(float)
    finally:
        source.stop()
    assert len(heard) / RATE == pytest.approx(1.5, abs=0.4)
    spectrum = np.abs(np.fft.rfft(heard[1000:17_000]))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=2)


def test_a_device_that_is_pulled_out_leaves_silence_and_comes_back_at_its_time() -> None:
    source = device(16_000, 1, 40)  # it gives 0.8 s of sound and is gone; begun anew, it gives sound again
    source.start()
    began = time.monotonic()
    lost = False
    parts: list[np.ndarray] = []
    try:
        while time.monotonic() - began < 5.0:
            parts.extend(block.frames for block in source.pull())
            lost = lost or source.lost
            time.sleep(0.02)
    finally:
        source.stop()
    heard = np.concatenate(parts)[:, 0]
    assert lost
    assert len(heard) / RATE == pytest.approx(5.0, abs=0.6), "time has gone on"
    loud = (
        np.abs(heard.astype(int)).reshape(-1)[: len(heard) // 1600 * 1600].reshape(-1, 1600).max(axis=1)
        > 4000
    )
    changes = np.flatnonzero(np.diff(loud.astype(int)) == 1)
    assert len(changes) >= 1, "sound, silence, sound"


def test_a_device_that_is_not_there_is_named_with_what_to_do() -> None:
    refuses = 'import os; os.write(1, b\'{"error": "Invalid device"}\\n\')'
    source = DeviceSource("headset", command=[sys.executable, "-c", refuses])
    with pytest.raises(DeviceError, match="headset cannot be used: Invalid device; see 'coach devices'"):
        source.start()


def test_two_devices_are_one_stream_in_step() -> None:
    capture = Capture([device(16_000, 1, 400), device(48_000, 2, 400)])
    capture.start()
    try:
        heard = heard_for(capture, 1.5)
    finally:
        capture.stop()
    assert heard.shape[1] == 2
    assert np.abs(heard[RATE // 4 : RATE].astype(int)).max(axis=0).min() > 8000


class Scripted:
    """A source that gives what it is told to."""

    channels, lost, ended, dropped = 1, False, False, 0

    def __init__(self, *amounts: int) -> None:
        self.amounts = list(amounts)

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def pause(self, paused: bool) -> None: ...

    def pull(self) -> list[Block]:
        return [Block(np.ones((self.amounts.pop(0), 1), np.int16), 1.0)] if self.amounts else []


def test_the_slower_clock_is_filled_up_when_it_is_far_behind() -> None:
    capture = Capture([Scripted(3 * RATE, 3 * RATE, RATE), Scripted(3 * RATE, RATE // 4, RATE // 2)])
    counts = [sum(len(block.frames) for block in capture.pull()) for _ in range(3)]
    assert counts == [3 * RATE, RATE // 4, RATE // 2]
    capture = Capture([Scripted(3 * RATE, 3 * RATE), Scripted(RATE // 4, RATE // 4)])
    counts = [sum(len(block.frames) for block in capture.pull()) for _ in range(2)]
    assert counts == [RATE // 4, 6 * RATE - RATE // 4]


def test_blocks_that_come_late_and_all_at_once_are_not_pushed_aside_by_silence() -> None:
    late = """
import json, os, struct, time
os.write(1, json.dumps({"rate": 16000, "channels": 1}).encode() + b"\\n")
def give(value, blocks):
    for _ in range(blocks):
        os.write(1, struct.pack("<II", 0, 1024) + struct.pack("<h", value) * 512)
give(7, 16)
time.sleep(1.6)
give(9, 50)
time.sleep(9)
"""
    source = DeviceSource(command=[sys.executable, "-c", late])
    source.start()
    try:
        heard = heard_for(source, 2.6)[:, 0]
    finally:
        source.stop()
    assert heard.tolist() == [7] * 16 * 512 + [9] * 50 * 512


def test_a_microphone_for_one_party_alone_has_a_silent_channel_beside_it() -> None:
    (block,) = Capture([Scripted(10)], silent=True).pull()
    assert block.frames.tolist() == [[1, 0]] * 10


CONFIG = """
</usr/share/alsa/alsa.conf>
pcm.filemic {{ type file; slave.pcm "null"; file "/dev/null"; infile "{source}"; format "raw" }}
pcm.!default {{ type plug; slave.pcm "filemic" }}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA is Linux's")
@pytest.mark.parametrize("name", [[], ["default"]])
def test_a_real_sound_system_is_heard_by_the_child(name: list[str], tmp_path: Path) -> None:
    (tmp_path / "source.raw").write_bytes((np.ones(600 * 48_000) * 2_000).astype("<i2").tobytes())
    (tmp_path / "asound.conf").write_text(CONFIG.format(source=tmp_path / "source.raw"))
    child = subprocess.Popen(
        [sys.executable, "-m", "coach.live.device_child", *name],
        env={"ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"), "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    head = json.loads(child.stdout.readline())
    overflows, size = PACKET.unpack(child.stdout.read(PACKET.size))
    heard = np.frombuffer(child.stdout.read(size), "<i2")
    child.stdout.close()
    assert head["channels"] == 1
    assert head["rate"] >= RATE
    assert overflows == 0
    assert len(heard) == round(0.032 * head["rate"])
    assert abs(heard - 2_000).max() < 60
    assert child.wait(20) == 0, "it ends when nobody listens to it any more"
