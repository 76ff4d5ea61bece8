"""The command ``coach``: parse, call, print, exit code."""

from coach.cli.main import main

__all__ = ["main"]
