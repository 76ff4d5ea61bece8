"""Seconds and peak memory of correcting a speaker in a call of an hour, and of the page's process beside it.

python -m tests.benchmarks.correction --turns 500
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Print what one correction costs, and what a second one costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=500)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COACH_DATA_DIR"] = folder
        _measure(Path(folder), turns)


def _measure(folder: Path, turns: int) -> None:
    from coach.domain.people import LOCAL
    from coach.store import ReviewStore
    from coach.ui.speakers import correct
    from tests.ui import fixtures

    desk = ReviewStore(folder).desk(LOCAL)
    desk.add(fixtures.long_review(turns=turns), title="long", playbook_source=None)
    own = _mib(resource.RUSAGE_SELF)
    for number, asked in ((1, {"do": "turn", "turn": 3, "role": "third_party"}), (2, {"do": "undo"})):
        began = time.perf_counter()
        failed = correct(desk.case("long"), asked)
        seconds = time.perf_counter() - began
        print(f"correction {number} of {turns} turns: {seconds:.1f} s, {failed or 'done'}")
    print(f"child at its peak: {_mib(resource.RUSAGE_CHILDREN):.0f} MiB")
    print(f"this process: {own:.0f} MiB before, {_mib(resource.RUSAGE_SELF):.0f} MiB at its peak")


def _mib(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    main()
