"""Which calls a person has before him: filters, order and place in the list, kept for the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import streamlit as st

from coach.domain.errors import StoreError
from coach.store import CallLine, CallState, Desk, Filters, Hit, Order, Page

KEY: Final = "inbox"
PAGE_SIZE: Final = 50
UNSIGNED: Final = (CallState.NEW, CallState.IN_REVIEW)
MOST_LOOKED_AT: Final = 10
"""Pages that are gone through for the next call that waits."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """``starts`` are the beginnings of the pages up to the one that is shown; the first is None."""

    filters: Filters = field(default_factory=Filters)
    order: Order = Order.RISK
    starts: tuple[str | None, ...] = (None,)
    view: str = ""

    def page(self, desk: Desk) -> Page[Hit]:
        """The page that is shown; a place that the store does not know any more is the beginning again."""
        try:
            return self._page(desk)
        except StoreError:
            return replace(self, starts=(None,))._page(desk)

    def _page(self, desk: Desk) -> Page[Hit]:
        after = self.starts[-1]
        if self.filters.text.strip():
            return desk.search(self.filters, order=self.order, after=after, limit=PAGE_SIZE)
        lines = desk.calls(self.filters, order=self.order, after=after, limit=PAGE_SIZE)
        return Page(tuple(Hit(line, ()) for line in lines.items), lines.next)

    def ahead(self, start: str) -> Inbox:
        """One page further."""
        return replace(self, starts=(*self.starts, start))

    def behind(self) -> Inbox:
        """One page back."""
        return replace(self, starts=self.starts[:-1] or (None,))


def current() -> Inbox:
    """The inbox of this visit."""
    found = st.session_state.get(KEY)
    return found if isinstance(found, Inbox) else Inbox()


def keep(inbox: Inbox) -> None:
    """Remember it for this visit."""
    st.session_state[KEY] = inbox


def asked(found: Mapping[str, Any]) -> Inbox:
    """The inbox that the component asked for; raises ``ValueError`` for what cannot be."""
    try:
        filters = Filters.from_json(found.get("filters") or {})
    except (TypeError, AttributeError) as error:
        raise ValueError("these are no filters") from error
    return Inbox(filters, Order(found.get("order", Order.RISK)), view=str(found.get("view") or ""))


def next_waiting(desk: Desk, inbox: Inbox, passed: Sequence[str]) -> CallLine | None:
    """The first call of the list that nobody signed and that is none of ``passed``."""
    states = tuple(state for state in inbox.filters.states if state in UNSIGNED) or UNSIGNED
    wanted = replace(inbox.filters, states=states)
    after: str | None = None
    for _ in range(MOST_LOOKED_AT):
        page = desk.calls(wanted, order=inbox.order, after=after, limit=PAGE_SIZE)
        for line in page.items:
            if line.id not in passed:
                return line
        if page.next is None:
            return None
        after = page.next
    return None
