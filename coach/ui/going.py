"""From one page to another, past what the page that is left still asks for.

A fragment that looks for what is new by itself (``run_every``) is asked for by the browser, which hears late
that its page was left. Streamlit keeps such a request until the other page is drawn, then runs it as one of
the page before, and the browser takes away all that was just drawn. So a fragment is forgotten before its
page is left: a request for it is ignored then.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_DRAWN: Final = "page_drawn"


def go_to(name: str, **query: str) -> NoReturn:
    """Show the page of that name; ``query`` is what its address says beyond it."""
    _forget_fragments()
    st.switch_page(st.session_state["pages"][name], query_params=query)
    raise AssertionError("Streamlit goes on with the other page")


def arrived() -> None:
    """Call it first in every whole run: the browser may have gone back or forward by itself."""
    context = get_script_run_ctx()
    here = None if context is None else context.page_script_hash
    if st.session_state.get(_DRAWN) != here:
        _forget_fragments()
    st.session_state[_DRAWN] = here


def _forget_fragments() -> None:
    context: Any = get_script_run_ctx()
    if context is not None:
        context.fragment_storage.clear()
