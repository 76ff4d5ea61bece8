"""Change single values in the text of a playbook, and leave all else, comments too, as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

import yaml

from coach.domain.errors import PlaybookError
from coach.playbooks.nodes import Place, compose

Value = str | bool | Fraction | tuple[str, ...]
"""What a place can be given: a text, a switch, a number, a list of phrases."""

_FIELDS = ("title", "advice", "better")
_NUMBERS = ("weight", "severity.first", "severity.again", "severity.at_most")


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """What can be edited of a criterion without knowing the rule language; ``at`` is its path in the file.

    ``texts``, ``numbers`` and ``phrases`` are by path; ``critical`` is None for what is no don't.
    """

    at: str
    id: str
    kind: str
    title: str
    off: bool
    critical: bool | None
    numbers: Mapping[str, Fraction]
    texts: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]


def drafts(source: str, *, language: str = "zh") -> tuple[CriterionDraft, ...]:
    """The criteria of a playbook that reads well; raises ``PlaybookError``."""
    nodes = _nodes(source)
    found = []
    for i in range(len(_list(nodes, "criteria"))):
        at = f"criteria[{i}]"
        kind = _text(nodes, f"{at}.kind")
        found.append(
            CriterionDraft(
                at=at,
                id=_text(nodes, f"{at}.id"),
                kind=kind,
                title=_text(nodes, f"{at}.title.{language}"),
                off=_is_on(nodes, f"{at}.off"),
                critical=_is_on(nodes, f"{at}.critical") if kind == "dont" else None,
                numbers={
                    f"{at}.{name}": Fraction(_text(nodes, f"{at}.{name}"))
                    for name in _NUMBERS
                    if f"{at}.{name}" in nodes
                },
                texts={
                    f"{at}.{field}.{code}": _text(nodes, f"{at}.{field}.{code}")
                    for field in _FIELDS
                    for code in ("zh", "en")
                },
                phrases=dict(_phrases(nodes, at)),
            )
        )
    return tuple(found)


def edited(source: str, changes: Mapping[str, Value]) -> str:
    """The text with these values at these paths; a key that is not there yet is added to its mapping.

    Raises ``PlaybookError`` for a path that leads nowhere; whether the values make sense, the reader says.
    """
    nodes = _nodes(source)
    cuts = sorted((_cut(nodes, path, value) for path, value in changes.items()), reverse=True)
    for start, end, new in cuts:
        source = source[:start] + new + source[end:]
    return source


def version_of(source: str) -> str:
    """The version that the text names; raises ``PlaybookError``."""
    return _text(_nodes(source), "version")


def next_version(version: str) -> str:
    """The version after it: its last number, plus one.

    >>> next_version("1.9")
    '1.10'
    """
    numbers = list(re.finditer(r"\d+", version))
    if not numbers:
        return f"{version}-2"
    last = numbers[-1]
    return version[: last.start()] + str(int(last[0]) + 1) + version[last.end() :]


def _cut(nodes: Mapping[str, yaml.Node], path: str, value: Value) -> tuple[int, int, str]:
    """From where to where the text is replaced, and by what."""
    node = nodes.get(path)
    if node is not None:
        return node.start_mark.index, node.end_mark.index, _written(value)
    parent, _, key = path.rpartition(".")
    mapping = nodes.get(parent)
    if not isinstance(mapping, yaml.MappingNode) or not mapping.value:
        raise PlaybookError(f"playbook.yaml: there is no {path}")
    first = mapping.value[0][0].start_mark
    apart = ", " if mapping.flow_style else "\n" + " " * first.column
    return first.index, first.index, f"{key}: {_written(value)}{apart}"


def _written(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return "[" + ", ".join(json.dumps(one, ensure_ascii=False) for one in value) + "]"


@lru_cache(maxsize=8)
def _nodes(source: str) -> Mapping[str, yaml.Node]:
    # The reader's own checks first: size, depth, aliases and tags are refused before anything is walked.
    return MappingProxyType(dict(_walk("", compose(source.encode(), "playbook.yaml"))))


def _walk(path: str, place: Place) -> Iterator[tuple[str, yaml.Node]]:
    yield path, place.node
    if isinstance(place.node, yaml.MappingNode):
        for key, (_, value) in place.open_mapping().items():
            yield from _walk(f"{path}.{key}" if path else key, value)
    elif isinstance(place.node, yaml.SequenceNode):
        for i, item in enumerate(place.items()):
            yield from _walk(f"{path}[{i}]", item)


def _phrases(nodes: Mapping[str, yaml.Node], at: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, node in nodes.items():
        if path.startswith(f"{at}.") and path.endswith(".phrase") and ".examples[" not in path:
            if isinstance(node, yaml.SequenceNode):
                yield path, tuple(str(item.value).strip() for item in node.value)
            elif isinstance(node, yaml.ScalarNode):
                yield path, (str(node.value).strip(),)


def _list(nodes: Mapping[str, yaml.Node], path: str) -> list[yaml.Node]:
    node = nodes.get(path)
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _text(nodes: Mapping[str, yaml.Node], path: str) -> str:
    node = nodes.get(path)
    if not isinstance(node, yaml.ScalarNode):
        raise PlaybookError(f"playbook.yaml: {path} is missing")
    return str(node.value).strip()


def _is_on(nodes: Mapping[str, yaml.Node], path: str) -> bool:
    node = nodes.get(path)
    return isinstance(node, yaml.ScalarNode) and str(node.value).lower() == "true"
