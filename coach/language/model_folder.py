"""The classifier's folder: manifest, checked weights, thresholds and the layout they belong to."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
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
    try:
        return _read(folder)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"the turn classifier's folder does not hold what it should ({type(error).__name__}); reinstall"
        ) from None


def _read(folder: Path) -> ModelFolder:
    manifest = _json(folder / "manifest.json")
    files = {entry["role"]: _checked(folder, entry) for entry in manifest["files"]}
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
            f"{path.name} is missing from the turn classifier's folder; reinstall, or build it with "
            "`python -m models.turn_classifier.build`"
        ) from None


def _checked(folder: Path, entry: Mapping[str, str]) -> Path:
    path = folder / entry["name"]
    if not path.is_file():
        raise ModelError(f"{entry['name']} is missing from the turn classifier's folder; reinstall it")
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
