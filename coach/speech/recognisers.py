"""Which recogniser a setting names: Whisper by size, hub id or folder; SenseVoice or Paraformer by folder."""

from __future__ import annotations

from pathlib import Path

from coach.language.normalise import Script
from coach.ports import Transcriber
from coach.speech.sherpa import KINDS, SherpaTranscriber
from coach.speech.whisper import WhisperTranscriber


def recogniser(model: str, *, script: Script, cpu_threads: int) -> Transcriber:
    """``base``, ``/path/to/whisper``, ``sense-voice:/path`` or ``paraformer:/path``."""
    for kind in KINDS:
        prefix = f"{kind}:"
        if model.startswith(prefix):
            folder = Path(model.removeprefix(prefix)).expanduser()
            return SherpaTranscriber(kind, folder, script=script, cpu_threads=cpu_threads)
    return WhisperTranscriber(model, script=script, cpu_threads=cpu_threads)
