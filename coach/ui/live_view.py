"""A live session as the plain data that the ``live_view`` component shows, in one language."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from coach import playbooks
from coach.domain.errors import PlaybookError
from coach.domain.playbook import Playbook
from coach.domain.text import UiLanguage
from coach.practice.lines import hard_line
from coach.ui.line_sound import line_address
from coach.ui.live_sessions import Watched

FRESH_SECONDS: Final = 20.0
"""A cue stands large for so long, or until the next one."""
FAULT_SECONDS: Final = 8.0
"""A fault stands for so long before a reminder may take its place."""


def live_view(watched: Watched, language: UiLanguage) -> dict[str, Any]:
    """Phase, and what there is of the state, the progress of the review, and its differences."""
    phase = watched.phase
    return {
        "phase": "done" if watched.outcome is not None else phase["phase"],
        "stage": phase.get("stage"),
        "done": phase.get("done"),
        "error": phase.get("error"),
        "detail": phase.get("detail"),
        "title": watched.folder.order.title,
        "two": watched.folder.order.customer_device is not None
        and watched.folder.order.agent_device is not None,
        "alone": watched.folder.order.alone,
        "state": None if watched.state is None else _state(watched.state, language),
        "differences": None if watched.outcome is None else watched.outcome.get("differences"),
        "drill": _drill(watched, language),
        "titles": _titles(watched.folder.order.playbook, language),
    }


def _state(state: dict[str, Any], language: UiLanguage) -> dict[str, Any]:
    cues = [_cue(cue, language) for cue in state["cues"]]
    return {
        **{key: value for key, value in state.items() if key not in ("cues", "lines")},
        "lines": [{**line, "title": line["title"][language]} for line in state["lines"]],
        "fresh": _fresh(cues, state["elapsed"]),
        "cues": cues,
    }


def _fresh(cues: list[dict[str, Any]], now: float) -> dict[str, Any] | None:
    """The cue that stands large: the last one, but no reminder in the place of a fault just raised."""
    last = [cue for cue in cues if now - cue["raised_at"] <= FRESH_SECONDS]
    faults = [cue for cue in last if cue["kind"] == "fault" and now - cue["raised_at"] <= FAULT_SECONDS]
    found = faults or last
    return found[-1] if found else None


def _cue(cue: dict[str, Any], language: UiLanguage) -> dict[str, Any]:
    said = {key: cue[key][language] for key in ("title", "because", "advice", "better")}
    return {**cue, **said, "raised_at": round(cue["raised_at"], 1)}


def _drill(watched: Watched, language: UiLanguage) -> dict[str, Any] | None:
    """The line that is answered, its sound, and what to say where something is missing."""
    order = watched.folder.order
    if order.drill is None:
        return None
    line = hard_line(order.drill)
    infos = {info.id: info for info in playbooks.load(line.playbook).infos()}
    spoken: UiLanguage = "en" if line.language == "en" else "zh"
    return {
        "line": line.line,
        "language": line.language,
        "sound": line_address(line),
        "better": {name: infos[name].better.in_language(spoken) for name in line.trains},
    }


def playbook_id(name_or_path: str) -> str:
    """The id of the playbook that a session is judged by; empty where its text has gone."""
    playbook = _playbook(name_or_path)
    return "" if playbook is None else playbook.id


def _titles(name_or_path: str, language: UiLanguage) -> dict[str, str]:
    playbook = _playbook(name_or_path)
    return {} if playbook is None else {one.id: one.title.in_language(language) for one in playbook.criteria}


@cache
def _playbook(name_or_path: str) -> Playbook | None:
    try:
        return playbooks.load(name_or_path)
    except PlaybookError:
        return None
