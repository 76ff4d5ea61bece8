"""Samples to a file of an ordinary format, by FFmpeg."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from sample_audio.recipe.noises import Samples
from sample_audio.recipe.voices import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Encoding:
    """A container's suffix, the rate of the samples in it and FFmpeg's arguments for the codec."""

    suffix: str
    rate: int
    arguments: tuple[str, ...]


ENCODINGS = {
    "opus": Encoding("opus", 16_000, ("-c:a", "libopus", "-b:a", "32k", "-application", "voip")),
    "opus_small": Encoding("opus", 16_000, ("-c:a", "libopus", "-b:a", "24k", "-application", "voip")),
    "ogg": Encoding("ogg", 16_000, ("-c:a", "libvorbis", "-q:a", "1")),
    "m4a": Encoding("m4a", 16_000, ("-c:a", "aac", "-b:a", "40k")),
    "mp3": Encoding("mp3", 16_000, ("-c:a", "libmp3lame", "-b:a", "32k")),
    "mp3_8k": Encoding("mp3", 8_000, ("-c:a", "libmp3lame", "-b:a", "24k")),
    "flac": Encoding("flac", 8_000, ("-c:a", "flac", "-sample_fmt", "s16", "-compression_level", "12")),
    "alaw": Encoding("wav", 8_000, ("-c:a", "pcm_alaw")),
    "gsm": Encoding("wav", 8_000, ("-c:a", "libgsm_ms")),
}


def encode(samples: Samples, *, to: Path, encoding: Encoding) -> None:
    """Write (samples, channels) at ``SAMPLE_RATE`` to ``to``; nothing of machine or day is put in."""
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f".{to.name}")
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "f32le", "-ar", str(SAMPLE_RATE),
               "-ac", str(samples.shape[1]), "-i", "pipe:0", "-ar", str(encoding.rate), "-map_metadata", "-1",
               *encoding.arguments, "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f",
               _MUXERS[encoding.suffix], str(unfinished)]  # fmt: skip
    subprocess.run(command, check=True, input=samples.astype("<f4").tobytes())
    unfinished.replace(to)


_MUXERS = {"opus": "opus", "ogg": "ogg", "m4a": "ipod", "mp3": "mp3", "flac": "flac", "wav": "wav"}
