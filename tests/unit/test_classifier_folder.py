"""A classifier's folder that is not whole is refused with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.domain.errors import ModelError
from coach.language.model_folder import open_folder

ENTRY = {"name": "turn_classifier.onnx", "role": "weights", "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("{}", "does not hold what it should"),
        ("[]", "does not hold what it should"),
        ("{", "does not hold what it should"),
        (json.dumps({"files": [{}]}), "does not hold what it should"),
        (json.dumps({"files": [ENTRY]}), "turn_classifier.onnx is not the file that the manifest names"),
        (json.dumps({"files": [{**ENTRY, "name": "gone.onnx"}]}), "gone.onnx is missing"),
        (None, "manifest.json is missing"),
    ],
)
def test_a_folder_that_is_not_whole_is_refused(tmp_path: Path, manifest: str | None, says: str) -> None:
    (tmp_path / "turn_classifier.onnx").write_bytes(b"damaged")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ModelError, match=says):
        open_folder(tmp_path)
