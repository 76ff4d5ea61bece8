"""Call Coach: scored reviews of debt-collection and negotiation calls, made on this machine.

``review`` is the public function; everything else may change.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.domain.review import Review

__all__ = ["review"]
__version__ = "0.1.0"


def review(path: str | Path, playbook: str = "collection", **options: Any) -> Review:
    """Review one recording or written transcript (``.json``).

    ``options`` are the fields of ``coach.assembly.Options``: ``language``, ``started_at``, ``agent_channel``,
    ``metadata``. Raises ``coach.domain.errors.CoachError`` with what to do about it.
    """
    from coach.assembly import Options, Reviewer
    from coach.settings import Settings

    return Reviewer(Settings.read()).review(Path(path), Options(playbook=playbook, **options))
