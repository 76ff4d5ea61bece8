"""whisper-base with a small change put on its weights, by NumPy alone.

A change is a file of low-rank factors: ``up @ down`` is added to a matrix. The changed weights are put
together once, in the user's cache, from those of the package; CTranslate2 opens them like any others.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import platformdirs

from coach.domain.errors import ModelError
from coach.settings import Settings
from coach.speech.weights import Packed, digest_of, packed_base, put_together, resolve_model

CALLS = "base-calls"
"""What names whisper-base with the change to Mandarin calls, as a setting and on the command line."""
Factors = Mapping[str, tuple[npt.NDArray[np.float16], npt.NDArray[np.float16]]]
"""``up`` (outputs, rank) and ``down`` (rank, inputs) by the name of the matrix."""
_DTYPES: tuple[type[np.generic], ...] = (np.float32, np.int8, np.int16, np.int32, np.float16)
"""By their number in a file of CTranslate2."""
_VERSION = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tensor lies in a file of CTranslate2."""

    name: str
    dtype: type[np.generic]
    shape: tuple[int, ...]
    offset: int

    def values(self, model: Path, mode: Any = "r") -> npt.NDArray[Any]:
        """The tensor, not loaded; ``mode`` as for ``numpy.memmap``."""
        return np.memmap(model, self.dtype, mode, self.offset, self.shape or (1,))


def places(model: Path) -> Iterator[Place]:
    """Every tensor of a model file of CTranslate2, in the file's order.

    Raises ``ValueError`` for a file of another version of the form.
    """
    with model.open("rb") as file:
        if (version := _number(file, "<I")) != _VERSION:
            raise ValueError(f"{model.name} has the form {version}, not {_VERSION}")
        _text(file), _number(file, "<I")
        for _ in range(_number(file, "<I")):
            name = _text(file)
            shape = tuple(_number(file, "<I") for _ in range(_number(file, "<B")))
            dtype, size = _DTYPES[_number(file, "<B")], _number(file, "<I")
            yield Place(name, dtype, shape, file.tell())
            file.seek(size, 1)


def _number(file: BinaryIO, form: str) -> int:
    (value,) = struct.unpack(form, file.read(struct.calcsize(form)))
    return int(value)


def _text(file: BinaryIO) -> str:
    return file.read(_number(file, "<H")).rstrip(b"\0").decode()


def read_factors(file: Path) -> Factors:
    """The factors of a change."""
    with np.load(file, allow_pickle=False) as arrays:
        names = [key.removesuffix(":up") for key in arrays.files if key.endswith(":up")]
        return {name: (arrays[f"{name}:up"], arrays[f"{name}:down"]) for name in names}


def patch(model: Path, factors: Factors) -> None:
    """Add every change to its matrix in the file.

    In double precision, so that every machine rounds to the same half floats. Raises ``ValueError`` when the
    model has no such matrix.
    """
    known = {place.name: place for place in places(model)}
    for name, (up, down) in factors.items():
        if name not in known or known[name].shape != (up.shape[0], down.shape[1]):
            raise ValueError(f"{model.name} has no matrix {name} of this size")
        weights = known[name].values(model, "r+")
        weights[:] = weights + up.astype(np.float64) @ down.astype(np.float64)
        weights.flush()  # type: ignore[attr-defined]


def model_folder(name: str) -> str:
    """What faster-whisper opens: ``base-calls``, or all that ``resolve_model`` knows.

    Raises ``ModelError`` that says how to get a model that is neither here nor to be had.
    """
    if name != CALLS:
        return resolve_model(name)
    change = Settings.read().models_dir / "speech_recognition"
    return str(adapted_base(packed_base(), change, Path(platformdirs.user_cache_dir("call-coach"))))


def adapted_base(base: Packed, change: Path, cache: Path) -> Path:
    """A folder of ``base`` with the change of the folder ``change``, made in ``cache`` unless it is there.

    Safe when several processes do it at once. Raises ``ModelError`` when the change is missing or damaged, is
    not for these weights, or there is no space.
    """
    pinned, factors = _change(change)
    home = cache / f"{pinned['name']}-{pinned['model_sha256'][:12]}"
    sha256 = pinned["model_sha256"]
    put_together(home, replace(base, fill=lambda fresh: _make(base, factors, sha256, fresh)))
    return home


def _change(folder: Path) -> tuple[dict[str, Any], Factors]:
    try:
        pinned = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        (file,) = pinned["files"]
        if digest_of(folder / file) != pinned["files"][file]["sha256"]:
            raise ModelError(f"{folder / file} is not the file that its manifest names; install it again")
        return pinned, read_factors(folder / file)
    except (OSError, KeyError, ValueError):
        raise ModelError(
            f"the change of whisper-base in {folder} is missing or broken; install the package again, or "
            "use the recogniser without it: --asr-model base"
        ) from None


def _make(base: Packed, factors: Factors, sha256: str, fresh: Path) -> None:
    base.fill(fresh)
    try:
        patch(fresh / "model.bin", factors)
    except ValueError as error:
        raise ModelError(f"the change does not fit these weights of whisper-base: {error}") from None
    if digest_of(fresh / "model.bin") != sha256:
        raise ModelError(
            "the changed weights of whisper-base are not those that the manifest names; install the package "
            "again, or use the recogniser without the change: --asr-model base"
        )
