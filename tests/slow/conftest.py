"""The samples are reviewed once for all tests that look at them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coach.assembly import Reviewer
from coach.domain.review import Review
from coach.samples import Sample, sample_calls
from coach.settings import Settings

SAMPLES = Path(__file__).parents[2] / "sample_audio"


@dataclass(frozen=True)
class Heard:
    """A sample, what its script says, and the review of its sound."""

    sample: Sample
    gold: dict[str, Any]
    review: Review


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    return Reviewer(Settings.read({}))


@pytest.fixture(scope="session")
def heard(reviewer: Reviewer) -> dict[str, Heard]:
    """Every sample by id, reviewed from its sound."""
    found = {}
    for sample in sample_calls(SAMPLES):
        gold = json.loads((SAMPLES / f"{sample.id}.gold.json").read_text(encoding="utf-8"))
        found[sample.id] = Heard(sample, gold, reviewer.review(sample.path, sample.options))
    return found
