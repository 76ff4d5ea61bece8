"""Playbooks: find, read, check and print them."""

from __future__ import annotations

from pathlib import Path

from coach.domain.errors import PlaybookError
from coach.domain.playbook import Playbook
from coach.playbooks.nodes import MAX_BYTES, nearest
from coach.playbooks.reader import read_playbook
from coach.playbooks.show import show

__all__ = ["load", "names", "show", "source"]

_FOLDER = Path(__file__).parent
_ENDINGS = (".yaml", ".yml")


def names() -> tuple[str, ...]:
    """The playbooks that come with the product."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def load(name_or_path: str | Path) -> Playbook:
    """The playbook of that name, or in that YAML file.

    Raises ``PlaybookError`` that names file, line and the nearest valid key.
    """
    path = _path(name_or_path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PlaybookError(f"{path.name}: the playbook cannot be read: {error.strerror}") from None
    return read_playbook(data, path.name)


def source(name_or_path: str | Path) -> str:
    """The text of that playbook, as it is kept beside the reviews made by it; raises ``PlaybookError``."""
    path = _path(name_or_path)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlaybookError(f"{path.name}: the playbook cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PlaybookError(f"{path.name}: it is not UTF-8; save the file as UTF-8") from None


def _path(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, str) and name_or_path in names():
        return _FOLDER / f"{name_or_path}.yaml"
    path = Path(name_or_path)
    if path.suffix.lower() not in _ENDINGS:
        hint = nearest(str(name_or_path), names())
        raise PlaybookError(f"there is no playbook {str(name_or_path)!r}; {hint}, or give a .yaml file")
    return path
