"""What the recipes share that turn a network of a package's wheel into a small one of ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path


def write_manifest(
    folder: Path, *, name: str, licence: str, origin: str, measured: Mapping[str, object]
) -> None:
    """Write and print the manifest of ``folder``'s ``model.onnx``, by which the run time checks it."""
    model = (folder / "model.onnx").read_bytes()
    manifest = {
        "name": name,
        "licence": licence,
        "origin": origin,
        "files": {"model.onnx": {"sha256": hashlib.sha256(model).hexdigest(), "bytes": len(model)}},
        "measured": measured,
    }
    text = json.dumps(manifest, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    print(text)
