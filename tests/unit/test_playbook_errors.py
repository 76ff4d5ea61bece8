"""A mistake in a playbook is named with its file, line and the nearest valid key."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import playbooks
from coach.domain.errors import PlaybookError
from coach.playbooks.nodes import MAX_BYTES

HEAD = """\
playbook: fee
version: "1"
title: {zh: 费用, en: Fee}
coached: agent
verdict: {pass: 70, needs_work: 45, critical_cap: 35}
trust: {word_confidence: 0.35, role_confidence: 0.5, readable_share: 0.6}
assessable: {languages: [zh], coached_turns: 2, other_turns: 1, coached_words: 9, known_share: 1/2, snr_db: 2}
define:
  greeted: {said: courtesy}
criteria:
"""
CRITERION = """\
  - id: fee
    kind: do
    title: {zh: 费用, en: Fee}
    source: office
    weight: 3
    seen: SEEN
    done: {zh: 说了, en: said it}
    missing: {zh: 没说, en: not said}
    advice: {zh: 说, en: say it}
    better: {zh: 您好, en: Hello}
"""
GOOD = HEAD + CRITERION.replace("SEEN", "{use: greeted}")


def load(tmp_path: Path, text: str | bytes) -> object:
    file = tmp_path / "fee.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return playbooks.load(file)


def test_a_good_playbook_is_read(tmp_path: Path) -> None:
    playbook = playbooks.load(_written(tmp_path, GOOD))
    assert playbook.id == "fee"
    assert [criterion.id for criterion in playbook.criteria] == ["fee"]
    assert len(playbook.fingerprint) == 64


def _written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "fee.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


WRONG_RULES = [
    (
        "{anyof: [{said: courtesy}]}",
        "fee.yaml:16: criteria[0].seen: unknown key 'anyof'; did you mean 'any_of'?",
    ),
    (
        "{said: curtesy}",
        "fee.yaml:16: criteria[0].seen.said: unknown value 'curtesy'; did you mean 'courtesy'?",
    ),
    ("{said: {lable: courtesy}}", "criteria[0].seen.said: unknown key 'lable'; did you mean 'label'?"),
    (
        "{said: {label: courtesy, by: agnet}}",
        "criteria[0].seen.said.by: unknown value 'agnet'; did you mean 'agent'?",
    ),
    ("{said: {regex: '(abc'}}", "criteria[0].seen.said.regex: not a usable regular expression: missing )"),
    (r"{said: {regex: '\\bcall\\b'}}", "two backslashes look for a backslash; within single quotes"),
    ("{said: {regex: 'a*'}}", "it matches an empty text"),
    (f"{{said: {{regex: '{'a' * 301}'}}}}", "has 301 characters, at most 300 are read; split it"),
    ("{said: {by: coached, except: 'a'}}", "'except' needs a 'label', a 'phrase' or a 'regex'"),
    ("{said: {label: courtesy, sounds_like: true}}", "'sounds_like' needs a 'phrase'"),
    ("{said: {label: courtesy, in: {first_turns: 2, last_turns: 2}}}", "exactly one of first_turns"),
    ("{said: {label: courtesy, in: {first_turns: 0}}}", "a whole number of at least 1 is needed here"),
    ("{said: {label: courtesy, min_confidence: 1.5}}", "a number from 0 to 1 is needed"),
    ("{said: []}", "the list is empty"),
    ("{use: greetd}", "nothing is defined as 'greetd' above; did you mean 'greeted'?"),
    ("{fact: dedline}", "unknown value 'dedline'; did you mean 'deadline'?"),
    ("{reached: nobody}", "unknown value 'nobody'; use one of debtor, third_party"),
    ("{speech: {measure: pace}}", "'at_least' or 'at_most' is missing"),
    ("{speech: {measure: pace, at_least: 5, at_most: 2}}", "'at_least' is more than 'at_most'"),
    (
        "{speech: {measure: pace, at_least: quick}}",
        "a number is needed here, such as 3, 0.5 or 1/3, not 'quick'",
    ),
    ("{within: {seen: {said: courtesy}}}", "either 'after' or 'before' is needed"),
    ("{order: {first: {said: courtesy}}}", "the key 'then' is missing"),
    ("{said: courtesy, not: {said: threat}}", "a rule has one operator, here are 2; join them with 'all_of'"),
    ("{any_of: {said: courtesy}}", "a list is needed here, not a mapping"),
    ("courtesy", "a list is needed here, not a single value"),
    ("{call: {field: hour}}", "'at_least' or 'at_most' is missing"),
]


@pytest.mark.parametrize(("rule", "said"), WRONG_RULES)
def test_a_wrong_rule_is_explained(rule: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as caught:
        load(tmp_path, HEAD + CRITERION.replace("SEEN", rule))
    assert said in str(caught.value)
    assert str(caught.value).startswith("fee.yaml:16: ")


EXAMPLE = """\
    examples:
      - title: one
        turns: [TURN]
        expect: met
