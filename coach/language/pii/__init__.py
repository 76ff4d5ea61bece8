"""Personal data in what was said, by rules."""

from coach.language.pii.detector import RulePiiDetector

__all__ = ["RulePiiDetector"]
