"""The live page without a browser: what can be heard with what is chosen, remembered and left behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach import playbooks
from coach.domain.people import LOCAL
from coach.live.folder import LiveOrder, SessionFolder, new_session, sessions
from coach.playbooks.edit import edited
from coach.practice.lines import hard_line
from coach.store import ReviewStore
from coach.ui import i18n, live_sessions, resources
from coach.ui.live_view import _fresh
from tests.ui.drawn import components

DEVICES = ("Headset", "Telephone")
LINE = "zh_hardship_jobless"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("coach.ui.device_choice.device_names", lambda: DEVICES)
    monkeypatch.setattr(live_sessions.LiveSessions, "_spawn", lambda *_nothing_is_begun: None)
    _forget()
    yield resources.store()
    _forget()


def _forget() -> None:
    read_once = (resources.settings, resources.store, resources.jobs, resources.live_sessions)
    for one in read_once:
        one.cache_clear()


def _page(**session: object) -> AppTest:
    def script() -> None:
        from coach.ui.screens import live

        live.show()

    page = AppTest.from_function(script, default_timeout=60)
    for name, value in session.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


def _start(page: AppTest, key: str = "live_start") -> LiveOrder:
    page.button(key=key).click().run()
    assert not page.exception
    (made,) = sessions(resources.live_sessions().root)
    return made.order


def _over() -> None:
    for one in sessions(resources.live_sessions().root):
        one.discard()


@pytest.mark.parametrize(
    ("source", "playbook", "heard"),
    [
        ("both", "collection", ("Telephone", None, False)),
        ("alone", "collection", ("Telephone", None, True)),
        ("alone", "negotiation", (None, "Telephone", True)),
        ("two", "collection", ("Telephone", "Headset", False)),
        ("two", "negotiation", ("Telephone", "Headset", False)),
    ],
)
def test_what_is_chosen_is_heard_and_remembered(
    store: ReviewStore, source: str, playbook: str, heard: tuple[str | None, str | None, bool]
) -> None:
    page = _page()
    page.radio(key="live_source").set_value(source).run()
    page.selectbox(key="live_playbook_").set_value(playbook)
    page.selectbox(key="live_device_agent").set_value("Telephone")
    if source == "two":
        page.selectbox(key="live_device_customer").set_value("Headset")
    order = _start(page)
    assert (order.agent_device, order.customer_device, order.alone) == heard
    assert (order.playbook, order.account) == (playbook, LOCAL.account)
    _over()
    again = _page()
    assert again.radio(key="live_source").value == source
    assert again.selectbox(key="live_playbook_").value == playbook
    assert again.selectbox(key="live_device_agent").value == "Telephone"
    if source == "two":
        assert again.selectbox(key="live_device_customer").value == "Headset"


def test_a_remembered_device_that_is_not_there_is_not_chosen(store: ReviewStore) -> None:
    resources.live_sessions().remember(LOCAL.account, {"source": "alone", "agent": "Gone"})
    assert _page().selectbox(key="live_device_agent").value == "default"


def test_without_a_device_only_a_sample_can_be_played(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.ui.device_choice.device_names", lambda: ())
    page = _page()
    assert [one.value for one in page.warning] == [i18n.text("zh", "live_setup.no_devices")]
    assert page.button(key="live_start").disabled
    page.radio(key="live_source").set_value("sample").run()
    order = _start(page)
    assert order.file is not None
    assert Path(order.file).is_file()
    assert order.agent_device is None


def test_a_published_playbook_can_be_talked_by(store: ReviewStore) -> None:
    source = edited(playbooks.source("negotiation"), {"version": "7.7"})
    kept = store.desk(LOCAL).publish_playbook(source)
    page = _page()
    assert any("7.7" in option for option in page.selectbox(key="live_playbook_").options)
    page.radio(key="live_source").set_value("alone").run()
    page.selectbox(key="live_playbook_").set_value(kept.fingerprint)
    order = _start(page)
    assert playbooks.load(order.playbook).fingerprint == kept.fingerprint
    assert order.customer_device == "default", "the coached party of a negotiation speaks into it"
    _over()
    assert _page().selectbox(key="live_playbook_").value == kept.fingerprint


def test_what_was_left_is_offered_to_be_reviewed_or_discarded(store: ReviewStore) -> None:
    for _ in range(2):
        _left()
    page = _page()
    first, second = sessions(resources.live_sessions().root)
    page.button(key=f"discard_{first.path.name}").click().run()
    assert not first.path.exists()
    page.button(key=f"review_{second.path.name}").click().run()
    phase = json.loads((second.path / "phase.json").read_text(encoding="utf-8"))
    assert phase["phase"] == "reviewing"
    assert components(page)["coach_live_view"]["phase"] == "reviewing"


def test_a_session_goes_on_without_its_page_and_is_found_by_the_next(store: ReviewStore) -> None:
    folder = _left()
    live_sessions.write(folder.path / "phase.json", {"phase": "live", "since": 0.0})
    with folder.held():
        after = live_sessions.LiveSessions(resources.live_sessions().root)
        watched = after.watched(LOCAL.account)
        assert watched is not None
        assert watched.folder.path == folder.path
        assert after.left(LOCAL.account) == []
        assert after.watched("somebody else") is None
    assert after.watched(LOCAL.account) is None
    assert [one.folder for one in after.left(LOCAL.account)] == [folder.path]


def _left() -> SessionFolder:
    """A session whose process was killed: no lock is held, and there is sound."""
    import os

    import numpy as np

    from coach.live.tape import RATE, Tape

    folder = new_session(resources.live_sessions().root, LiveOrder(account=LOCAL.account))
    tape = Tape(folder.sound, 1)
    tape.write(np.ones((3 * RATE, 1), np.int16))
    tape.close()
    (folder.path / "alive").touch()
    os.utime(folder.path / "session.json", (0, 0))
    return folder


def _shown(*cues: tuple[str, float], now: float) -> str | None:
    made = [{"kind": kind, "raised_at": at} for kind, at in cues]
    fresh = _fresh(made, now)
    return None if fresh is None else f"{fresh['kind']} {fresh['raised_at']}"


@pytest.mark.parametrize(
    ("cues", "now", "large"),
    [
        ([], 5.0, None),
        ([("fault", 1.0)], 5.0, "fault 1.0"),
        ([("fault", 1.0)], 22.0, None),
        ([("fault", 1.0), ("reminder", 3.0)], 5.0, "fault 1.0"),
        ([("fault", 1.0), ("reminder", 3.0)], 10.0, "reminder 3.0"),
        ([("reminder", 1.0), ("fault", 3.0)], 5.0, "fault 3.0"),
    ],
)
def test_a_reminder_does_not_take_the_place_of_a_fault_just_raised(
    cues: list[tuple[str, float]], now: float, large: str | None
) -> None:
    assert _shown(*cues, now=now) == large


# ---- drills ------------------------------------------------------------------------------------------------


def test_a_drill_asks_for_its_line_and_one_microphone(store: ReviewStore) -> None:
    page = _page(live_what="drill", live_drill=LINE)
    order = _start(page, "live_speak")
    assert (order.drill, order.agent_device, order.alone) == (LINE, "default", True)
    data = components(page)["coach_live_view"]
    assert data["drill"]["line"] == hard_line(LINE).line
    assert data["drill"]["sound"].startswith(f"coach/line/{LINE}.")
    assert set(data["drill"]["better"]) == set(hard_line(LINE).trains)


def _answered() -> dict[str, Any]:
    order = LiveOrder(account=LOCAL.account, drill=LINE)
    folder = new_session(resources.live_sessions().root, order)
    reached = {"empathy": "done", "inquire": "missing", "offer_plan": "partly"}
    found = {
        "line": LINE,
        "answer": "我理解您。",
        "points": reached,
        "faults": [],
        "doubtful": [],
        "score": 50,
    }
    folder.outcome.write_text(json.dumps({"drill": found}), encoding="utf-8")
    return reached


def test_what_came_of_a_drill_is_shown_and_kept_once_for_the_class_without_its_words(
    store: ReviewStore,
) -> None:
    reached = _answered()
    page = _page()
    page.run()
    data = components(page)["coach_drill"]
    assert data["judged"]["score"] == 50
    assert [point["reached"] for point in data["judged"]["points"]] == list(reached.values())
    assert len(data["judged"]["better"]) == 2, "better words for what is missing and for what was half done"
    (kept,) = store.desk(LOCAL).exercises()
    assert (kept.kind, kept.subject, kept.score) == ("drill", f"line:{LINE}", 50.0)
    assert kept.result["points"] == reached
    assert "我理解您" not in json.dumps(dict(kept.result), ensure_ascii=False)
