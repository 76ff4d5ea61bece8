"""Reviews run in processes of their own: found again, stopped, and honest about how they ended."""

from __future__ import annotations

import fcntl
import io
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coach.assembly import open_store
from coach.audio.files import _REASONS
from coach.domain.errors import RecordingError
from coach.domain.progress import Progress, Stage
from coach.domain.text import UiLanguage
from coach.settings import Settings
from coach.ui import i18n
from coach.ui.job_view import SHARES, job_view, seconds_left, whole_share
from coach.ui.jobs import MOST_TRIES, Job, Jobs, JobState, Order
from coach.ui.worker import _Notes
from tests.store_calls import BOSS, LI, WANG

ORDER = Order(title="call", suffix=".wav")


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    made = Jobs(tmp_path / "data" / "jobs")
    yield made
    for job in made.all():
        made.cancel(job.id)


def _hold_turn(jobs: Jobs) -> io.TextIOWrapper:
    """Another review is working: children wait until the file is closed."""
    turn = (jobs.root / "turn").open("w")
    fcntl.flock(turn, fcntl.LOCK_EX)
    return turn


def _ended(jobs: Jobs, job_id: str, *, within: float = 60.0) -> Job:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        job = next(job for job in jobs.all() if job.id == job_id)
        if job.state not in (JobState.WAITING, JobState.RUNNING):
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


@pytest.mark.parametrize(
    ("suffix", "content", "error"),
    [
        (".wav", b"this is no recording", "RecordingError.not_audio"),
        (".mp3", b"", "RecordingError.empty"),
        (".wav", b"RIFF\x00\x00\x00\x00WAVE", "RecordingError.not_audio"),
        (".json", b"{", "TranscriptError"),
        (".json", b'{"turns": [{"speaker": "agent"}]}', "TranscriptError"),
    ],
)
def test_a_broken_file_ends_with_a_reason(jobs: Jobs, suffix: str, content: bytes, error: str) -> None:
    job_id = jobs.start(replace(ORDER, suffix=suffix), io.BytesIO(content))
    job = _ended(jobs, job_id)
    assert (job.state, job.error) == (JobState.FAILED, error)
    assert job.detail


def test_what_a_transcript_says_of_itself_holds(jobs: Jobs) -> None:
    written = {
        "playbook": "negotiation",
        "started_at": "2026-03-02T10:00:00+08:00",
        "turns": [
            {"speaker": "agent", "text": "您好，这里是信用卡中心。"},
            {"speaker": "customer", "text": "你好，我想协商还款，三月十号可以还一千。"},
        ],
    }
    job_id = jobs.start(
        replace(ORDER, suffix=".json", started_at="2026-11-24T12:00:00+08:00"),
        io.BytesIO(json.dumps(written).encode()),
    )
    job = _ended(jobs, job_id)
    assert job.state is JobState.DONE
    assert job.call_id is not None
    review = open_store(Settings.read()).review(job.call_id)
    assert review.observed.call.playbook == "negotiation"
    assert review.observed.facts.deadline == date(2026, 3, 10)


def test_a_waiting_job_is_found_by_another_page_and_cancelled(jobs: Jobs) -> None:
    with _hold_turn(jobs):
        job_id = jobs.start(ORDER, io.BytesIO(b"x"))
        pid = json.loads((jobs.root / job_id / "process.json").read_text())["pid"]
        other_page = Jobs(jobs.root)
        assert [(job.id, job.state) for job in other_page.all()] == [(job_id, JobState.WAITING)]
        other_page.cancel(job_id)
        assert other_page.all() == []
        assert not (jobs.root / job_id).exists()
        jobs.all()  # reaps the child that this process started
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_killed_process_is_seen_as_dead(jobs: Jobs) -> None:
    with _hold_turn(jobs):
        job_id = jobs.start(ORDER, io.BytesIO(b"x"))
        os.killpg(json.loads((jobs.root / job_id / "process.json").read_text())["pid"], signal.SIGKILL)
        job = _ended(jobs, job_id, within=10)
    assert (job.state, job.error) == (JobState.FAILED, "died")


def test_jobs_stand_newest_first(jobs: Jobs) -> None:
    with _hold_turn(jobs):
        first = jobs.start(ORDER, io.BytesIO(b"x"))
        second = jobs.start(ORDER, io.BytesIO(b"y"))
        assert [job.id for job in jobs.all()] == [second, first]


def test_the_sample_of_an_order_is_left_where_it_is(jobs: Jobs, tmp_path: Path) -> None:
    sample = tmp_path / "sample.wav"
    sample.write_bytes(b"no sound")
    job = _ended(jobs, jobs.start(replace(ORDER, source=str(sample))))
    jobs.forget(job.id)
    assert sample.read_bytes() == b"no sound"


@pytest.mark.parametrize("job_id", ["../data", "..", ".", "a/b", "", "/etc"])
def test_an_id_is_never_a_path(jobs: Jobs, job_id: str) -> None:
    with pytest.raises(ValueError, match="not the id of a job"):
        jobs.forget(job_id)


