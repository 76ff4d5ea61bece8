"""Seconds by stage of a review, their ratio to recognition, and peak memory; all in one run.

    python -m tests.benchmarks.stages sample_audio/zh_collection_dispute.m4a --minutes 60

The recording is repeated up to ``--minutes``. With ``--plain`` the same samples also go through
``faster_whisper`` with its defaults, for the ratio of recognition to it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

RECOGNITION = "recognition"


class Clock:
    """Wall and CPU seconds by stage (process and waited-for children), each without those inside it."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = defaultdict(float)
        self.cpu: dict[str, float] = defaultdict(float)
        self._around: list[str] = []

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function`` with its time added to ``stage``."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            wall, cpu = time.perf_counter(), _cpu()
            self._around.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._around.pop()
                wall, cpu = time.perf_counter() - wall, _cpu() - cpu
                for name, sign in ((stage, 1), *((outer, -1) for outer in self._around[-1:])):
                    self.wall[name] += sign * wall
                    self.cpu[name] += sign * cpu

        return call


class Timed:
    """A port whose methods are timed; other attributes are passed through."""

    def __init__(self, inner: Any, clock: Clock, stages: dict[str, str]) -> None:
        self._inner = inner
        for method, stage in stages.items():
            setattr(self, method, clock.timed(stage, getattr(inner, method)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def main() -> None:
    """Print one line a stage."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recording", type=Path)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--playbook", default="collection")
    parser.add_argument("--plain", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        recording = _repeated(arguments.recording, arguments.minutes * 60, Path(folder))
        _report(recording, arguments.playbook, plain=arguments.plain)


def _report(recording: Path, playbook: str, *, plain: bool) -> None:
    import coach.pipeline as pipeline
    from coach.assembly import Options, Reviewer
    from coach.settings import Settings

    clock = Clock()
    settings = Settings.read()
    reviewer = Reviewer(settings)
    start, cpu_start = time.perf_counter(), _cpu()
    ears, judges = reviewer.ears, reviewer.judges
    print(f"load (without the recogniser) {time.perf_counter() - start:8.2f} s")
    diarizer: Any = ears.diarizer
    at_once: Any = Timed(diarizer.at_once, clock, {"find": "two at once"})
    reviewer.__dict__["ears"] = replace(
        ears,
        transcriber=Timed(ears.transcriber, clock, {"transcribe": RECOGNITION}),
        diarizer=Timed(replace(diarizer, at_once=at_once), clock, {"diarize": "speakers"}),
        meter=Timed(ears.meter, clock, {"measure": "manner", "quality": "manner"}),
        correct=clock.timed("correction", ears.correct),
    )
    reviewer.__dict__["judges"] = replace(
        judges,
        classifier=Timed(judges.classifier, clock, {"classify": "labels"}),
        pii=Timed(judges.pii, clock, {"detect": "personal data"}),
        facts=Timed(judges.facts, clock, {"find": "facts"}),
    )
    for name in ("probe", "decode", "spoken_turns", "name_roles", "rescore"):
        setattr(pipeline, name, clock.timed(name, getattr(pipeline, name)))
    review = reviewer.review(recording, Options(playbook=playbook))
    duration = review.observed.call.duration or 0.0
    print(f"audio {duration:.0f} s, {len(review.observed.call.turns)} turns, {settings.cpu_threads} threads")
    recognition = clock.cpu[RECOGNITION]
    for stage, cpu in sorted(clock.cpu.items(), key=lambda item: -item[1]):
        share = f"{cpu / recognition:8.3f} of recognition"
        print(f"{stage:14} wall {clock.wall[stage]:8.2f} s   cpu {cpu:8.2f} s {share}")
    others = sum(cpu for stage, cpu in clock.cpu.items() if stage != RECOGNITION)
    print(f"{'all else':14} {' ' * 17} cpu {others:8.2f} s {others / recognition:8.3f} of recognition")
    print(f"whole          wall {time.perf_counter() - start:8.2f} s   cpu {_cpu() - cpu_start:8.2f} s")
    print(f"peak memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")
    if plain:
        _plain(recording, settings.cpu_threads, recognition)


def _plain(recording: Path, threads: int, recognition: float) -> None:
    from faster_whisper import WhisperModel

    from coach.speech.weights import whisper_base

    model = WhisperModel(str(whisper_base()), device="cpu", compute_type="int8", cpu_threads=threads)
    cpu = _cpu()
    segments, _info = model.transcribe(str(recording))
    sum(1 for _segment in segments)
    spent = _cpu() - cpu
    print(f"plain faster_whisper cpu {spent:8.2f} s; our recognition is {recognition / spent:.2f} of it")


def _repeated(recording: Path, seconds: float, folder: Path) -> Path:
    """The recording repeated to at least ``seconds`` as 16-bit wav, or itself when 0."""
    if not seconds:
        return recording
    import wave

    import numpy as np

    from coach.audio.files import decode, probe

    audio = decode(probe(recording), folder / "samples", report=lambda _done: None)
    samples = np.fromfile(audio.path, dtype="<i2")
    target = folder / "repeated.wav"
    with wave.open(str(target), "wb") as out:
        out.setnchannels(audio.channels)
        out.setsampwidth(2)
        out.setframerate(audio.sample_rate)
        for _ in range(max(1, round(seconds / audio.duration))):
            out.writeframes(samples.tobytes())
    return target


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main())
