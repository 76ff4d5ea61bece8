"""The process that touches a foreign file: opens, decodes and resamples it under limits, and reports by line.

It runs as a script of its own (``python -P child.py probe|decode JSON``) and imports nothing of this package,
so that a file that crashes, hangs or swells the decoder takes nothing else with it. Every line on stdout is
one JSON object: ``{"frames": n, "share": s}`` while it works, and last ``{"result": {...}}`` or
``{"error": kind, "detail": text}``.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import av
import numpy as np

FORMATS = (
    "wav,w64,mp3,mov,mp4,m4a,3gp,3g2,mj2,ogg,flac,matroska,webm,amr,amrnb,amrwb,aac,asf,asf_o,aiff,au,caf,gsm,"
    "avi,mpegts,mpeg,flv,live_flv,wv,ape,tta,ac3,eac3,voc,nistsphere,g729,qcp,xwma,opus"
)
"""Containers that hold their own sound; playlists, which name other files, are not among them."""

REPORT_EVERY_FRAMES = 16_000 * 30
SAME_CHANNELS = 0.97
"""Channels that correlate more than this carry one mono signal."""
DEAD_CHANNEL = 1e-5
"""A channel with less than this share of the other's energy (-50 dB) carries nothing."""
LIMIT_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Refused(Exception):
    """``args`` are a kind that the parent knows and a detail for the reader."""


def main(command: str, job: dict[str, Any]) -> None:
    """Do one job and print its outcome."""
    limit(job["limits"])
    try:
        result = probe(job) if command == "probe" else decode(job)
    except Refused as refused:
        say({"error": refused.args[0], "detail": refused.args[1]})
    except MemoryError:
        say({"error": "memory", "detail": "it needs more memory than a recording may"})
    except OSError as error:
        kind = (
            "disk" if error.errno in LIMIT_ERRNOS and not isinstance(error, av.FFmpegError) else "unreadable"
        )
        say({"error": kind, "detail": error.strerror or type(error).__name__})
    except (av.FFmpegError, ValueError) as error:
        say({"error": "unreadable", "detail": type(error).__name__})
    else:
        say({"result": result})


def limit(limits: dict[str, int]) -> None:
    """Bound memory, processor time and the size of what is written, where the system can."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits; the parent's clock and the frame limit still hold
    for name, value in limits.items():
        which = getattr(resource, name)
        soft, hard = resource.getrlimit(which)
        bounds = [bound for bound in (value, soft, hard) if bound != resource.RLIM_INFINITY]
        try:
            resource.setrlimit(which, (min(bounds), hard))
        except (ValueError, OSError):
            continue  # macOS refuses RLIMIT_AS


def say(message: dict[str, Any]) -> None:
    """Print one line for the parent."""
    print(json.dumps(message), flush=True)


def probe(job: dict[str, Any]) -> dict[str, Any]:
    """Codec, rate and channels of the first audio stream, after decoding a first frame of it."""
    with opened(job["path"]) as container:
        stream = first_audio(container)
        frame = next(frames_of(container, stream), None)
        if frame is None:
            raise Refused("silent", "it holds no sound")
        return {
            "codec": stream.codec_context.name,
            "sample_rate": frame.sample_rate,
            "channels": frame.layout.nb_channels,
        }


def decode(job: dict[str, Any]) -> dict[str, Any]:
    """Write the first audio stream as 16-bit samples; mono where both channels carry the same."""
    target = Path(job["into"])
    rate, most = int(job["sample_rate"]), int(job["max_frames"])
    with opened(job["path"]) as container, target.open("wb") as out:
        stream = first_audio(container)
        promised = promised_seconds(container, stream)
        channels = 2 if stream.codec_context.layout.nb_channels == 2 else 1
        likeness = Likeness()
        frames, told = 0, 0
        for samples in resampled(frames_of(container, stream), rate, channels):
            out.write(samples.tobytes())
            likeness.add(samples)
            frames += len(samples)
            if frames > most:
                raise Refused("long", "")
            if frames - told >= REPORT_EVERY_FRAMES:
                told = frames
                say({"frames": frames, "share": min(1.0, frames / rate / promised) if promised else 0.0})
    if frames == 0:
        raise Refused("silent", "it holds no sound")
    if channels == 2 and (keep := likeness.one_channel()) is not None:
        channels = 1
        to_mono(target, keep, frames)
    complete = not promised or frames / rate >= 0.9 * promised - 1.0
    return {"frames": frames, "channels": channels, "complete": complete}


def opened(path: str) -> Any:
    """The container, or why it is none."""
    try:
        return av.open(path, options={"format_whitelist": FORMATS, "protocol_whitelist": "file"})
    except av.FFmpegError as error:
        raise Refused("not_audio", type(error).__name__) from None


def first_audio(container: Any) -> Any:
    """The first audio stream that has a decoder."""
    if not container.streams.audio:
        raise Refused("no_audio", "it holds no audio stream")
    stream = container.streams.audio[0]
    if stream.codec_context is None:
        raise Refused("not_audio", "its codec is not known")
    return stream


def promised_seconds(container: Any, stream: Any) -> float:
    """What the file says of its length, for progress and to see that an end is missing; 0.0 if nothing."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float(container.duration / av.time_base) if container.duration else 0.0


