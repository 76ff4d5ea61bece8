"""Decoded samples to a small file that any player opens."""

from __future__ import annotations

from pathlib import Path

from coach.audio.samples import encode, whole_or_nothing
from coach.domain.recording import DecodedAudio

_BITS_A_SECOND = 32_000
"""Of one channel; speech of 8 kHz bandwidth sounds the same above it."""


def write_mp3(audio: DecodedAudio, into: Path) -> Path:
    """The whole recording as MP3, channels kept, without any metadata; returns ``into``."""
    import av

    with whole_or_nothing(into) as unfinished, av.open(str(unfinished), "w", format="mp3") as container:
        layout = "stereo" if audio.channels == 2 else "mono"
        stream = container.add_stream("libmp3lame", rate=audio.sample_rate, layout=layout)
        stream.bit_rate = _BITS_A_SECOND * audio.channels
        encode(audio, container, stream)
    return into
