"""Labelled calls and what the tool says of them, as measures: counts before ratios."""
