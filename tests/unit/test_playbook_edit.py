"""Editing a playbook changes what was asked for and not one character more."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import playbooks
from coach.domain.errors import PlaybookError
from coach.playbooks.edit import Value, drafts, edited, next_version, version_of
from coach.playbooks.nodes import compose
from coach.playbooks.reader import read_playbook

SOURCES = {name: playbooks.source(name) for name in playbooks.names()}
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)


@pytest.mark.parametrize("name", SOURCES)
def test_all_criteria_can_be_edited(name: str) -> None:
    playbook = playbooks.load(name)
    found = drafts(SOURCES[name])
    assert [one.id for one in found] == [criterion.id for criterion in playbook.criteria]
    for one, criterion in zip(found, playbook.criteria, strict=True):
        assert one.texts[f"{one.at}.advice.zh"] == criterion.advice.zh
        assert one.texts[f"{one.at}.better.en"] == criterion.better.en
        assert (one.critical is None) == (criterion.severity is None)
        assert Fraction(next(iter(one.numbers.values()))) == criterion.info.weight
        assert not one.off


@pytest.mark.parametrize("name", SOURCES)
def test_every_value_lies_where_its_node_says(name: str) -> None:
    def scalars(node: yaml.Node) -> list[yaml.ScalarNode]:
        if isinstance(node, yaml.ScalarNode):
            return [node]
        inner = (
            node.value if isinstance(node, yaml.SequenceNode) else [n for pair in node.value for n in pair]
        )
        return [scalar for one in inner for scalar in scalars(one)]

    source = SOURCES[name]
    for node in scalars(compose(source.encode(), name).node):
        written = source[node.start_mark.index : node.end_mark.index]
        assert yaml.compose(written).value.strip() == node.value.strip()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight", Fraction(7, 2)),
        ("advice.zh", "先问候：“您好”，再说事 # 不急"),
        ("better.en", 'Say "hello", then: what [you] want {to} say'),
        ("title.zh", "- 不是列表"),
    ],
)
def test_a_value_is_changed_and_the_rest_stays(field: str, value: Value) -> None:
    source = SOURCES["collection"]
    at = drafts(source)[2].at
    new = edited(source, {f"{at}.{field}": value})
    changed = [(a, b) for a, b in zip(source.splitlines(), new.splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    read = drafts(new)[2]
    assert {**read.numbers, **read.texts}[f"{at}.{field}"] == value


@settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_any_text_comes_back_as_it_was_given(text: str) -> None:
    source = SOURCES["negotiation"]
    new = edited(source, {"criteria[0].advice.zh": text})
    assert drafts(new)[0].texts["criteria[0].advice.zh"] == text.strip()


def test_several_values_are_changed_at_once() -> None:
    source = SOURCES["collection"]
    new = edited(
        source, {"version": "office-2", "criteria[0].weight": Fraction(1), "criteria[5].weight": Fraction(99)}
    )
    playbook = read_playbook(new.encode(), "p.yaml")
    assert playbook.version == "office-2"
    assert (playbook.criteria[0].weight, playbook.criteria[5].weight) == (1, 99)


def test_a_criterion_is_switched_off_and_on_again() -> None:
    source = SOURCES["collection"]
    off = edited(source, {"criteria[1].off": True})
    name = drafts(source)[1].id
    assert name not in [criterion.id for criterion in read_playbook(off.encode(), "p.yaml").criteria]
    assert drafts(off)[1].off
    on = edited(off, {"criteria[1].off": False})
    assert len(read_playbook(on.encode(), "p.yaml").criteria) == len(drafts(source))


def test_what_is_off_is_checked_all_the_same() -> None:
    broken = edited(SOURCES["collection"], {"criteria[1].off": True, "criteria[1].weight": Fraction(-1)})
    with pytest.raises(PlaybookError, match="a weight is more than 0"):
        read_playbook(broken.encode(), "p.yaml")


def test_phrases_are_a_list_of_texts() -> None:
    source = SOURCES["collection"]
    with_phrases = next(one for one in drafts(source) if one.phrases)
    path, phrases = next(iter(with_phrases.phrases.items()))
    new = edited(source, {path: (*phrases, "改天, 再说")})
    again = next(one for one in drafts(new) if one.id == with_phrases.id)
    assert again.phrases[path] == (*phrases, "改天, 再说")
    read_playbook(new.encode(), "p.yaml")


@pytest.mark.parametrize("path", ["nowhere.at_all", "criteria[99].weight", "version.zh"])
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(PlaybookError, match="there is no"):
        edited(SOURCES["collection"], {path: "x"})


@pytest.mark.parametrize(
    ("version", "following"),
    [("1.0", "1.1"), ("3", "4"), ("2026-11-9b", "2026-11-10b"), ("first", "first-2")],
)
def test_the_next_version_counts_on(version: str, following: str) -> None:
    assert next_version(version) == following
    assert version_of(SOURCES["collection"]) == "2.1"
