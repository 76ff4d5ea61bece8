"""The manifest of a model's folder, against which the run time checks what it opens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds: ``files`` by their role, and under which licence and from where."""

    name: str
    version: str
    files: Mapping[str, str]
    licence: str
    origin: str

    def write(self, folder: Path) -> None:
        """Name, hash, size and origin of every file in ``folder`` that the run time opens."""
        entries = [
            {
                "role": role,
                "name": name,
                "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
                "size": (folder / name).stat().st_size,
                "licence": self.licence,
                "origin": self.origin,
            }
            for role, name in self.files.items()
        ]
        value = {"name": self.name, "version": self.version, "files": entries}
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8")
