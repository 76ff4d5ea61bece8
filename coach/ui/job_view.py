"""A job as the plain data that the ``job_list`` component shows."""

from __future__ import annotations

from typing import Any, Final

from coach.domain.progress import Progress, Stage
from coach.domain.time import Seconds
from coach.ui.jobs import Job

SHARES: Final = {
    Stage.DECODE: 0.03,
    Stage.SPEAKERS: 0.10,
    Stage.TRANSCRIBE: 0.72,
    Stage.JUDGE: 0.12,
    Stage.SCORE: 0.03,
}
"""The part of a review's time that each stage usually takes; they add up to 1."""

SAYABLE: Seconds = 3.0
"""Before so much time has passed nothing is said of the time that is left."""


def job_view(job: Job) -> dict[str, Any]:
    """What is shown of a job; ``done`` is the share 0..1 of the whole, ``left`` in seconds or None."""
    done = whole_share(job.progress) if job.progress is not None else 0.0
    return {
        "id": job.id,
        "title": job.order.title,
        "state": job.state.value,
        "stages": [stage.value for stage in Stage],
        "stage": job.progress.stage.value if job.progress is not None else None,
        "done": round(done, 3),
        "left": seconds_left(done, job.elapsed),
        "error": job.error,
        "detail": job.detail,
    }


def whole_share(progress: Progress) -> float:
    """How much of the whole review is done."""
    before = sum(share for stage, share in SHARES.items() if _order(stage) < _order(progress.stage))
    return min(1.0, before + SHARES[progress.stage] * min(1.0, max(0.0, progress.done)))


def seconds_left(done: float, elapsed: Seconds) -> int | None:
    """The time that is left if it goes on as before; None while that would be a guess."""
    if elapsed < SAYABLE or done < 0.08:
        return None
    return max(1, round(elapsed * (1 - done) / done))


def _order(stage: Stage) -> int:
    return list(Stage).index(stage)
