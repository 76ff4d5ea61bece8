"""Small networks of the package, each checked against the manifest beside it before it is used."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def network(folder: Path, what: str) -> InferenceSession:
    """A session of one thread of the network in ``folder``; ``what`` names it where it cannot be used.

    Raises ``ModelError`` when it is missing or not the file that the manifest names.
    """
    import onnxruntime

    model = folder / "model.onnx"
    try:
        pinned = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]["model.onnx"]
        digest = hashlib.sha256(model.read_bytes()).hexdigest()
    except (OSError, KeyError, ValueError):
        raise ModelError(f"{what} in {folder} is missing or broken; install the package again") from None
    if digest != pinned["sha256"]:
        raise ModelError(f"{model} is not the file that its manifest names; install the package again")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
