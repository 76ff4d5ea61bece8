"""Hear calls and sound without words, here and by plain faster-whisper with its defaults, in one run.

    python -m tests.benchmarks.hearing            # about 7 minutes on two cores
    python -m tests.benchmarks.hearing --quick    # one minute
    python -m tests.benchmarks.hearing --full     # every call in every condition
    python -m tests.benchmarks.hearing --roles    # only who speaks: two-voice calls, mono and by channel
    python -m tests.benchmarks.hearing --at-once  # two at once: the same, mono, clean and in noise
    python -m tests.benchmarks.hearing --wordless --minutes 5 --hold-music    # only what is invented
    python -m tests.benchmarks.hearing --human    # the human Mandarin that packages hold, by model

The samples are those of ``sample_audio``, the held-out calls those of ``render_held_out``: synthetic voices,
all of them. ``--hold-music`` adds the five real pieces of Debian's asterisk-moh-opsound-wav (18 minutes),
``--music`` other files.
``COACH_ASR_MODEL=base`` before the command hears with another model than the default.
Times are CPU seconds with one thread; both recognisers hear the same samples one after the other.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.hearing import human
from tests.benchmarks.hearing.calls import CONDITIONS, HELD_OUT, SAMPLES, calls_in, only
from tests.benchmarks.hearing.fetched import hold_music
from tests.benchmarks.hearing.report import report
from tests.benchmarks.hearing.run import Heard, Invented, Silence, Work, hear, warm_up
from tests.benchmarks.hearing.wordless import KINDS

LONG = "dispute"
QUICK = "zh_collection_good|zh_collection_threat|zh_negotiation_bad|g-zh-0[3-7]"
HARD = "g-zh-0[2-7]|g-zht-0[25]"
WORDLESS_SECONDS = 300.0
QUICK_WORDLESS_SECONDS = 30.0


def work_of(form: str, music: Sequence[Path], wordless_seconds: float) -> list[Work | Silence]:
    """What to hear in a form, the longest first."""
    wordless: list[Work | Silence] = [
        *(Silence(kind, wordless_seconds) for kind in KINDS),
        *(Silence("file", 0.0, file) for file in music),
    ]
    if form == "wordless":
        return wordless
    if form == "roles":
        return list(two_voices(CONDITIONS[0], None))
    if form == "at-once":
        return list(two_voices(CONDITIONS[0], CONDITIONS[-1]))
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
    return [*todo, *wordless]


def two_voices(*conditions: str | None) -> Iterator[Work]:
    """Every Mandarin call with a channel for each of two voices: in mono in a condition, or by channel."""
    for group, folder in (("samples", SAMPLES), ("held out", HELD_OUT)):
        for call in calls_in(folder):
            speakers = {turn["speaker"] for turn in call.turns}
            if call.language == "zh" and call.stereo and len(speakers) == 2:
                yield from (Work(group, call, condition, plain=False) for condition in conditions)


def main() -> None:
    """Print the figures of hearing."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hearing")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--quick", action="store_const", const="quick", dest="form", default="standard")
    for other in ("full", "roles", "at-once", "wordless", "human"):
        form.add_argument(f"--{other}", action="store_const", const=other, dest="form")
    parser.add_argument("--minutes", type=float, help="of each sound without words")
    parser.add_argument("--hold-music", action="store_true", help="fetch Debian's asterisk-moh-opsound-wav")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--music", type=Path, nargs="*", default=[])
    parser.add_argument("--by-call", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    if options.form == "human":
        print(human.report(options.cache, by_clip=options.by_call))
        return
    music = [*options.music, *(hold_music(options.cache) if options.hold_music else ())]
    usual = QUICK_WORDLESS_SECONDS if options.form == "quick" else WORDLESS_SECONDS
    todo = work_of(options.form, music, usual if options.minutes is None else 60 * options.minutes)
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
