"""Who speaks when in a mono recording: voice activity, embeddings, clusters, a path through time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Diarization, SpeakerStretch
from coach.ports import Report
from coach.speech import embedding
from coach.speech.at_once import OverlapDetector, handed_over
from coach.speech.cluster import Vectors, speakers
from coach.speech.voice import voices

_PAUSE: Seconds = 0.12
_LONGEST_PIECE: Seconds = 2.4
_SWITCH_IN_SPEECH = 0.2
_SWITCH_IN_PAUSE = 0.03
"""What a change of speaker costs, in units of the distance between the speakers' centres."""
_LEAST_WEIGHT = 0.3
_MERGE: Seconds = 0.4


@dataclass(frozen=True)
class EmbeddingDiarizer:
    """``folder`` holds the voice embedding, ``at_once`` finds where two speak at once."""

    folder: Path
    at_once: OverlapDetector

    def diarize(self, audio: DecodedAudio, *, report: Report) -> Diarization:
        """Tell the speakers apart; named A, B, C in the order in which they begin.

        Raises ``ModelError`` when the weights are missing, and what ``report`` raises.
        """
        report(0.0)
        (voice,) = voices(audio)
        pieces = [piece for at in voice.regions(gap=_PAUSE) for piece in _cut(at)]
        if not pieces:
            report(1.0)
            return Diarization((), 0.0, ())
        vectors = self._embedder.embed([voice.samples(_heard(piece)) for piece in pieces], report)
        seconds = np.array([piece.duration for piece in pieces])
        found = speakers(vectors, seconds)
        path = _path(_evidence(vectors, found.centres, pieces), pieces)
        stretches = _stretches(pieces, path)
        both = self.at_once.find(stretches, voice.samples)
        report(1.0)
        return Diarization(handed_over(stretches, both), found.confidence, both)

    @cached_property
    def _embedder(self) -> embedding.VoiceEmbedder:
        return embedding.load(self.folder)


def _cut(at: Interval) -> list[Interval]:
    count = max(1, int(np.ceil(at.duration / _LONGEST_PIECE)))
    edges = np.linspace(at.start, at.end, count + 1).tolist()
    return [Interval(a, b) for a, b in pairwise(edges)]


def _heard(piece: Interval) -> Interval:
    """The window at a piece's middle that is embedded; a short piece is not widened into its neighbours."""
    if piece.duration >= embedding.WINDOW:
        middle = (piece.start + piece.end) / 2
        return Interval(middle - embedding.WINDOW / 2, middle + embedding.WINDOW / 2)
    return piece


def _evidence(vectors: Vectors, centres: Vectors, pieces: Sequence[Interval]) -> npt.NDArray[np.float64]:
    """How much each piece speaks for each speaker; on a narrow line all voices come near, so it is scaled."""
    likeness = (vectors @ centres.T).astype(np.float64)
    if len(centres) == 1:
        return likeness
    apart = 1.0 - (centres @ centres.T)[~np.eye(len(centres), dtype=bool)].max()
    weight = [min(1.0, max(_LEAST_WEIGHT, piece.duration / embedding.WINDOW)) for piece in pieces]
    return np.asarray(likeness / max(float(apart), 1e-3) * np.array(weight)[:, None])


def _path(gain: npt.NDArray[np.float64], pieces: Sequence[Interval]) -> list[int]:
    """The best sequence of speakers, where changing within speech costs more than after a pause (Viterbi)."""
    count = gain.shape[1]
    best = gain[0]
    back = np.zeros((len(pieces), count), np.intp)
    for i in range(1, len(pieces)):
        pause = pieces[i - 1].gap(pieces[i])
        cost = _SWITCH_IN_PAUSE if pause >= _PAUSE else _SWITCH_IN_SPEECH
        reached = best[:, None] - cost * (1 - np.eye(count))
        back[i] = reached.argmax(axis=0)
        best = reached.max(axis=0) + gain[i]
    path = [int(best.argmax())]
    for i in range(len(pieces) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def _stretches(pieces: Sequence[Interval], path: Sequence[int]) -> tuple[SpeakerStretch, ...]:
    names: dict[int, str] = {}
    found: list[SpeakerStretch] = []
    for piece, speaker in zip(pieces, path, strict=True):
        name = names.setdefault(speaker, chr(ord("A") + len(names)))
        if found and found[-1].speaker == name and found[-1].interval.gap(piece) <= _MERGE:
            found[-1] = SpeakerStretch(name, found[-1].interval.hull(piece))
        else:
            found.append(SpeakerStretch(name, piece))
    return tuple(found)
