"""Windows of decoded samples, their outline, and copies of them that a browser plays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from coach.domain.errors import RecordingError
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

Samples = npt.NDArray[np.float32]
"""Samples of one channel, -1..1."""

_FULL_SCALE = 32_768.0
_BLOCK_SECONDS = 30.0


def read(audio: DecodedAudio, at: Interval, channel: int | None) -> Samples:
    """The samples of ``at`` as far as there are any: one channel, or with None the mean of all."""
    block = raw(audio, at)
    one = block[:, channel] if channel is not None else block.mean(axis=1, dtype=np.float32)
    return np.asarray(one, np.float32) / np.float32(_FULL_SCALE)


def raw(audio: DecodedAudio, at: Interval) -> npt.NDArray[np.int16]:
    """The int16 samples of ``at``, shape (frames, channels), mapped from disk and not to be written to."""
    first = min(audio.frames, max(0, round(at.start * audio.sample_rate)))
    last = min(audio.frames, max(first, round(at.end * audio.sample_rate)))
    if first == last:
        return np.zeros((0, audio.channels), np.int16)
    return np.memmap(
        audio.path,
        "<i2",
        "r",
        offset=first * audio.channels * 2,
        shape=(last - first, audio.channels),
    )


def blocks(audio: DecodedAudio, seconds: Seconds = _BLOCK_SECONDS) -> Iterator[Interval]:
    """The whole recording in consecutive intervals."""
    start = 0.0
    while start < audio.duration:
        end = min(start + seconds, audio.duration)
        yield Interval(start, end)
        start = end


def peaks(audio: DecodedAudio, points: int) -> list[list[float]]:
    """The outline of each channel: the largest absolute sample (0..1) of ``points`` equal stretches."""
    points = max(1, min(points, audio.frames))
    edges = np.linspace(0, audio.frames, points + 1).astype(np.int64)
    outline = np.zeros((audio.channels, points))
    for i in range(points):
        at = Interval(edges[i] / audio.sample_rate, edges[i + 1] / audio.sample_rate)
        block = raw(audio, at)
        if len(block):
            outline[:, i] = np.maximum(block.max(axis=0), -(block.min(axis=0).astype(np.int32))) / _FULL_SCALE
    return [[round(min(1.0, float(peak)), 3) for peak in channel] for channel in outline]


def playable(audio: DecodedAudio, into: Path) -> Path:
    """A compact copy that browsers play and seek in to the exact second (Opus in Ogg, channels kept).

    Returns ``into`` with the suffix of what was written.
    """
    import av

    target = into.with_suffix(".ogg")
    with whole_or_nothing(target) as unfinished, av.open(str(unfinished), "w", format="ogg") as container:
        layout = "stereo" if audio.channels == 2 else "mono"
        stream = container.add_stream("libopus", rate=audio.sample_rate, layout=layout)
        stream.bit_rate = 24_000 * audio.channels
        stream.options = {"application": "voip", "compression_level": "3"}
        encode(audio, container, stream)
    return target


def encode(audio: DecodedAudio, container: OutputContainer, stream: AudioStream) -> None:
    """Write all samples to a stream that was just added to ``container``."""
    import av

    at = 0
    for block in blocks(audio, 1.0):
        samples = np.ascontiguousarray(raw(audio, block)).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, "s16", "stereo" if audio.channels == 2 else "mono")
        frame.sample_rate, frame.pts = audio.sample_rate, at
        at += frame.samples
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


@contextmanager
def whole_or_nothing(into: Path) -> Iterator[Path]:
    """A temporary name beside ``into`` that becomes it when the block ends well, and else goes."""
    unfinished = into.with_name(f".{into.name}.part")
    try:
        yield unfinished
        unfinished.replace(into)
    except OSError as error:
        raise RecordingError(f"{into.name} cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
