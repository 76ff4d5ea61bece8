"""Hear calls and sound without words, here and by plain faster-whisper with its defaults, in one run.

    python -m tests.benchmarks.hearing            # about 7 minutes on two cores
    python -m tests.benchmarks.hearing --quick    # one minute
    python -m tests.benchmarks.hearing --full     # every call in every condition

The samples are those of ``sample_audio``, the held-out calls those of ``render_held_out``: synthetic voices,
all of them. ``--music`` adds files of hold music (Debian's asterisk-moh-opsound-wav has five real pieces).
Times are CPU seconds with one thread; both recognisers hear the same samples one after the other.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.hearing.calls import CONDITIONS, HELD_OUT, SAMPLES, calls_in, only
from tests.benchmarks.hearing.report import report
from tests.benchmarks.hearing.run import Heard, Invented, Silence, Work, hear, warm_up
from tests.benchmarks.hearing.wordless import KINDS

LONG = "dispute"
QUICK = "zh_collection_good|zh_collection_threat|zh_negotiation_bad|g-zh-0[3-7]"
HARD = "g-zh-0[2-7]|g-zht-0[25]"
WORDLESS_SECONDS = 300.0


def work_of(form: str, music: Sequence[Path]) -> list[Work | Silence]:
    """What to hear in the ``quick``, ``standard`` or ``full`` form, the longest first."""
    samples, held_out = calls_in(SAMPLES), calls_in(HELD_OUT)
    if form == "quick":
        samples, held_out = only(samples, QUICK), only(held_out, QUICK)
    todo: list[Work | Silence] = []
    for group, calls in (("samples", samples), ("held out", held_out)):
        for call in calls:
            if call.stereo:
                todo.append(Work(group, call, None))
            if form == "full" or LONG not in call.id:
                todo.append(Work(group, call, CONDITIONS[0]))
    hard = held_out if form == "full" else only(held_out, HARD)
    hard += samples if form == "full" else []
    todo += [Work("held out", c, condition) for c in hard if c in held_out for condition in CONDITIONS[1:]]
    todo += [Work("samples", c, condition) for c in hard if c in samples for condition in CONDITIONS[1:]]
    todo.sort(key=lambda work: -work.call.key["duration"] if isinstance(work, Work) else 0.0)
    seconds = 30.0 if form == "quick" else WORDLESS_SECONDS
    return [*todo, *(Silence(kind, seconds) for kind in KINDS), *(Silence("file", 0.0, f) for f in music)]


def main() -> None:
    """Print the figures of hearing."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hearing")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--quick", action="store_const", const="quick", dest="form", default="standard")
    form.add_argument("--full", action="store_const", const="full", dest="form")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--music", type=Path, nargs="*", default=[])
    parser.add_argument("--by-call", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    todo = work_of(options.form, options.music)
    heard: list[Heard] = []
    invented: list[Invented] = []
    with get_context("spawn").Pool(options.workers, initializer=warm_up) as pool:
        for done, one in enumerate(pool.imap_unordered(hear, todo), start=1):
            (heard if isinstance(one, Heard) else invented).append(one)  # type: ignore[arg-type]
            print(f"\r{done} of {len(todo)}", end="", file=sys.stderr, flush=True)
        pool.close()
        pool.join()
    print(file=sys.stderr)
    print(report(heard, invented, by_call=options.by_call))
    print(f"\n{options.form} form, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
