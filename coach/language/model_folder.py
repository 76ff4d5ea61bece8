"""A model's folder: its manifest and checked files; of the classifier's, thresholds and layout too."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.domain.call import Role
from coach.domain.errors import ModelError
from coach.domain.labels import LabelId
from coach.language.windows import Marks, Sizes


@dataclass(frozen=True, slots=True)
class Threshold:
    """How a label's logit becomes a probability, and from where it is shown (``check``) or sure."""

    scale: float
    offset: float
    check: float
    sure: float

    def probability(self, logit: float) -> float:
        """The calibrated probability; 0.0 for a logit of minus infinity."""
        x = self.scale * logit + self.offset
        return 1.0 / (1.0 + math.exp(-x)) if x > -60.0 else 0.0


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What the adapter needs to run: files that were checked, and how to read their numbers."""

    name: str
    weights: Path
    tokenizer: Path
    labels: tuple[LabelId, ...]
    thresholds: Mapping[LabelId, Threshold]
    marks: Marks
    sizes: Sizes


def open_folder(folder: Path) -> ModelFolder:
    """Read the manifest and check every file that it names against its SHA-256.

    Raises ``ModelError`` when a file is missing or differs, or the manifest is none.
    """
    with _whole(folder):
        return _read(folder)


def checked_files(folder: Path) -> dict[str, Path]:
    """The files that the manifest in ``folder`` names, by their role.

    Raises ``ModelError`` when one is missing or differs, or the manifest is none.
    """
    with _whole(folder):
        return _checked_files(folder, _json(folder / "manifest.json"))


@contextmanager
def _whole(folder: Path) -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"models/{folder.name} does not hold what it should ({type(error).__name__}); reinstall"
        ) from None


def _checked_files(folder: Path, manifest: Any) -> dict[str, Path]:
    return {entry["role"]: _checked(folder, entry) for entry in manifest["files"]}


def _read(folder: Path) -> ModelFolder:
    manifest = _json(folder / "manifest.json")
    files = _checked_files(folder, manifest)
    thresholds = _json(files["thresholds"])
    layout = _json(files["layout"])
    labels = tuple(LabelId(entry["id"]) for entry in thresholds["labels"])
    return ModelFolder(
        name=f"{manifest['name']} {manifest['version']}",
        weights=files["weights"],
        tokenizer=files["tokenizer"],
        labels=labels,
        thresholds={LabelId(entry["id"]): _threshold(entry) for entry in thresholds["labels"]},
        marks=_marks(layout),
        sizes=Sizes(**layout["sizes"]),
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"{path.name} is missing from models/{path.parent.name}; reinstall, or build it (its README)"
        ) from None


def _checked(folder: Path, entry: Mapping[str, str]) -> Path:
    path = folder / entry["name"]
    if not path.is_file():
        raise ModelError(f"{entry['name']} is missing from models/{folder.name}; reinstall it")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != entry["sha256"]:
        raise ModelError(f"{entry['name']} is not the file that the manifest names (SHA-256); reinstall it")
    return path


def _threshold(entry: Mapping[str, float]) -> Threshold:
    return Threshold(entry["scale"], entry["offset"], entry["check"], entry["sure"])


def _marks(layout: Mapping[str, Any]) -> Marks:
    return Marks(
        begin=layout["begin"],
        pad=layout["pad"],
        separator=layout["separator"],
        headers={Role(role): tuple(ids) for role, ids in layout["headers"].items()},
        tags={Role(role): tuple(ids) for role, ids in layout["tags"].items()},
        stops=frozenset(layout["stops"]),
    )
