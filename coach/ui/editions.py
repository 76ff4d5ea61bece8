"""The playbooks that can be chosen: the built-in ones, and those that this office published."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from coach import playbooks
from coach.domain.playbook import Playbook
from coach.domain.text import Text
from coach.playbooks.reader import read_playbook
from coach.store import Desk


@dataclass(frozen=True, slots=True)
class Edition:
    """A playbook at one version; ``key`` is the name of a built-in one, otherwise the fingerprint."""

    key: str
    playbook: str
    version: str
    title: Text
    by: str | None = None
    made_at: datetime | None = None

    @property
    def built_in(self) -> bool:
        """Whether it comes with the product."""
        return self.key in playbooks.names()


def editions(desk: Desk) -> list[Edition]:
    """The built-in ones, then the published ones, newest first."""
    found = [_built_in(name) for name in playbooks.names()]
    for kept in desk.playbooks():
        if kept.by is not None:  # the others only came with a review
            title = read(desk.playbook_source(kept.fingerprint)).title
            found.append(Edition(kept.fingerprint, kept.playbook, kept.version, title, kept.by, kept.made_at))
    return found


def source_of(desk: Desk, key: str) -> str:
    """The text of an edition; raises ``StoreError`` where there is none."""
    return playbooks.source(key) if key in playbooks.names() else desk.playbook_source(key)


def name_for_review(desk: Desk, key: str, folder: Path) -> str:
    """What a review is told to use: the name of a built-in one, or the path of the published text."""
    if key in playbooks.names():
        return key
    source = desk.playbook_source(key)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{key}.yaml"
    part = file.with_name(f".{key}.{os.getpid()}.part")
    part.write_text(source, encoding="utf-8")
    part.replace(file)
    return str(file)


@lru_cache(maxsize=64)
def read(source: str) -> Playbook:
    """The playbook of a text; raises ``PlaybookError``."""
    return read_playbook(source.encode(), "playbook.yaml")


def _built_in(name: str) -> Edition:
    playbook = read(playbooks.source(name))
    return Edition(name, playbook.id, playbook.version, playbook.title)
