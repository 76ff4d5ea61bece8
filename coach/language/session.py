"""ONNX Runtime as the language side uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def session(weights: Path, *, threads: int) -> Any:
    """A session of the network in ``weights`` on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