def frames_of(container: Any, stream: Any) -> Iterator[Any]:
    """Decoded frames; a damaged packet is left out, a damaged end ends the recording."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.FFmpegError):
            return
        try:
            yield from packet.decode()
        except av.FFmpegError:
            continue


def resampled(frames: Iterator[Any], rate: int, channels: int) -> Iterator[np.ndarray]:
    """int16 blocks of shape (frames, channels); a change of format in mid-stream gets a new resampler."""
    layout = "stereo" if channels == 2 else "mono"
    resampler: Any = None
    form: tuple[Any, ...] = ()
    for frame in frames:
        frame.pts = None
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or now != form:
            if resampler is not None:
                yield from blocks(resampler.resample(None), channels)
            resampler, form = av.AudioResampler(format="s16", layout=layout, rate=rate), now
        yield from blocks(resampler.resample(frame), channels)
    if resampler is not None:
        yield from blocks(resampler.resample(None), channels)


def blocks(frames: list[Any], channels: int) -> Iterator[np.ndarray]:
    """The samples of packed frames."""
    for frame in frames:
        yield frame.to_ndarray().reshape(-1, channels)


class Likeness:
    """Sums that tell whether two channels carry one signal."""

    def __init__(self) -> None:
        self.left = self.right = self.both = 0.0

    def add(self, samples: np.ndarray) -> None:
        """Count a block of shape (frames, channels)."""
        if samples.shape[1] == 2:
            left, right = samples.astype(np.float64).T
            self.left += float(left @ left)
            self.right += float(right @ right)
            self.both += float(left @ right)

    def one_channel(self) -> int | None:
        """The channel that holds everything, None when both are needed."""
        louder = int(self.right > self.left)
        most, least = max(self.left, self.right), min(self.left, self.right)
        if least <= DEAD_CHANNEL * most:
            return louder
        return louder if abs(self.both) >= SAME_CHANNELS * (self.left * self.right) ** 0.5 else None


def to_mono(path: Path, channel: int, frames: int, block: int = 1 << 20) -> None:
    """Keep one channel of an interleaved file, in place: writing never overtakes reading."""
    with path.open("r+b") as file:
        for start in range(0, frames, block):
            file.seek(start * 4)
            samples = np.frombuffer(read_exactly(file, min(block, frames - start) * 4), np.int16)
            file.seek(start * 2)
            file.write(samples.reshape(-1, 2)[:, channel].tobytes())
        file.truncate(frames * 2)


def read_exactly(file: IO[bytes], size: int) -> bytes:
    """``size`` bytes of a file that has them."""
    data = file.read(size)
    if len(data) != size:
        raise Refused("unreadable", "the decoded samples were cut short")
    return data


if __name__ == "__main__":
    av.logging.set_level(None)
    main(sys.argv[1], json.loads(sys.argv[2]))
