"""Every mistake of a playbook is explained in Chinese as well, with its place and its values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach import playbooks
from coach.domain.errors import PlaybookError
from coach.playbooks.mistakes import in_chinese
from coach.playbooks.reader import read_playbook

COACH = Path(playbooks.__file__).parents[1]
SOURCES = (*(COACH / "playbooks").glob("*.py"), COACH / "rules" / "examples.py")


def _messages() -> Iterator[str]:
    """What the code says is wrong, with ``X1`` for whatever it puts in."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="wrong") | ast.Name(id="PlaybookError"), args=[text]):
                    yield _spelled(text)
                case ast.Return(value=ast.JoinedStr() as text) if source.name == "examples.py":
                    yield _spelled(text)


def _spelled(text: ast.expr) -> str:
    match text:
        case ast.Constant(value=str(said)):
            return said
        case ast.JoinedStr(values=parts):
            return "".join(_spelled(part) for part in parts)
    return "X1"


# What only puts a place before a message of another line.
PLACES = {"X1:X1: X1X1"}
MESSAGES = sorted({message for message in _messages() if message not in PLACES})


def test_the_messages_are_found() -> None:
    assert len(MESSAGES) > 50


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_of_the_reader_has_its_chinese(message: str) -> None:
    placed = re.sub(r"^(X1(:(X1|1))?|playbook\.yaml): ", "", message)
    told = in_chinese(f"mine.yaml:3: {placed}")
    assert told.startswith("mine.yaml:3: ")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told), told


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (
            "a.yaml:7: criteria[0]: unknown key 'wieght'; did you mean 'weight'?",
            "a.yaml:7: criteria[0]: 不认识的键 'wieght'；是不是 'weight'？",
        ),
        ("a.yaml:1: the playbook is empty", "a.yaml:1: 话术手册是空的"),
        (
            "a.yaml:9: x: a list is needed here, not a mapping",
            "a.yaml:9: x: 这里要写列表，而不是一组键值",
        ),
        (
            "a.yaml:9: a number is needed here, such as 3, 0.5 or 1/3, not 'much'",
            "a.yaml:9: 这里要写数字，例如 3、0.5 或 1/3，而不是 'much'",
        ),
        ("no_threat: is met, expected not_met", "no_threat: 结果是 met，应为 not_met"),
        ("something of a later version", "something of a later version"),
    ],
)
def test_place_and_values_stay(mistake: str, told: str) -> None:
    assert in_chinese(mistake) == told


@pytest.mark.parametrize(
    ("was", "made"),
    [
        ("weight:", "wieght:"),
        ("coached: agent", "coached: nobody"),
        ("version:", "versoin:"),
        ("criteria:", "criteria: *x"),
        ("criteria:", "criteria: [{"),
    ],
)
def test_a_broken_playbook_is_explained_in_chinese(was: str, made: str) -> None:
    source = playbooks.source("collection").replace(was, made, 1)
    with pytest.raises(PlaybookError) as caught:
        read_playbook(source.encode(), "mine.yaml")
    told = in_chinese(str(caught.value))
    assert told != str(caught.value)
    assert told.startswith("mine.yaml:")
