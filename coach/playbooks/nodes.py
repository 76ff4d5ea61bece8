"""YAML with its places: every value knows its file, line and path, and a mistake names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import NoReturn, TypeVar

import yaml

from coach.domain.errors import PlaybookError
from coach.domain.text import Text

MAX_BYTES = 1_000_000
MAX_NODES = 60_000
MAX_DEPTH = 40

_Choice = TypeVar("_Choice", bound=StrEnum)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A YAML node with the name of its file and its path from the top."""

    node: yaml.Node
    file: str
    path: str = ""

    @property
    def line(self) -> int:
        """Line in the file, from 1."""
        return int(self.node.start_mark.line) + 1

    def wrong(self, what: str) -> PlaybookError:
        """The error that says where ``what`` is."""
        path = f"{self.path}: " if self.path else ""
        return PlaybookError(f"{self.file}:{self.line}: {path}{what}")

    def mapping(self, *, required: Iterable[str] = (), optional: Iterable[str] = ()) -> dict[str, Place]:
        """The values by key; raises ``PlaybookError`` for unknown, missing and repeated keys."""
        required = tuple(required)
        allowed = (*required, *optional)
        found = self.open_mapping()
        for key, (at, value) in found.items():
            if key not in allowed:
                raise at.wrong(f"unknown key {key!r}; {value.comma_hint() or nearest(key, allowed)}")
        for key in required:
            if key not in found:
                raise self.wrong(f"the key {key!r} is missing")
        return {key: value for key, (_, value) in found.items()}

    def comma_hint(self) -> str | None:
        """What to do when a comma cut a text inside ``{…}`` in two and left a key without a value."""
        cut = isinstance(self.node, yaml.ScalarNode) and self.node.value == "" and not self.node.style
        return "it has no value; put a text with a comma in quotes" if cut else None

    def open_mapping(self) -> dict[str, tuple[Place, Place]]:
        """Where each key stands, and its value, whatever the keys are."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(f"a mapping of keys is needed here, not {_kind(self.node)}")
        found: dict[str, tuple[Place, Place]] = {}
        for key_node, value_node in self.node.value:
            here = Place(key_node, self.file, self.path)
            key = here.text()
            if key in found:
                raise here.wrong(f"the key {key!r} is given twice")
            path = f"{self.path}.{key}" if self.path else key
            found[key] = here, Place(value_node, self.file, path)
        return found

    def items(self) -> tuple[Place, ...]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong(f"a list is needed here, not {_kind(self.node)}")
        return tuple(Place(node, self.file, f"{self.path}[{i}]") for i, node in enumerate(self.node.value))

    def one_or_more(self) -> tuple[Place, ...]:
        """The members of a list, or the single value as a list of one; never empty."""
        places = self.items() if isinstance(self.node, yaml.SequenceNode) else (self,)
        if not places:
            raise self.wrong("the list is empty")
        return places

    @property
    def is_mapping(self) -> bool:
        """Whether keys can be read from it."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """The characters of a single value, as written."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag not in _PLAIN_TAGS:
            raise self.wrong(f"a single value is needed here, not {_kind(self.node)}")
        value = str(self.node.value).strip()
        if not value:
            raise self.wrong("a value is needed here")
        return value

    def number(self, *, least: float | None = None, most: float | None = None) -> float:
        """A finite number within the limits."""
        exact = self.fraction()
        if (least is not None and exact < least) or (most is not None and exact > most):
            raise self.wrong(
                f"a number from {least if least is not None else 'any'} to {_limit(most)} is needed"
            )
        return float(exact)

    def count(self, *, least: int = 0) -> int:
        """A whole number."""
        exact = self.fraction()
        if exact.denominator != 1 or exact < least:
            raise self.wrong(f"a whole number of at least {least} is needed here")
        return int(exact)

    def fraction(self) -> Fraction:
        """An exact number: ``3``, ``0.5`` or ``1/3``."""
        raw = self.text()
        if len(raw) > 20:
            raise self.wrong("a number is needed here, such as 3, 0.5 or 1/3")
        try:
            return Fraction(raw)
        except (ValueError, ZeroDivisionError):
            raise self.wrong(f"a number is needed here, such as 3, 0.5 or 1/3, not {raw!r}") from None

    def switch(self) -> bool:
        """``true`` or ``false``."""
        raw = self.text().lower()
        if raw not in ("true", "false"):
            raise self.wrong("true or false is needed here")
        return raw == "true"

    def choice(self, kind: type[_Choice]) -> _Choice:
        """One of the values of ``kind``."""
        raw = self.text()
        try:
            return kind(raw)
        except ValueError:
            raise self.wrong(f"unknown value {raw!r}; {nearest(raw, [one.value for one in kind])}") from None

    def message(self) -> Text:
        """A text in both languages: ``{zh: …, en: …}``."""
        found = self.mapping(required=("zh", "en"))
        return Text(found["zh"].text(), found["en"].text())


def compose(data: bytes, file: str) -> Place:
    """The document; raises ``PlaybookError`` for what is no YAML, too big, or uses aliases or tags."""
    if len(data) > MAX_BYTES:
        raise PlaybookError(
            f"{file}: {len(data)} bytes are too many for a playbook; at most {MAX_BYTES} are read"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlaybookError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    try:
        _check_events(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, file)
    except yaml.YAMLError:
        raise PlaybookError(f"{file}: it holds a character that YAML does not allow") from None
    if node is None:
        raise PlaybookError(f"{file}:1: the playbook is empty")
    return Place(node, file)


def nearest(wrong: str, valid: Iterable[str]) -> str:
    """A hint at the valid value that was probably meant, or at all of them."""
    options = list(valid)
    close = get_close_matches(wrong, options, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(options)}"


def _check_events(text: str, file: str) -> None:
    """Refuse depth, size, aliases and tags before anything is built from them."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise PlaybookError(
                f"{file}:{line}: aliases (*name) are not read; put the rule under 'define' and 'use' it"
            )
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise PlaybookError(
                f"{file}:{line}: nested more than {MAX_DEPTH} deep, or more than {MAX_NODES} values"
            )
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise PlaybookError(f"{file}:{line}: tags ({tag[:40]}) are not read; write a plain value")


def _not_yaml(error: yaml.MarkedYAMLError, file: str) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    where = f"{file}:{mark.line + 1}" if mark is not None else file
    raise PlaybookError(
        f"{where}: not YAML: {error.problem or error.context}; check indents, colons and quotes"
    ) from None


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "a single value"


def _limit(most: float | None) -> str:
    return "any" if most is None else f"{most:g}"
