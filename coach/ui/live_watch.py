"""A live session under way, a call or a drill: what it shows, what is asked of it, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from coach import playbooks
from coach.practice.drill import Judged
from coach.practice.lines import HardLine, hard_line, hard_lines
from coach.ui.components import mount
from coach.ui.drill_result import drill_result
from coach.ui.drilling import keep_answer
from coach.ui.going import go_to
from coach.ui.live_sessions import Watched
from coach.ui.live_view import live_view, playbook_id
from coach.ui.resources import desk, live_sessions
from coach.ui.speak import language, role_texts, texts

POLL_SECONDS = 0.5

OnNext = Callable[[HardLine], None]


def watch(watched: Watched, account: str, on_next: OnNext) -> None:
    """Show it until it is over; ``on_next`` is called with the line after that of a drill."""
    # No polling once it is over: there is nothing to look for.
    st.fragment(_watch, run_every=None if _over(watched) else POLL_SECONDS)(account, _over(watched), on_next)


def _over(watched: Watched) -> bool:
    return watched.outcome is not None or watched.phase["phase"] == "failed"


def _watch(account: str, over: bool, on_next: OnNext) -> None:
    watched = live_sessions().watched(account)
    if watched is None or _over(watched) is not over:
        st.rerun()
    if watched.outcome is not None and "drill" in watched.outcome:
        _answered(watched, watched.outcome["drill"], on_next)
        return
    result = mount(
        "live_view",
        key="live_view",
        data={
            "lang": language(),
            "texts": {
                **texts("live"),
                **role_texts(playbook_id(watched.folder.order.playbook)),
                **{key: found for key, found in texts("job").items() if key.startswith("stage.")},
            },
            **live_view(watched, language()),
        },
        triggers=("ask", "open", "close"),
    )
    if result.ask in ("pause", "resume", "mark", "stop"):
        watched.folder.ask(result.ask)
    if result.open and watched.outcome is not None:
        call_id = str(watched.outcome["call_id"])
        watched.folder.discard()
        go_to("review", call=call_id)
    if result.close:
        _close(watched)
        st.rerun()


def _close(watched: Watched) -> None:
    """Leave the result; what failed keeps its recording and is offered again."""
    if watched.outcome is not None or not watched.folder.sound.is_file():
        watched.folder.discard()
    else:
        (watched.folder.path / "phase.json").unlink(missing_ok=True)


# ---- a drill that was answered -----------------------------------------------------------------------------


def _answered(watched: Watched, found: dict[str, Any], on_next: OnNext) -> None:
    line = hard_line(found["line"])
    infos = {info.id: info for info in playbooks.load(line.playbook).infos()}
    judged = Judged.of(found, infos)
    _keep_once(line, judged, watched.folder.path.name)
    with st.container(key="drill_done"):
        result = drill_result(
            line, judged, key="drill_live_result", triggers=("next", "again"), again=True, said=line.line
        )
    if result.again or result.next:
        watched.folder.discard()
        on_next(line_after(line) if result.next else line)


def _keep_once(line: HardLine, judged: Judged, session: str) -> None:
    """The page runs anew whenever it is looked at."""
    if st.session_state.get("kept_exercise") != session:
        st.session_state["kept_exercise"] = session
        keep_answer(desk(), line, judged)


def line_after(line: HardLine) -> HardLine:
    """The next line of the same language."""
    own = [one for one in hard_lines() if one.language == line.language]
    return own[(own.index(line) + 1) % len(own)]
