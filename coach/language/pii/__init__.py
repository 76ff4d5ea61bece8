"""Personal data in what was said, by rules and a tagger."""

from coach.language.pii.detector import RulePiiDetector
from coach.language.pii.tagger import Tagger

__all__ = ["RulePiiDetector", "Tagger"]
