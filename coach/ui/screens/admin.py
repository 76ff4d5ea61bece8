"""Administration: who has an account and may do what, and how long calls are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import AccountRole
from coach.people import AccountLine, Administration, Ticket
from coach.store import Desk
from coach.store.retention import LONGEST
from coach.ui import i18n
from coach.ui.components import mount
from coach.ui.keeping import keeper
from coach.ui.office_view import names
from coach.ui.resources import administration, desk, settings
from coach.ui.speak import language, t, texts

TICKET: Final = "admin_ticket"
SAID: Final = "admin_said"
FAILED: Final = "admin_failed"
ASKED: Final = "admin_asked"
_ACTS: Final = ("add", "reset", "unlock", "role", "remove")


def show() -> None:
    """Draw the page, for an admin only."""
    accounts, mine = administration(), desk()
    try:
        data = {"accounts": _accounts(accounts.accounts()), "retention": _retention(mine)}
    except NotAllowed:
        st.info(t("admin.not_yours"))
        return
    result = mount(
        "admin",
        key="admin",
        data={
            "lang": language(),
            "texts": texts("admin"),
            "me": mine.actor.account,
            "roles": [role.value for role in AccountRole],
            "address": settings().address,
            # What is shown once is not kept for a second time.
            "ticket": st.session_state.pop(TICKET, None),
            "said": st.session_state.pop(SAID, None),
            "failed": st.session_state.pop(FAILED, None),
            **data,
        },
        triggers=(*_ACTS, "count", "keep", "leave"),
    )
    _do(accounts, mine, result)


def _do(accounts: Administration, mine: Desk, result: Any) -> None:
    asked = {name: found for name in (*_ACTS, "count", "keep", "leave") if (found := getattr(result, name))}
    for name, what in asked.items():
        try:
            if name in _ACTS:
                _act(accounts, name, what)
            else:
                _keep(mine, name, what)
        except StoreError as error:
            st.session_state[FAILED] = _told(error)
        except (KeyError, TypeError, ValueError):  # nothing that our own page sends
            st.session_state[FAILED] = t("admin.refused.faulty")
    if asked:
        st.rerun()


def _act(accounts: Administration, name: str, asked: Mapping[str, Any]) -> None:
    """One act on one account, and what to say of it."""
    if name == "add":
        ticket = accounts.add(str(asked["login"]), AccountRole(asked["role"]), str(asked["name"]))
        _hand_over(ticket)
        return
    account = str(asked["id"])
    called = next((one.name for one in accounts.accounts() if one.id == account), "")
    match name:
        case "reset":
            _hand_over(accounts.reset(account))
            return
        case "unlock":
            accounts.unlock(account)
        case "role":
            accounts.set_role(account, AccountRole(asked["role"]))
        case "remove":
            accounts.remove(account)
    st.session_state[SAID] = t(f"admin.said.{name}", name=called)


def _hand_over(ticket: Ticket) -> None:
    st.session_state[TICKET] = {"login": ticket.login, "token": ticket.token}


def _told(error: StoreError) -> str:
    """The error in the page's own words."""
    kind = "not_allowed" if isinstance(error, NotAllowed) else error.kind
    known = i18n.under(language(), "admin.refused")
    return known.get(kind, known["faulty"])


def _accounts(found: list[AccountLine]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "login": one.login,
            "name": one.name,
            "role": one.role.value,
            "seen": None if one.signed_in_at is None else one.signed_in_at.isoformat(),
            "locked": None
            if one.locked_until is None
            else datetime.fromtimestamp(one.locked_until, UTC).isoformat(),
            "password": one.has_password,
            "knownBy": one.known_by,
        }
        for one in found
    ]


# ---- how long calls are kept -------------------------------------------------------------------------------


def _retention(mine: Desk) -> dict[str, Any]:
    rule, fixed = mine.keep_rule(), settings().keep_days
    days = keeper().days(mine)
    return {
        "days": days,
        "fixed": fixed is not None,
        "by": None if rule is None else names(mine.people(), language()).get(rule.by, t("people.gone")),
        "at": None if rule is None else rule.at.isoformat(),
        "older": 0 if days is None else len(mine.retain(days, dry_run=True)),
        "kept": mine.count(),
        "asked": st.session_state.get(ASKED),
    }


def _keep(mine: Desk, name: str, asked: Any) -> None:
    """Count what would go, or go by the rule once the count was confirmed."""
    st.session_state.pop(ASKED, None)
    if name == "leave":
        return
    if settings().keep_days is not None:
        raise StoreError("COACH_KEEP_DAYS says how long calls are kept", kind="fixed")
    days = None if asked["days"] is None else _days(asked["days"])
    if days is None:
        mine.keep_for(None)
        st.session_state[SAID] = t("admin.said.forever")
        return
    n = len(mine.retain(days, dry_run=True))
    if name == "count" or asked.get("n") != n:
        st.session_state[ASKED] = {"days": days, "n": n}
        return
    mine.keep_for(days)
    keeper().at_once()
    st.session_state[SAID] = t("admin.said.keep", days=days, n=n)


def _days(asked: Any) -> int:
    if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= LONGEST:
        raise StoreError("give a whole number of days", kind="days")
    return asked
