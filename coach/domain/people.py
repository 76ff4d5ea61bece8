"""Who uses the tool, and what a role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class AccountRole(StrEnum):
    """The part that an account plays in the office."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks; ``account`` is the id of the account, ``name`` what colleagues call him."""

    account: str
    role: AccountRole
    name: str = ""

    @property
    def leads(self) -> bool:
        """Whether he sees and rules on everybody's calls."""
        return self.role in (AccountRole.SUPERVISOR, AccountRole.ADMIN)


LOCAL: Final = Actor("local", AccountRole.ADMIN)
"""The one person at his own machine, as long as there are no accounts."""
