"""A sound device as a source: heard by a child process that is begun anew whenever the device has gone."""

from __future__ import annotations

import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coach.domain.errors import DeviceError
from coach.domain.time import Seconds
from coach.live.device_child import LIST, PACKET
from coach.live.sources import Block, Clock
from coach.live.tape import RATE, Frames

GONE_AFTER: Seconds = 3.5
"""A device that gives nothing for so long has gone, though its listener lives; silence takes its place.

Not sooner: on a busy machine blocks come late, all at once, and silence before them would shift them.
"""
_AGAIN_AFTER: Seconds = 1.0
_FIRST_SOUND: Seconds = 15.0
_BEHIND: Seconds = 0.3
"""Silence is filled in up to so long ago, so that a late block still has its place."""


@dataclass(frozen=True, slots=True, eq=False)
class _Arrival:
    """A block with the rate and the overflows that came with it; ``frames`` None: the device has gone."""

    frames: Frames | None
    arrived: float
    rate: int = RATE
    overflows: int = 0


class DeviceSource:
    """One input device, mixed to one channel; ``device`` is a number, a name, or None for the default.

    ``command`` is the child that listens (tests give their own).
    """

    channels = 1
    ended = False

    def __init__(
        self,
        device: str | None = None,
        *,
        command: Sequence[str] | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._command = command or (sys.executable, "-m", "coach.live.device_child")
        self._device = device
        self._clock = clock
        self._arrivals: queue.SimpleQueue[_Arrival] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._error: str | None = None
        self._thread = threading.Thread(target=self._keep_listening, daemon=True)
        self._resampler = _Resampler()
        self._began: float | None = None
        self._given = 0
        self._last = 0.0
        self._paused = False
        self._paused_at = 0.0
        self.lost = False
        self.dropped = 0

    def start(self) -> None:
        """Wait for the first sound; raises ``DeviceError`` when there is none."""
        self._thread.start()
        heard = self._ready.wait(_FIRST_SOUND)
        if not heard or self._error is not None:
            self.stop()
            name = f" {self._device}" if self._device is not None else ""
            why = self._error or "it gives no sound"
            raise DeviceError(f"the sound device{name} cannot be used: {why}; see 'coach devices'")

    def pull(self) -> list[Block]:
        """What has arrived; silence in its place, at its time, while the device is away."""
        found: list[Block] = []
        for _ in range(self._arrivals.qsize()):
            arrival = self._arrivals.get()
            if arrival.frames is None:
                self.lost = True
                continue
            self._last = arrival.arrived
            if not self._paused:
                found.extend(self._blocks(arrival))
        now = self._clock()
        self.lost = self.lost or now - self._last > GONE_AFTER
        if self._began is not None and not self._paused and self.lost:
            found.extend(self._silence(now - _BEHIND))
        return found

    def pause(self, paused: bool) -> None:
        """While paused, what is heard is thrown away."""
        if paused == self._paused:
            return
        self.pull()
        self._paused = paused
        if paused:
            self._paused_at = self._clock()
        elif self._began is not None:
            self._began += self._clock() - self._paused_at

    def stop(self) -> None:
        """End the child."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5.0)

    def _blocks(self, arrival: _Arrival) -> list[Block]:
        assert arrival.frames is not None
        frames = self._resampler.mono(arrival.frames, arrival.rate)
        self.dropped = max(self.dropped, arrival.overflows)
        found: list[Block] = []
        if self._began is None:
            self._began = arrival.arrived - len(frames) / RATE
        elif self.lost:
            found = self._silence(arrival.arrived - len(frames) / RATE)
        self.lost = False
        if len(frames):
            found.append(Block(frames, arrival.arrived))
            self._given += len(frames)
        return found

    def _silence(self, until: float) -> list[Block]:
        assert self._began is not None
        missing = round((until - self._began) * RATE) - self._given
        if missing <= 0:
            return []
        self._given += missing
        return [Block(np.zeros((missing, 1), np.int16), until)]

    def _keep_listening(self) -> None:
        overflows = 0
        while not self._stop.is_set():
            overflows = self._listen(overflows)
            self._arrivals.put(_Arrival(None, self._clock()))
            self._stop.wait(_AGAIN_AFTER)

    def _listen(self, overflows: int) -> int:
        """Pass on what one child hears until it ends; returns the overflows so far."""
        given = [] if self._device is None else [self._device]
        child = subprocess.Popen(
            [*self._command, *given],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert child.stdout is not None
        try:
            reader = _Reader(child.stdout.fileno(), self._stop)
            head = reader.line()
            if head is None or "error" in head:
                self._refused(None if head is None else str(head["error"]))
                return overflows
            return self._pass_on(reader, int(head["rate"]), int(head["channels"]), overflows)
        finally:
            child.kill()
            child.wait()
            child.stdout.close()

    def _pass_on(self, reader: _Reader, rate: int, channels: int, before: int) -> int:
        overflows = before
        while (head := reader.take(PACKET.size)) is not None:
            more, size = PACKET.unpack(head)
            data = reader.take(size)
            if data is None:
                break
            overflows = before + more
            frames = np.frombuffer(data, "<i2").reshape(-1, channels)
            self._arrivals.put(_Arrival(frames, self._clock(), rate, overflows))
            self._ready.set()
        return overflows

    def _refused(self, why: str | None) -> None:
        """Before the first sound an error is final; later the device is only away for a while."""
        if not self._ready.is_set():
            self._error = why or "its listener ended"
            self._ready.set()
            self._stop.set()


def device_names() -> tuple[str, ...]:
    """The input devices as they are now, each name once; empty where there are none, or no sound system."""
    done = subprocess.run(
        [sys.executable, "-m", "coach.live.device_child", LIST],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_FIRST_SOUND,
        check=False,
    )
    found = json.loads(done.stdout) if done.stdout else {}
    return tuple(dict.fromkeys(found.get("devices", ())))


class _Reader:
    """Exact amounts from a pipe; None when it has ended, is silent for long or is not wanted any more."""

    def __init__(self, pipe: int, stop: threading.Event) -> None:
        self._pipe = pipe
        self._stop = stop
        self._held = bytearray()

    def line(self) -> dict[str, Any] | None:
        while b"\n" not in self._held:
            if not self._more(_FIRST_SOUND):
                return None
        line, _, rest = bytes(self._held).partition(b"\n")
        self._held = bytearray(rest)
        found: dict[str, Any] = json.loads(line)
        return found

    def take(self, count: int) -> bytes | None:
        while len(self._held) < count:
            if not self._more(_FIRST_SOUND / 3):
                return None
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    def _more(self, patience: Seconds) -> bool:
        waited = 0.0
        while not self._stop.is_set() and waited < patience:
            if select.select([self._pipe], [], [], 0.1)[0]:
                data = os.read(self._pipe, 1 << 16)
                self._held.extend(data)
                return bool(data)
            waited += 0.1
        return False


class _Resampler:
    """Any rate and number of channels to one channel at 16 kHz; begins anew when the device changes."""

    def __init__(self) -> None:
        self._rate = RATE
        self._inner: Any = None

    def mono(self, frames: Frames, rate: int) -> Frames:
        if frames.shape[1] > 1:
            mixed = np.rint(frames.astype(np.float32).mean(axis=1, keepdims=True)).astype(np.int16)
        else:
            mixed = frames
        if rate == RATE:
            return np.asarray(mixed, np.int16)
        import av

        if self._inner is None or rate != self._rate:
            self._inner = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            self._rate = rate
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(mixed.T), "s16", "mono")
        frame.sample_rate = rate
        parts: list[Frames] = [out.to_ndarray().reshape(-1, 1) for out in self._inner.resample(frame)]
        joined: Frames = np.concatenate(parts) if parts else np.zeros((0, 1), np.int16)
        return joined
