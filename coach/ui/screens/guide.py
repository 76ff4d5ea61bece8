"""What the tool does and does not, and where the data is."""

from __future__ import annotations

import streamlit as st

from coach.store import Desk
from coach.ui.resources import desk, people, settings
from coach.ui.speak import t

_PARTS = {"does": 4, "not": 4, "keys": 6}


def show() -> None:
    """Draw the page; all of its texts are our own."""
    with st.container(key="help_page"):
        st.markdown(f"## {t('help.heading')}")
        left, right = st.columns(2, gap="medium")
        with left:
            _part("does")
            _part("keys")
        with right:
            _part("not")
            _privacy()
        _sources()


def _part(name: str) -> None:
    with st.container(border=True, key=f"help_{name}"):
        st.markdown(f"### {t(f'help.{name}')}")
        st.markdown("\n".join(f"- {t(f'help.{name}.{i + 1}')}" for i in range(_PARTS[name])))


def _privacy() -> None:
    mine = desk()
    who = "help.privacy.people" if people().sign_in_needed() else "help.privacy.alone"
    with st.container(border=True, key="help_privacy"):
        st.markdown(f"### {t('help.privacy')}")
        st.markdown(f"- {t('help.privacy.1')}\n- {t(who)}")
        if mine.actor.leads:
            _for_who_leads(mine)


def _for_who_leads(mine: Desk) -> None:
    """Where the data is, and how removed calls are erased for good."""
    st.markdown(f"- {t('help.privacy.4')}")
    st.text(t("help.privacy.3", folder=settings().data_dir))
    if st.button(t("help.purge")):
        st.session_state.pop("removed", None)
        st.success(t("help.purged", n=mine.purge()))


def _sources() -> None:
    with st.container(border=True, key="help_sources"):
        st.markdown(f"### {t('help.sources')}")
        st.markdown(t("help.sources.lead"))
        st.markdown("\n".join(f"- **A{i}** {t(f'player.article.A{i}')}" for i in range(1, 5)))
