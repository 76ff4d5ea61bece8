"""Lateness, processor, memory and cues of live coaching, on the sample calls through a virtual device.

    python -m tests.benchmarks.live                      each sample as a session of its own
    python -m tests.benchmarks.live --minutes 60         one long session of the Mandarin collection calls
    python -m tests.benchmarks.live --cues-only          the cues against the gold and the batch review, fast

Time runs from the end of speech as the voice detector has it to the final words, and from these to the cue.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from coach.assembly import Options, Reviewer, live_session
from coach.audio.files import decode, probe
from coach.domain.recording import DecodedAudio
from coach.domain.review import CriterionKind, Outcome
from coach.domain.time import Interval
from coach.live.cues import CueKind
from coach.live.device import DeviceSource
from coach.live.folder import LiveOrder, new_session
from coach.live.state import LiveState
from coach.settings import Settings
from tests.benchmarks.virtual_device import RATE

SAMPLES = Path(__file__).parents[2] / "sample_audio"
AIMS = "aims: words median <= 0.60 s, p95 <= 1.20 s; cue <= 0.20 s more; cores <= 0.40; dropped 0"
GAP_SECONDS = 1.5
OPENING_SECONDS = 8.0
"""The devices are open for so long before anything is heard."""
NEAR = 1.0
TAPE_HEADER = 44
CRITERIA = {
    "threat": "no_threat",
    "insult": "no_insult",
    "privacy_leak": "no_privacy_leak",
    "pressure": "no_pressure",
    "emotional": "calm",
    "overpromise": "no_overpromise",
}
CRITICAL = ("no_threat", "no_insult", "no_privacy_leak")
Place = tuple[str, Interval]


@dataclass
class Measured:
    """What was measured over all sessions; seconds, cores, frames."""

    words: list[float] = field(default_factory=list)
    cues: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    overflows: int = 0
    missing: int = 0
    shed: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)

    def report(self) -> None:
        """Print the figures of the issue."""
        print(AIMS)
        print(f"end of speech to final words  {_spread(self.words)}  ({len(self.words)} utterances)")
        print(f"final words to cue            {_spread(self.cues)}  ({len(self.cues)} with a cue)")
        print(f"cores on average              {self.cpu / self.seconds:.3f} over {self.seconds:.0f} s")
        print(
            f"dropped                       {self.overflows} overflows, {self.missing} frames not on the tape"
        )
        print(f"tentative words left out      {self.shed}")
        if self.memory:
            first, last = self.memory[0], self.memory[-1]
            top = max(size for _, size in self.memory)
            print(
                f"memory                        {first[1]:.0f} MiB at {first[0]:.0f} s, {last[1]:.0f} MiB at "
                f"{last[0]:.0f} s, most {top:.0f} MiB"
            )


@dataclass
class Seen:
    """Faults of the coached party by who saw them, over all samples."""

    gold: int = 0
    batch: int = 0
    live: int = 0
    both: int = 0
    batch_false: int = 0
    live_false: int = 0

    def add(self, gold: Sequence[Place], batch: Sequence[Place], live: Sequence[Place]) -> None:
        """Count one call."""
        in_batch = {i for i, one in enumerate(gold) if _among(one, batch)}
        in_live = {i for i, one in enumerate(gold) if _among(one, live)}
        self.gold += len(gold)
        self.batch += len(in_batch)
        self.live += len(in_live)
        self.both += len(in_batch & in_live)
        self.batch_false += sum(not _among(one, gold) for one in batch)
        self.live_false += sum(not _among(one, gold) for one in live)

    def report(self, name: str) -> None:
        """Print the counts, and live's recall of what the batch review finds."""
        share = self.both / self.batch if self.batch else float("nan")
        print(
            f"{name:9} gold {self.gold}: batch {self.batch}, live {self.live}; live has {self.both} of the "
            f"batch's {self.batch} ({share:.2f}); false: batch {self.batch_false}, live {self.live_false}"
        )


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--cues-only", action="store_true")
    parser.add_argument("--samples", nargs="*", help="ids of samples; otherwise all")
    arguments = parser.parse_args()
    reviewer = Reviewer(replace(Settings.read(), cpu_threads=1))
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.gold.json"))]
    if arguments.samples:
        golds = [gold for gold in golds if gold["id"] in arguments.samples]
    measured = Measured()
    with tempfile.TemporaryDirectory(prefix="call-coach-bench-") as folder:
        if arguments.minutes:
            _long(reviewer, golds, arguments.minutes, Path(folder), measured)
        else:
            _each(reviewer, golds, Path(folder), measured, fast=arguments.cues_only)
    if measured.words and not arguments.cues_only:
        measured.report()
    return 0


