"""A live session as the plain data that the ``live_view`` component shows, in one language."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from coach import playbooks
from coach.domain.text import UiLanguage
from coach.live.drill import drill
from coach.ui.live_sessions import Watched

FRESH_SECONDS: Final = 20.0
"""A cue stands large for so long, or until the next one."""


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
        "state": None if watched.state is None else _state(watched.state, language),
        "differences": None if watched.outcome is None else watched.outcome.get("differences"),
        "drill": _drill(watched, language),
        "titles": _titles(watched.folder.order.playbook, language),
    }


def _state(state: dict[str, Any], language: UiLanguage) -> dict[str, Any]:
    cues = [_cue(cue, language) for cue in state["cues"]]
    now = state["elapsed"]
    fresh = cues[-1] if cues and now - cues[-1]["raised_at"] <= FRESH_SECONDS else None
    return {
        **{key: value for key, value in state.items() if key not in ("cues", "lines")},
        "lines": [{**line, "title": line["title"][language]} for line in state["lines"]],
        "fresh": fresh,
        "cues": cues,
    }


def _cue(cue: dict[str, Any], language: UiLanguage) -> dict[str, Any]:
    said = {key: cue[key][language] for key in ("title", "because", "advice", "better")}
    return {**cue, **said, "raised_at": round(cue["raised_at"], 1)}


def _drill(watched: Watched, language: UiLanguage) -> dict[str, Any] | None:
    """The drill that is answered, and its result when there is one."""
    order = watched.folder.order
    if order.drill is None:
        return None
    one = drill(order.drill)
    result = watched.outcome["drill"] if watched.outcome is not None else None
    if result is not None:
        result = {
            **result,
            **{
                part: [
                    {**item, **{key: item[key][language] for key in ("title", "advice", "better")}}
                    for item in result[part]
                ]
                for part in ("wanted", "faults")
            },
        }
    return {"line": one.line, "answer": order.answer, "result": result}


@cache
def _titles(playbook: str, language: UiLanguage) -> dict[str, str]:
    return {one.id: one.title.in_language(language) for one in playbooks.load(playbook).criteria}