"""
WRONG_FILES = [
    (
        GOOD.replace("weight: 3", "wieght: 3"),
        "fee.yaml:15: criteria[0]: unknown key 'wieght'; did you mean 'weight'?",
    ),
    (GOOD.replace("    weight: 3\n", ""), "fee.yaml:11: criteria[0]: the key 'weight' is missing"),
    (GOOD.replace("weight: 3", "weight: -3"), "fee.yaml:15: criteria[0].weight: a weight is more than 0"),
    (
        GOOD.replace("kind: do", "kind: dos"),
        "fee.yaml:12: criteria[0].kind: unknown value 'dos'; did you mean 'do'?",
    ),
    (GOOD.replace("kind: do", "kind: dont"), "unknown key 'weight'"),
    (
        GOOD + CRITERION.replace("SEEN", "{said: courtesy}"),
        "fee.yaml:21: criteria[1]: the id 'fee' is already used in line 11",
    ),
    (GOOD + "    id: fee\n", "fee.yaml:21: criteria[0]: the key 'id' is given twice"),
    (
        GOOD.replace("coached: agent", "coached: third_party"),
        "fee.yaml:4: coached: the coached party is 'agent' or 'customer'",
    ),
    (
        GOOD.replace("needs_work: 45", "needs_work: 80"),
        "fee.yaml:5: verdict: the order must be critical_cap < needs_work <= pass",
    ),
    (GOOD.replace("version:", "verson:"), "fee.yaml:2: unknown key 'verson'; did you mean 'version'?"),
    (
        GOOD.replace("done: {zh: 说了, en: said it}", "done: {zh: 说了, en: said it, twice}"),
        "put a text with a comma in quotes",
    ),
    (
        GOOD.replace("done: {zh: 说了, en: said it}", "done: {zh: 说了}"),
        "criteria[0].done: the key 'en' is missing",
    ),
    (GOOD.replace("{use: greeted}", "*greeted"), "fee.yaml:16: aliases (*name) are not read"),
    (GOOD.replace("id: fee", "id: !!python/object:os.system fee"), "fee.yaml:11: tags ("),
    (GOOD.replace("kind: do", "kind: [do"), "not YAML"),
    (
        GOOD + EXAMPLE.replace("TURN", "{agent: 您好, labels: [greeting]}"),
        "fee.yaml:23: criteria[0].examples[0].turns[0].labels[0]: unknown value 'greeting'",
    ),
    (
        GOOD + EXAMPLE.replace("TURN", "{customer: 您好, labels: [courtesy]}"),
        "'courtesy' cannot stand on a turn of the customer",
    ),
    (GOOD + EXAMPLE.replace("TURN", "{agnet: 您好}"), "unknown key 'agnet'; did you mean 'agent'?"),
    (GOOD + EXAMPLE.replace("TURN", "{labels: [courtesy]}"), "a turn has exactly one speaker as a key"),
    ("", "fee.yaml:1: the playbook is empty"),
    ("- a\n- b\n", "fee.yaml:1: a mapping of keys is needed here, not a list"),
    ("a: \x07", "fee.yaml: it holds a character that YAML does not allow"),
    ("[" * 200 + "]" * 200, "nested more than 40 deep"),
    ("a: [" + "b, " * 70_000 + "]", "more than 60000 values"),
    (b"\xff\xfe\x00", "fee.yaml: byte 0 is not UTF-8; save the file as UTF-8"),
    (b"#" * (MAX_BYTES + 1), f"at most {MAX_BYTES} are read"),
]


@pytest.mark.parametrize(("text", "said"), WRONG_FILES, ids=range(len(WRONG_FILES)))
def test_a_wrong_file_is_explained(text: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)


def test_aliases_that_would_grow_without_end_are_refused_at_once(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]" for i in range(20)
    )
    with pytest.raises(PlaybookError, match="aliases"):
        load(tmp_path, bomb)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("colection", "there is no playbook 'colection'; did you mean 'collection'?, or give a .yaml file"),
        ("sales", "there is no playbook 'sales'; use one of collection, negotiation, or give a .yaml file"),
        ("gone.yaml", "gone.yaml: the playbook cannot be read: No such file or directory"),
    ],
)
def test_a_playbook_that_is_not_there(name: str, said: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        playbooks.load(name)
    assert str(caught.value) == said


def test_the_names_of_the_built_in_playbooks() -> None:
    assert playbooks.names() == ("collection", "negotiation")


@pytest.mark.parametrize("name", playbooks.names())
def test_a_playbook_prints_every_criterion_in_both_languages(name: str) -> None:
    playbook = playbooks.load(name)
    zh, en = playbooks.show(playbook, "zh"), playbooks.show(playbook, "en")
    for criterion in playbook.criteria:
        assert criterion.title.zh in zh
        assert criterion.better.zh in zh
        assert criterion.title.en in en
        assert criterion.source in en
