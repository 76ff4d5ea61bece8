"""The settings and the store of this process, read and opened once, and who asks."""

from __future__ import annotations

from functools import cache
from typing import Final

from coach.assembly import open_store
from coach.domain.people import Actor
from coach.people import Administration, People
from coach.settings import Settings
from coach.store import Desk, ReviewStore
from coach.ui.jobs import Jobs
from coach.ui.live_sessions import LiveSessions

COOKIE: Final = "coach_session"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings.read()


@cache
def store() -> ReviewStore:
    """The whole store, for the server itself; a screen asks ``desk``."""
    return open_store(settings())


def people() -> People:
    """The accounts."""
    return People(store())


@cache
def jobs() -> Jobs:
    """The jobs of this machine; those that were cut off when it went down start again."""
    made = Jobs(settings().data_dir / "jobs")
    made.resume()
    return made


@cache
def live_sessions() -> LiveSessions:
    """The live sessions of this machine."""
    return LiveSessions(settings().data_dir / "live")


def current_actor() -> Actor:
    """Who looks at the page, asked anew at every run; a visit whose session has ended goes no further."""
    import streamlit as st

    actor = people().actor(st.context.cookies.get(COOKIE))
    if actor is None:
        from coach.ui.speak import t

        st.session_state.clear()
        st.info(t("login.ended"))
        st.html(f'<a href="/login" target="_self">{t("login.enter")}</a>')
        st.stop()
    return actor


def desk() -> Desk:
    """The store as the person at the page may use it."""
    return store().desk(current_actor())


def administration() -> Administration:
    """The accounts as the person at the page may manage them; for all but an admin that is not at all."""
    return people().administered_by(current_actor())
