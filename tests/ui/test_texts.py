"""The two catalogues of texts say the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import coach.ui
from coach.domain.call import Role
from coach.domain.labels import CRITICAL, PiiType
from coach.domain.observations import AmountKind, SpeechEventKind
from coach.domain.progress import Stage
from coach.domain.review import Outcome, Verdict
from coach.ui import i18n
from coach.ui.jobs import JobState

UI = Path(coach.ui.__file__).parent
ZH, EN = i18n.catalogue("zh"), i18n.catalogue("en")


def test_both_languages_have_the_same_keys() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(ZH))
def test_both_languages_fill_the_same_places(key: str) -> None:
    assert _places(ZH[key]) == _places(EN[key])


@pytest.mark.parametrize("key", sorted(ZH))
def test_no_text_is_empty(key: str) -> None:
    assert ZH[key].strip()
    assert EN[key].strip()


@pytest.mark.parametrize(
    "key",
    [
        *(f"verdict.{verdict.value}" for verdict in Verdict),
        *(f"critical.no_{label.value}" for label in CRITICAL),
        *(f"role.{role.value}" for role in Role),
        *(f"player.pii.{kind.value}" for kind in PiiType),
        *(f"player.event.{kind.value}" for kind in SpeechEventKind),
        *(f"player.event_note.{kind.value}" for kind in SpeechEventKind),
        *(f"player.amount.{kind.value}" for kind in AmountKind),
        *(f"player.group.{outcome.value}" for outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_DETERMINABLE)),
        *(f"job.state.{state.value}" for state in JobState),
        *(f"job.stage.{stage.value}" for stage in Stage),
    ],
)
def test_every_value_of_the_domain_has_a_text(key: str) -> None:
    assert key in ZH


def test_every_key_that_python_asks_for_exists() -> None:
    asked = {
        key
        for file in UI.rglob("*.py")
        for key in re.findall(r"""\bt\(\s*["']([a-z_.0-9]+)["']""", file.read_text())
    }
    assert asked
    assert asked <= ZH.keys()


@pytest.mark.parametrize(
    ("component", "prefixes"),
    [
        ("call_player", ("player", "role", "verdict", "playbook", "language", "critical")),
        ("call_list", ("list", "verdict", "playbook", "language", "critical")),
        ("job_list", ("job",)),
    ],
)
def test_every_key_that_a_component_asks_for_exists(component: str, prefixes: tuple[str, ...]) -> None:
    known = set(ZH) | {
        key.removeprefix(f"{prefix}.") for prefix in prefixes[:1] for key in ZH if key.startswith(prefix)
    }
    asked = {
        key
        for file in (UI / "components" / component).glob("*.js")
        for key in re.findall(r"""(?:\bt|screen\.t|this\.t)\("([a-z_.0-9]+)\"""", file.read_text())
    }
    assert asked
    assert asked <= known


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
