"""The page's logic without a browser: what each screen gives to its component."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.people import LOCAL, Actor
from coach.store import ReviewStore
from coach.ui import going, resources
from coach.ui.names import plain_name
from coach.ui.server import SCRIPT
from tests.store_calls import BOSS, LI, TRAINER
from tests.ui import fixtures
from tests.ui.drawn import components


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    _forget()
    yield resources.store()
    _forget()


def _forget() -> None:
    for read_once in (resources.settings, resources.store, resources.jobs):
        read_once.cache_clear()


def _run(**session: object) -> AppTest:
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    for name, value in session.items():
        page.session_state[name] = value
    return page.run()


def test_the_list_has_a_line_for_each_call(store: ReviewStore) -> None:
    store.add(fixtures.bad_review(), title="first")
    store.add(fixtures.good_review(), title="second")
    page = _run()
    assert not page.exception
    data = components(page)["coach_call_list"]
    assert {(call["title"], call["verdict"], call["score"]) for call in data["calls"]} == {
        ("first", "fail", 29),
        ("second", "pass", 96),
    }
    assert data["lang"] == "zh"


def test_an_empty_store_shows_an_empty_list(store: ReviewStore) -> None:
    page = _run()
    assert not page.exception
    assert components(page)["coach_call_list"]["calls"] == []


def test_the_language_of_the_visit_is_used(store: ReviewStore) -> None:
    data = components(_run(language="en"))
    assert data["coach_call_list"]["texts"]["calls"] == "Calls"
    assert data["coach_top_bar"]["texts"]["page.new"] == "New review"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("call.wav", "call"),
        ("../../etc/passwd.wav", "passwd"),
        ("..\\..\\windows\\call.mp3", "call"),
        ("a\u202egpj.wav", "agpj"),
        ("line\nbreak\x00.wav", "linebreak"),
        ("   .wav", ".wav"),
        ("", "—"),
        ("x" * 500 + ".wav", "x" * 120),
    ],
)
def test_a_files_name_becomes_a_plain_title(given: str, title: str) -> None:
    assert plain_name(given) == title


def _help() -> None:
    from coach.ui.screens.guide import show

    show()


@pytest.mark.parametrize(("actor", "buttons"), [(LOCAL, 1), (BOSS, 1), (LI, 0), (TRAINER, 0)])
def test_only_who_leads_is_offered_to_erase(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, actor: Actor, buttons: int
) -> None:
    monkeypatch.setattr(resources, "current_actor", lambda: actor)
    page = AppTest.from_function(_help, default_timeout=60).run()
    assert not page.exception
    assert len(page.button) == buttons


def test_nobody_leaves_a_page_past_what_it_still_asks_for() -> None:
    """``st.switch_page`` alone leaves a fragment that polls behind, which takes the other page away."""
    for file in Path(going.__file__).parent.rglob("*.py"):
        if "switch_page(" in file.read_text(encoding="utf-8"):
            assert file.name == "going.py", f"{file.name}: use go_to"
