"""A Whisper model that is opened once, and its decoders by language: what every use of it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coach.language.normalise import Script
from coach.speech import decoding
from coach.speech.adapted import CALLS, model_folder

if TYPE_CHECKING:
    from faster_whisper import WhisperModel


@dataclass(frozen=True)
class LoadedWhisper:
    """``model`` is ``base-calls``, a size, a hub id or a folder; ``script`` what Chinese is written in.

    ``beam`` is how many paths the search follows, ``compared`` how many where their texts are compared
    (Mandarin). The weights are opened at the first use; raises ``ModelError`` then when they are missing.
    """

    model: str = CALLS
    script: Script = "simplified"
    cpu_threads: int = 2
    beam: int = 5
    compared: int = 5
    _decoders: dict[str, decoding.Decoder] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The model as shown in the review."""
        return f"whisper-{self.model}"

    @cached_property
    def _model(self) -> WhisperModel:
        from faster_whisper import WhisperModel

        return WhisperModel(
            model_folder(self.model), device="cpu", compute_type="int8", cpu_threads=self.cpu_threads
        )

    def _decoder(self, language: str) -> decoding.Decoder:
        if language not in self._decoders:
            self._decoders[language] = decoding.decoder(self._model, language, self.beam, self.compared)
        return self._decoders[language]
