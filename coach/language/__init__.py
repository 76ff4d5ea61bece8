"""Turns to labels, facts and personal data."""
