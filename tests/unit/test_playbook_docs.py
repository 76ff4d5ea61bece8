"""What docs/playbooks.md says of playbooks is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.domain.rule import FactName, MeasureName, Mention, Party, Which, Who
from coach.playbooks.reader import read_playbook
from coach.playbooks.rule_reader import OPERATORS
from coach.rules.examples import try_examples

PAGE = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text(encoding="utf-8")


def test_the_playbook_on_the_page_is_read_and_its_examples_hold() -> None:
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    playbook = read_playbook(block.group(1).encode(), "page.yaml")
    assert [tried.wrong for tried in try_examples(playbook)] == [None, None]


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_is_on_the_page(operator: str) -> None:
    assert f"`{operator}:" in PAGE


@pytest.mark.parametrize("name", [*FactName, *MeasureName, *Mention, *Party, *Who, *Which])
def test_every_value_is_on_the_page(name: str) -> None:
    assert name in PAGE
