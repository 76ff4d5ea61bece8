"""A sound device that is a file: speaks the packets of ``coach.live.device_child``, in real time.

python -m tests.benchmarks.virtual_device SAMPLES CHANNELS CHANNEL BEGIN

``SAMPLES`` are 16 kHz 16-bit frames of ``CHANNELS`` channels, of which ``CHANNEL`` is heard from the moment
(of the monotonic clock) on that stands in the file ``BEGIN``; after the end there is silence, as from a line
that is still open, and before it as well.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from coach.live.device_child import PACKET

RATE = 16_000
BLOCK = 512


def main(samples: str, channels: int, channel: int, begin: float) -> None:
    """Play until nobody listens."""
    _send(json.dumps({"rate": RATE, "channels": 1}).encode() + b"\n")
    frames = np.memmap(samples, "<i2", "r").reshape(-1, channels)
    at = round((time.monotonic() - begin) * RATE) // BLOCK * BLOCK
    while True:
        block = np.zeros(BLOCK, "<i2")
        part = frames[max(0, at) : max(0, at + BLOCK), channel]
        block[: len(part)] = part
        at += BLOCK
        time.sleep(max(0.0, begin + at / RATE - time.monotonic()))
        try:
            _send(PACKET.pack(0, 2 * BLOCK) + block.tobytes())
        except BrokenPipeError:
            return


def _send(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(Path(sys.argv[4]).read_text()))
