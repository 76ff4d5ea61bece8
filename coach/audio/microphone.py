"""Record from a microphone straight to disk."""

from __future__ import annotations

import math
import queue
import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.domain.errors import DeviceError
from coach.domain.time import Seconds

if TYPE_CHECKING:
    from types import ModuleType

OnLevel = Callable[[Seconds, float], None]
"""Told the seconds recorded and the level in dB of full scale (-90 for silence), some ten times a second."""

_BLOCK_SECONDS = 0.1
_QUIET_DB = -90.0
_WAIT_SECONDS = 0.2
_LOST_AFTER_SECONDS = 5.0
_PORTAUDIO = (
    "on Debian and Ubuntu: apt install libportaudio2; macOS and Windows packages of sounddevice bring it"
)


@dataclass(frozen=True, slots=True)
class Device:
    """An input device; ``id`` is what ``record`` takes."""

    id: int
    name: str
    channels: int
    samplerate: int
    default: bool


def devices() -> tuple[Device, ...]:
    """The input devices of this machine.

    Raises ``DeviceError`` when there is no sound system or no microphone.
    """
    sounddevice = _sounddevice()
    default = sounddevice.default.device[0]
    found = tuple(
        Device(
            i, str(one["name"]), int(one["max_input_channels"]), int(one["default_samplerate"]), i == default
        )
        for i, one in enumerate(sounddevice.query_devices())
        if one["max_input_channels"] > 0
    )
    if not found:
        raise DeviceError("there is no microphone; connect one, or record elsewhere and review the file")
    return found


def record(
    path: Path,
    *,
    device: int | str | None = None,
    samplerate: int = 16_000,
    channels: int = 1,
    stop: threading.Event,
    on_level: OnLevel | None = None,
) -> Seconds:
    """Record to the 16-bit WAV file ``path`` until ``stop`` is set; returns the seconds recorded.

    Samples are written as they arrive, so that a long recording needs no memory. What was recorded is kept
    when the device is lost or the disk is full, and the error says so. Raises ``DeviceError``.
    """
    sounddevice = _sounddevice()
    if device is None:
        devices()
    arrived: queue.Queue[bytes] = queue.Queue()

    def keep(block: Any, _frames: int, _time: object, _status: object) -> None:
        arrived.put(bytes(block))

    try:
        with wave.open(str(path), "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(2)
            out.setframerate(samplerate)
            with sounddevice.RawInputStream(
                samplerate=samplerate,
                blocksize=round(_BLOCK_SECONDS * samplerate),
                device=device,
                channels=channels,
                dtype="int16",
                callback=keep,
            ):
                return _written(arrived, out, stop, on_level)
    except sounddevice.PortAudioError as error:
        raise DeviceError(f"the microphone cannot be used: {error}; see 'coach devices'") from None
    except ValueError as error:
        raise DeviceError(f"there is no such microphone: {error}; see 'coach devices'") from None
    except OSError as error:
        raise DeviceError(
            f"{path.name} cannot be written: {error.strerror}; what was recorded is kept"
        ) from None


def _written(
    arrived: queue.Queue[bytes], out: wave.Wave_write, stop: threading.Event, on_level: OnLevel | None
) -> Seconds:
    frame_bytes = 2 * out.getnchannels()
    frames, silent_for = 0, 0.0
    while not stop.is_set():
        try:
            block = arrived.get(timeout=_WAIT_SECONDS)
        except queue.Empty:
            silent_for += _WAIT_SECONDS
            if silent_for >= _LOST_AFTER_SECONDS:
                raise DeviceError(
                    "the microphone gives no more sound; what was recorded is kept. Connect it again"
                ) from None
            continue
        silent_for = 0.0
        out.writeframes(block)
        frames += len(block) // frame_bytes
        if on_level is not None:
            on_level(frames / out.getframerate(), _level(block))
    for _ in range(arrived.qsize()):
        block = arrived.get_nowait()
        out.writeframes(block)
        frames += len(block) // frame_bytes
    return frames / out.getframerate()


def _level(block: bytes) -> float:
    samples = np.frombuffer(block, np.int16).astype(np.float64) / 32_768.0
    power = float(np.mean(samples**2)) if len(samples) else 0.0
    return max(_QUIET_DB, 10 * math.log10(power)) if power > 0 else _QUIET_DB


def _sounddevice() -> ModuleType:
    try:
        import sounddevice
    except OSError:
        raise DeviceError(f"PortAudio is not installed, so nothing can be recorded; {_PORTAUDIO}") from None
    found: ModuleType = sounddevice
    return found
