"""What is heard again after the tone over personal data: ``python -m tests.benchmarks.bleep``.

For each sample: the personal data that was found and covered, what of it a second review still hears, what
of the script's personal data is heard without and with the tone, and how much of the clear turns is kept.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from difflib import SequenceMatcher
from pathlib import Path

from coach.assembly import Reviewer
from coach.audio.bleep import bleeped_mp3, personal_moments
from coach.domain.review import Review
from coach.samples import Sample, sample_calls
from coach.settings import Settings

SAMPLES = Path(__file__).parents[2] / "sample_audio"


def letters(text: str) -> str:
    """What is compared: letters and digits, without case."""
    return re.sub(r"\W", "", text).casefold()


def personal(review: Review) -> set[str]:
    """The personal data that was found, each of two characters or more."""
    pairs = zip(review.observed.call.turns, review.observed.pii, strict=True)
    said = {letters(one.span.of(turn.text)) for turn, spans in pairs for one in spans}
    return {text for text in said if len(text) > 1}


def kept(review: Review, again: str) -> float:
    """The share of the characters of turns without a tone that are heard again."""
    moments = personal_moments(review.observed)
    clear = "".join(
        letters(turn.text)
        for turn in review.observed.call.turns
        if turn.interval is not None and not any(turn.interval.overlap(moment) > 0 for moment in moments)
    )
    blocks = SequenceMatcher(None, clear, again, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / max(1, len(clear))


def main() -> None:
    """Print a line for each sample, then the sums."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("samples", nargs="*", help="ids; without: all")
    wanted = arguments.parse_args().samples
    reviewer = Reviewer(Settings.read({}))
    sums = [0, 0, 0, 0, 0]
    shares = []
    for sample in sample_calls(SAMPLES):
        if not wanted or sample.id in wanted:
            counts, share = _measured(reviewer, sample)
            sums = [a + b for a, b in zip(sums, counts, strict=True)]
            shares.append(share)
            print(f"{sample.id}: {_line(counts)}, kept {share:.3f}", flush=True)
    print(f"all {len(shares)}: {_line(sums)}, kept {sum(shares) / max(1, len(shares)):.3f}")


def _measured(reviewer: Reviewer, sample: Sample) -> tuple[list[int], float]:
    review = reviewer.review(sample.path, sample.options)
    gold = json.loads((SAMPLES / f"{sample.id}.gold.json").read_text(encoding="utf-8"))
    scripted = {letters(one["text"]) for turn in gold["turns"] for one in turn["pii"]}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = bleeped_mp3(sample.path, review.observed, into=folder / "covered.mp3", folder=folder)
        heard = reviewer.review(made, sample.options).observed.call.turns
    before = letters("".join(turn.text for turn in review.observed.call.turns))
    again = letters("".join(turn.text for turn in heard))
    found = personal(review)
    counts = [
        len(found),
        sum(text in again for text in found),
        len(scripted),
        sum(text in before for text in scripted),
        sum(text in again for text in scripted),
    ]
    return counts, kept(review, again)


def _line(counts: list[int]) -> str:
    found, left, scripted, before, after = counts
    first = f"found {found}, of these heard again {left}"
    return f"{first}; scripted {scripted}, heard {before}, after the tone {after}"


if __name__ == "__main__":
    main()
