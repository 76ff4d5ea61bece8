"""The child that listens to one sound device, ``python -m coach.live.device_child [DEVICE]``.

With ``--list`` it prints the input devices as JSON instead.

A process of its own, since PortAudio learns of a device that was plugged in again only when it begins anew,
and since some drivers end the process when a device is pulled out. It writes one line of JSON (rate and
channels, or an error), then packets: overflows so far, bytes, 16-bit frames.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
from typing import Any

PACKET = struct.Struct("<II")
LIST = "--list"
_SILENT_SECONDS = 3.0
_BLOCK_SECONDS = 0.032
_MOST_CHANNELS = 8


def main(device: str | None) -> int:
    """Listen until the parent has gone or the device has."""
    try:
        import sounddevice
    except OSError:
        return _refuse("PortAudio is not installed; on Debian and Ubuntu: apt install libportaudio2")
    if device == LIST:
        names = [one["name"] for one in sounddevice.query_devices() if one["max_input_channels"] > 0]
        _send(json.dumps({"devices": names}).encode() + b"\n")
        return 0
    packets: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
    overflows = 0

    def keep(block: Any, _frames: int, _time: object, status: Any) -> None:
        nonlocal overflows
        overflows += bool(status.input_overflow)
        packets.put((overflows, bytes(block)))

    try:
        index = _index(sounddevice, device)
        info = sounddevice.query_devices(index, "input")
        rate, channels = int(info["default_samplerate"]), _channels(sounddevice, index, info)
        with sounddevice.RawInputStream(
            samplerate=rate,
            blocksize=round(_BLOCK_SECONDS * rate),
            device=index,
            channels=channels,
            dtype="int16",
            callback=keep,
        ):
            _send(json.dumps({"rate": rate, "channels": channels}).encode() + b"\n")
            return _pass_on(packets)
    except (sounddevice.PortAudioError, ValueError) as error:
        return _refuse(str(error))


def _pass_on(packets: queue.SimpleQueue[tuple[int, bytes]]) -> int:
    while True:
        try:
            overflows, block = packets.get(timeout=_SILENT_SECONDS)
        except queue.Empty:
            return 3
        try:
            _send(PACKET.pack(overflows, len(block)) + block)
        except BrokenPipeError:
            return 0


def _index(sounddevice: Any, device: str | None) -> int | str | None:
    """A device by number, by its whole name (numbers change when one is plugged in), or by a part of it."""
    if device is None or device.isdecimal():
        return None if device is None else int(device)
    for number, one in enumerate(sounddevice.query_devices()):
        if one["name"] == device and one["max_input_channels"] > 0:
            return number
    return device


def _channels(sounddevice: Any, index: int | str | None, info: Any) -> int:
    """One where the device can, otherwise as many as it has."""
    try:
        sounddevice.check_input_settings(
            index, channels=1, dtype="int16", samplerate=info["default_samplerate"]
        )
    except sounddevice.PortAudioError:
        return min(_MOST_CHANNELS, int(info["max_input_channels"]))
    return 1


def _send(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def _refuse(why: str) -> int:
    _send(json.dumps({"error": why}).encode() + b"\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