def test_a_full_disk_leaves_no_half_job(jobs: Jobs) -> None:
    class Full(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        jobs.start(ORDER, Full())
    assert jobs.all() == []
    assert [path.name for path in jobs.root.iterdir() if path.is_dir()] == []


def test_notes_of_progress_are_not_written_for_nobody(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    notes = _Notes(file)
    for done in (0.1, 0.11, 0.12):
        notes(Progress(Stage.TRANSCRIBE, done))
    assert json.loads(file.read_text())["done"] == 0.1
    notes(Progress(Stage.TRANSCRIBE, 1.0))
    assert json.loads(file.read_text())["done"] == 1.0


def test_the_shares_of_the_stages_are_the_whole() -> None:
    assert set(SHARES) == set(Stage)
    assert sum(SHARES.values()) == pytest.approx(1.0)
    assert whole_share(Progress(Stage.SCORE, 1.0)) == pytest.approx(1.0)


def test_the_share_done_never_goes_back() -> None:
    shares = [whole_share(Progress(stage, done)) for stage in Stage for done in (0.0, 0.5, 1.0)]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("done", "elapsed", "left"), [(0.5, 60.0, 60), (0.25, 30.0, 90), (0.05, 60.0, None), (0.5, 1.0, None)]
)
def test_time_left_is_said_only_when_it_can_be(done: float, elapsed: float, left: int | None) -> None:
    assert seconds_left(done, elapsed) == left


def test_a_job_shows_its_title_and_how_it_ended() -> None:
    job = Job("1", ORDER, datetime.now(UTC), JobState.FAILED, error="RecordingError", detail="why")
    view = job_view(job)
    assert (view["title"], view["state"], view["error"], view["detail"]) == (
        "call",
        "failed",
        "RecordingError",
        "why",
    )


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("kind", ["missing", "empty", "stopped", "long", "disk", *_REASONS])
def test_what_is_wrong_with_a_recording_has_words_in_the_language_of_the_page(
    kind: str, language: UiLanguage
) -> None:
    name = RecordingError("call.wav is …", kind=kind).name
    assert name == f"RecordingError.{kind}"
    assert i18n.text(language, f"job.error.{name}") != i18n.text(language, "job.error.RecordingError")


def test_a_job_that_was_cut_off_starts_again_and_not_for_ever(jobs: Jobs) -> None:
    with _hold_turn(jobs):
        job_id = jobs.start(ORDER, io.BytesIO(b"this is no recording"))
        for tries in range(2, MOST_TRIES + 1):
            _kill(jobs, job_id)
            assert Jobs(jobs.root).resume() == 1
            assert json.loads((jobs.root / job_id / "tries.json").read_text()) == {"tries": tries}
            assert jobs.resume() == 0
        _kill(jobs, job_id)
        assert jobs.resume() == 0
    (job,) = jobs.all()
    assert (job.state, job.error) == (JobState.FAILED, "died")
    jobs.retry(job_id)
    assert _ended(jobs, job_id).error == "RecordingError.not_audio"
    jobs.retry(job_id)
    assert _ended(jobs, job_id).error == "RecordingError.not_audio"


def test_what_is_done_is_not_done_again(jobs: Jobs) -> None:
    job_id = jobs.start(ORDER, io.BytesIO(b"this is no recording"))
    _ended(jobs, job_id)
    assert jobs.resume() == 0


def test_the_same_recording_dropped_twice_is_one_job(jobs: Jobs) -> None:
    with _hold_turn(jobs):
        first = jobs.start(ORDER, io.BytesIO(b"one"))
        assert jobs.start(replace(ORDER, title="again"), io.BytesIO(b"one")) == first
        other = jobs.start(replace(ORDER, playbook="negotiation"), io.BytesIO(b"one"))
        assert len({first, other, jobs.start(ORDER, io.BytesIO(b"two"))}) == 3
        assert jobs.busy() == 3


def test_of_many_files_few_have_a_process_and_all_are_done(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.ui.jobs.AT_ONCE", 2)
    with _hold_turn(jobs):
        ids = [jobs.start(ORDER, io.BytesIO(b"no recording %d" % i)) for i in range(4)]
        assert {job.state for job in jobs.all()} == {JobState.WAITING}
        assert sum((jobs.root / i / "process.json").exists() for i in ids) == 2
        jobs.cancel(ids[0])
        jobs.cancel(ids[3])
        assert jobs.busy() == 2
    for job_id in ids[1:3]:
        assert _ended(jobs, job_id).error == "RecordingError.not_audio"


def test_an_agent_sees_his_own_jobs_only(jobs: Jobs) -> None:
    with _hold_turn(jobs):
        mine = jobs.start(ORDER.by(LI), io.BytesIO(b"one"))
        theirs = jobs.start(ORDER.by(WANG), io.BytesIO(b"one"))
        assert [job.id for job in jobs.all(LI)] == [mine]
        assert {job.id for job in jobs.all(BOSS)} == {mine, theirs}
        assert jobs.all(LI)[0].order.actor.account == "li"


def _kill(jobs: Jobs, job_id: str) -> None:
    """As when the machine goes down."""
    folder = jobs.root / job_id
    os.killpg(json.loads((folder / "process.json").read_text())["pid"], signal.SIGKILL)
    deadline = time.monotonic() + 30
    while (
        time.monotonic() < deadline
        and next(j for j in jobs.all() if j.id == job_id).state is not JobState.FAILED
    ):
        time.sleep(0.02)
