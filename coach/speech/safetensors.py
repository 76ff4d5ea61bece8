"""Tensors of a folder with safetensors files, read one at a time as 32-bit floats.

Format: eight bytes of length, a JSON header (name -> dtype, shape, offsets), then the numbers. Read here and
not by the package of that name, because numpy has no bfloat16, in which many models are kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.domain.errors import ModelError

_PREFIX = "model."
_KINDS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_MOST_HEADER = 100_000_000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tensor's bytes lie."""

    file: Path
    start: int
    count: int
    kind: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tensors:
    """Tensors by name; the prefix that whole models put before their names is left out."""

    places: dict[str, _Place]

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __getitem__(self, name: str) -> npt.NDArray[np.float32]:
        """The numbers of a tensor; raises ``ModelError`` when the model does not have it."""
        place = self.places.get(name)
        if place is None:
            raise ModelError(f"the model lacks {name}; it is not a whole Whisper with all its layers")
        flat = np.fromfile(place.file, _KINDS[place.kind], place.count, offset=place.start)
        if len(flat) != place.count:
            raise ModelError(f"{place.file} ends within {name}; copy the file again")
        if place.kind == "BF16":  # the upper half of a 32-bit float
            flat = (flat.astype("<u4") << 16).view("<f4")
        return np.ascontiguousarray(flat.astype(np.float32).reshape(place.shape))


def tensors_in(folder: Path) -> Tensors:
    """Every tensor of the folder's files. Raises ``ModelError`` for a file that is damaged."""
    places: dict[str, _Place] = {}
    for file in sorted(folder.glob("*.safetensors")):
        try:
            places.update(_header(file))
        except (ValueError, KeyError, TypeError, OSError):
            raise ModelError(f"{file} is damaged or no safetensors file; copy it again") from None
    return Tensors(places)


def _header(file: Path) -> dict[str, _Place]:
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        if length > _MOST_HEADER:
            raise ValueError(length)
        listed = json.loads(opened.read(length))
    found = {}
    for name, what in listed.items():
        if name != "__metadata__" and what["dtype"] in _KINDS:
            shape = tuple(int(size) for size in what["shape"])
            start = 8 + length + int(what["data_offsets"][0])
            count = int(np.prod(shape, dtype=np.int64))
            found[name.removeprefix(_PREFIX)] = _Place(file, start, count, what["dtype"], shape)
    return found
