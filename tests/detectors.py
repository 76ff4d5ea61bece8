"""Personal data as the product finds it: rules and tagger."""

from __future__ import annotations

from functools import cache

from coach.language.pii import RulePiiDetector, Tagger
from coach.settings import Settings


@cache
def tagger() -> Tagger:
    """The tagger that comes with the package."""
    return Tagger(Settings().models_dir / "pii_tagger")


@cache
def detector() -> RulePiiDetector:
    """Rules and tagger."""
    return RulePiiDetector(tagger())
