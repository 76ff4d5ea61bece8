"""The sample calls that come with the project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.assembly import Options
from coach.domain.text import Text

_GOLD = ".gold.json"


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample recording and what a user would say of it when he uploads it; never its labels."""

    id: str
    path: Path
    title: Text
    about: Text
    options: Options


def sample_calls(folder: Path) -> list[Sample]:
    """The samples of a folder by name; empty when there are none."""
    found = []
    for gold in sorted(folder.glob(f"*{_GOLD}")):
        recordings = [
            path
            for path in folder.glob(f"{gold.name.removesuffix(_GOLD)}.*")
            if path != gold and path.suffix != ".json"
        ]
        if recordings:
            found.append(_sample(gold, recordings[0]))
    return found


def _sample(gold: Path, recording: Path) -> Sample:
    known = json.loads(gold.read_text(encoding="utf-8"))
    return Sample(
        id=known["id"],
        path=recording,
        title=Text(**known["title"]),
        about=Text(**known["about"]),
        options=Options(playbook=known["playbook"], started_at=datetime.fromisoformat(known["started_at"])),
    )
