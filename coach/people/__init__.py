"""Accounts, passwords and sessions: who is at the desk."""

from coach.people.administration import AccountLine, Administration
from coach.people.identity import Identity
from coach.people.people import People, Ticket

__all__ = ["AccountLine", "Administration", "Identity", "People", "Ticket"]