def _each(
    reviewer: Reviewer, golds: Sequence[dict[str, Any]], folder: Path, measured: Measured, *, fast: bool
) -> None:
    every, critical = Seen(), Seen()
    for gold in golds:
        audio = decode(probe(SAMPLES / gold["audio"]), folder / "samples", report=lambda _share: None)
        order = _order(gold)
        if not fast:
            # Its clock begins with the devices, before the recording: cues cannot be laid beside the gold.
            _played(reviewer, order, audio, folder, measured)
            continue
        state = _fast(reviewer, replace(order, file=str(SAMPLES / gold["audio"]), speed=0.0), folder)
        live = [(cue.criterion, cue.at) for cue in state.cues if cue.kind is CueKind.FAULT]
        truth, batch = _gold_faults(gold), _batch_faults(reviewer, gold)
        every.add(truth, batch, live)
        critical.add(*(_only_critical(places) for places in (truth, batch, live)))
        reminders = sum(cue.kind is CueKind.REMINDER for cue in state.cues)
        print(f"{gold['id']}: {len(live)} faults cued, {reminders} reminders", flush=True)
        for name, places in (("batch", batch), ("live", live)):
            for criterion, at in (one for one in places if not _among(one, truth)):
                print(f"    only {name}: {criterion} {at.start:.1f}-{at.end:.1f} s", flush=True)
    if not fast:
        return
    every.report("all")
    critical.report("critical")


def _long(
    reviewer: Reviewer, golds: Sequence[dict[str, Any]], minutes: float, folder: Path, measured: Measured
) -> None:
    """The Mandarin collection calls one after another, again and again, as one session of two devices."""
    parts = []
    for gold in golds:
        if gold["lang"] == "zh" and gold["playbook"] == "collection" and gold["agent_channel"]:
            audio = decode(probe(SAMPLES / gold["audio"]), folder / "samples", report=lambda _share: None)
            frames = np.fromfile(audio.path, "<i2").reshape(-1, audio.channels)
            parts += [frames if gold["agent_channel"] == "left" else frames[:, ::-1]]
            parts += [np.zeros((round(GAP_SECONDS * RATE), 2), np.int16)]
    once = np.concatenate(parts)
    times = max(1, round(minutes * 60 * RATE / len(once)))
    with (folder / "long").open("wb") as out:
        for _ in range(times):
            out.write(once.tobytes())
    audio = DecodedAudio(folder / "long", RATE, 2, times * len(once))
    _played(reviewer, LiveOrder(language="zh"), audio, folder, measured)


def _order(gold: dict[str, Any]) -> LiveOrder:
    return LiveOrder(
        playbook=gold["playbook"],
        language=gold["lang"],
        agent_channel=gold["agent_channel"] or "auto",
        started_at=gold["started_at"],
    )


def _fast(reviewer: Reviewer, order: LiveOrder, folder: Path) -> LiveState:
    session = live_session(reviewer, new_session(folder / "live", order))
    state = session.run()
    session.folder.discard()
    return state


