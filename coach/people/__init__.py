"""Accounts, passwords and sessions: who is at the desk."""

from coach.people.people import People, Ticket

__all__ = ["People", "Ticket"]
