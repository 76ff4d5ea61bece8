"""Who somebody is to the company's identity provider, and by what an admin says that he is known."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from coach.domain.errors import StoreError

LONGEST: Final = 255
"""Characters of an e-mail and of a subject (OpenID Connect Core 1.0, section 2)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as an identity provider names him; ``email`` only where the provider has verified it."""

    issuer: str
    subject: str
    email: str | None = None


def fold_email(email: str) -> str:
    """An e-mail as it is compared: without case and width; raises ``StoreError`` for what is none.

    >>> fold_email(" Li@Example.COM")
    'li@example.com'
    """
    folded = unicodedata.normalize("NFKC", email).strip().casefold()
    name, at, domain = folded.rpartition("@")
    plain = folded.isprintable() and not any(c.isspace() for c in folded)
    if not (at and name and "." in domain and plain and len(folded) <= LONGEST):
        raise StoreError("this is no e-mail; write it as name@example.com")
    return folded
