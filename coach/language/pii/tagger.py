"""Names, places and employers by a small convolutional network over characters, in plain NumPy.

Where no title, cue or suffix tells a name from other words, its characters and those around it do. The
network was trained on labelled turns and on lines with made-up names (``models/pii_tagger``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Codes = npt.NDArray[np.int64]

TYPES = (PiiType.NAME, PiiType.ADDRESS, PiiType.EMPLOYER)
"""Tag 0 is none; tags 1 and 2 begin and go on with the first type, 3 and 4 with the second, and so on."""

PAD, UNKNOWN = 0, 1
DILATIONS = (1, 2, 4)
WIDTH = 5
GAP = WIDTH // 2 * max(DILATIONS)
"""Empty places between turns, so that no turn reaches into its neighbour."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the network found in a turn, and for each character how likely it belongs to nothing."""

    found: Sequence[Found]
    none: Sequence[float]

    def doubts(self, span: Span) -> bool:
        """Whether no character of ``span`` looks like a part of anything."""
        return min(self.none[span.start : span.end], default=0.0) > _SURELY_NONE


_SURELY_NONE = 0.97


@dataclass(frozen=True, slots=True)
class Tagger:
    """The network: a table for each place of the first layer, then two layers that add to what they get."""

    codes: dict[str, int]
    first: Floats
    capital: Floats
    of_agent: Floats
    biases: Floats
    layers: tuple[Floats, ...]
    out: Floats
    out_bias: Floats

    def read(self, turns: Sequence[Turn]) -> list[Tagged]:
        """What each turn holds, with the network's own probability."""
        folded = [fold(turn.text) for turn in turns]
        starts, codes, capital, agent = _laid_out(turns, folded, self.codes)
        if not len(codes):
            return [Tagged((), ()) for _ in turns]
        shares = self._shares(codes, capital, agent)
        tags, none = shares.argmax(axis=1).tolist(), shares[:, 0].tolist()
        read: list[Tagged] = []
        for start, text in zip(starts, folded, strict=True):
            end = start + len(text)
            found = _spans(tags[start:end], shares[start:end]) if any(tags[start:end]) else ()
            read.append(Tagged(found, none[start:end]))
        return read

    def _shares(self, codes: Codes, capital: Floats, agent: Floats) -> Floats:
        """The share of each tag at each place, places by tags."""
        import numpy as np

        mask = (codes != PAD).astype(np.float32)[:, None]
        size = len(codes)
        around = np.pad(np.arange(size), WIDTH // 2, constant_values=-1)
        padded = np.append(codes, PAD)
        marks = np.append(capital, 0.0).astype(np.float32), np.append(agent, 0.0).astype(np.float32)
        hidden = np.zeros((size, self.first.shape[2]), np.float32)
        for k in range(WIDTH):
            at = around[k : k + size]
            hidden += self.first[k][padded[at]]
            hidden += marks[0][at][:, None] * self.capital[k] + marks[1][at][:, None] * self.of_agent[k]
        hidden = np.maximum(hidden + self.biases[0], 0.0) * mask
        for weights, bias, dilation in zip(self.layers, self.biases[1:], DILATIONS[1:], strict=True):
            reach = WIDTH // 2 * dilation
            wide = np.pad(hidden, ((reach, reach), (0, 0)))
            heard = np.broadcast_to(bias, hidden.shape).copy()
            for k in range(WIDTH):
                heard += wide[k * dilation : k * dilation + size] @ weights[k]
            hidden = (hidden + np.maximum(heard, 0.0)) * mask
        logits = hidden @ self.out + self.out_bias
        logits -= logits.max(axis=1, keepdims=True)
        shares: Floats = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        return shares


def _laid_out(
    turns: Sequence[Turn], folded: Sequence[str], codes: dict[str, int]
) -> tuple[list[int], Codes, Floats, Floats]:
    """All turns in one row with gaps: where each starts, its characters, capitals, and who speaks."""
    import numpy as np

    starts: list[int] = []
    row: list[int] = []
    capital: list[float] = []
    agent: list[float] = []
    gap = [0] * GAP
    for turn, text in zip(turns, folded, strict=True):
        starts.append(len(row))
        row += [codes.get(char, UNKNOWN) for char in text]
        row += gap
        capital += [float("A" <= char <= "Z") for char in turn.text]
        capital += gap
        agent += [float(turn.role is Role.AGENT)] * len(text)
        agent += gap
    return starts, np.array(row, np.int64), np.array(capital, np.float32), np.array(agent, np.float32)


def _spans(tags: Sequence[int], shares: Floats) -> tuple[Found, ...]:
    """The stretches in which some type is likelier than none, with the doubtful characters beside them."""
    found: list[Found] = []
    none = shares[:, 0].tolist()
    start = inside = 0
    for at, tag in enumerate([*tags, 0]):
        kind = (tag + 1) // 2
        if inside and (kind != inside or tag % 2 == 1):
            low, high = _widened(none, start, at, found[-1].span.end if found else 0, tags)
            found.append(_found(shares, low, high, inside))
            inside = 0
        if kind and not inside:
            start, inside = at, kind
    return tuple(found)


def _widened(none: Sequence[float], start: int, end: int, floor: int, tags: Sequence[int]) -> tuple[int, int]:
    while start > floor and not tags[start - 1] and none[start - 1] < _PERHAPS_NONE:
        start -= 1
    while end < len(none) and not tags[end] and none[end] < _PERHAPS_NONE:
        end += 1
    return start, end


_PERHAPS_NONE = 0.75


def _found(shares: Floats, start: int, end: int, kind: int) -> Found:
    """As sure as its surest characters, the better half of them."""
    of_kind = shares[start:end, 2 * kind - 1] + shares[start:end, 2 * kind]
    best = sorted(of_kind.tolist(), reverse=True)[: (end - start + 1) // 2]
    return Found(TYPES[kind - 1], Span(start, end), sum(best) / len(best))


@cache
def load() -> Tagger:
    """The tagger that comes with the package."""
    with files("coach.language.pii").joinpath("tagger.npz").open("rb") as file:
        return read_from(file)


def read_from(file: IO[bytes]) -> Tagger:
    """A tagger from its weights."""
    import numpy as np

    stored = np.load(file, allow_pickle=False)
    chars = str(stored["chars"])
    embedding, first = _wide(stored["embedding"]), _wide(stored["first"])
    return Tagger(
        codes={char: code for code, char in enumerate(chars, UNKNOWN + 1)},
        first=np.stack([embedding @ weights for weights in first]),
        capital=_wide(stored["capital"]) @ first,
        of_agent=_wide(stored["of_agent"]) @ first,
        biases=_wide(stored["biases"]),
        layers=tuple(_wide(stored["layers"])),
        out=_wide(stored["out"]),
        out_bias=_wide(stored["out_bias"]),
    )


def _wide(stored: npt.NDArray[np.float16]) -> Floats:
    import numpy as np

    return stored.astype(np.float32)
