"""Call Coach: scored reviews of debt-collection and negotiation calls, made on this machine.

``review`` is the public function; everything else may change.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.domain.review import Review

__all__ = ["review"]
__version__ = "0.10.0"

# ONNX Runtime reports its use to its maker, from native code, unless it is told not to before it is loaded;
# nothing of a call's machine leaves it.
os.environ["ORT_DISABLE_TELEMETRY"] = os.environ["ORT_TELEMETRY_DISABLED"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


def review(path: str | Path, playbook: str | None = None, **options: Any) -> Review:
    """Review one recording or written transcript (``.json``).

    ``playbook`` None takes the one that a transcript names, otherwise ``collection``. ``options`` are those
    of the command: ``language`` (auto, zh, en), ``started_at`` (a datetime or ISO 8601), ``agent_channel``,
    ``metadata`` (a mapping), ``asr_model``. Raises ``coach.domain.errors.CoachError`` with what to do about
    it, ``ValueError`` or ``TypeError`` for an option that cannot be.
    """
    from dataclasses import replace
    from datetime import datetime

    from coach.assembly import Options, Reviewer
    from coach.settings import Settings

    settings = Settings.read()
    if (model := options.pop("asr_model", None)) is not None:
        settings = replace(settings, asr_model=str(model))
    if options.get("language") == "auto":
        options["language"] = None
    if isinstance(options.get("started_at"), str):
        options["started_at"] = datetime.fromisoformat(options["started_at"])
    return Reviewer(settings).review(Path(path), Options(playbook=playbook, **options))