def _played(
    reviewer: Reviewer, order: LiveOrder, audio: DecodedAudio, folder: Path, measured: Measured
) -> LiveState:
    """One session in real time; a channel is a device."""
    devices = [_device(audio, channel, folder / "begin") for channel in range(audio.channels)]
    devices_order = (
        replace(order, agent_device="virtual", customer_device="virtual")
        if audio.channels == 2
        else replace(order, agent_device="virtual")
    )
    session = live_session(reviewer, new_session(folder / "live", devices_order), sources=devices)
    begin = time.monotonic() + OPENING_SECONDS
    (folder / "begin").write_text(str(begin))
    threading.Timer(begin + audio.duration + 2.0 - time.monotonic(), session.ask, ["stop"]).start()
    cpu, start = _cpu(), time.monotonic()
    state = session.run(_Watch(measured, start))
    wall = time.monotonic() - start
    measured.seconds += wall
    measured.cpu += _cpu() - cpu
    measured.words += [timing.words_after for timing in session.timings]
    measured.cues += [one.cue_after for one in session.timings if one.cue_after is not None]
    measured.overflows += state.dropped
    measured.missing += sum(_missing(session.folder.sound, audio, n) for n in range(audio.channels))
    measured.shed += state.shed
    session.folder.discard()
    return state


def _missing(tape: Path, audio: DecodedAudio, channel: int) -> int:
    """Frames of a channel that are not on the tape as they were played, from the first sound on."""
    played = np.memmap(audio.path, "<i2", "r").reshape(-1, audio.channels)[:, channel]
    heard = np.memmap(tape, "<i2", "r", offset=TAPE_HEADER).reshape(-1, audio.channels)[:, channel]
    first, found = int(np.argmax(played != 0)), int(np.argmax(heard != 0))
    whole = len(played) - first
    same = min(whole, len(heard) - found)
    wrong = int(np.count_nonzero(played[first : first + same] != heard[found : found + same]))
    return whole - same + wrong


class _Watch:
    """Notes the process's memory once a minute, from when everything is loaded."""

    def __init__(self, measured: Measured, start: float) -> None:
        self._measured = measured
        self._start = start
        self._next = 30.0

    def __call__(self, state: LiveState) -> None:
        at = time.monotonic() - self._start
        if at >= self._next:
            self._next = at + 60.0
            self._measured.memory.append((at, _memory()))


def _device(audio: DecodedAudio, channel: int, begin: Path) -> DeviceSource:
    command = [sys.executable, "-m", "tests.benchmarks.virtual_device", str(audio.path)]
    return DeviceSource(command=[*command, str(audio.channels), str(channel), str(begin)])


def _gold_faults(gold: dict[str, Any]) -> list[Place]:
    return [
        (CRITERIA[label], Interval(turn["start"], turn["end"]))
        for turn in gold["turns"]
        if turn["speaker"] == gold["coached"]
        for label in turn["labels"]
        if label in CRITERIA
    ]


def _batch_faults(reviewer: Reviewer, gold: dict[str, Any]) -> list[Place]:
    review = reviewer.review(SAMPLES / gold["audio"], Options(playbook=gold["playbook"]))
    kinds = {info.id: info.kind for info in review.criteria}
    return [
        (finding.criterion, evidence.interval)
        for finding in review.scorecard.findings
        if kinds[finding.criterion] is CriterionKind.DONT and finding.outcome is Outcome.NOT_MET
        for evidence in finding.evidence
        if evidence.interval is not None
    ]


def _only_critical(places: Sequence[Place]) -> list[Place]:
    return [one for one in places if one[0] in CRITICAL]


def _among(one: Place, others: Sequence[Place]) -> bool:
    wide = one[1].padded(NEAR)
    return any(one[0] == other[0] and wide.overlap(other[1]) > 0 for other in others)


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "none"
    median, high = np.percentile(values, [50, 95])
    return f"median {median:.2f} s, p95 {high:.2f} s, most {max(values):.2f} s"


def _cpu() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def _memory() -> float:
    """Resident memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


if __name__ == "__main__":
    sys.exit(main())
