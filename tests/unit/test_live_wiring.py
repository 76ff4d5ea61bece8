"""What an order means: sources, channels, and whose they are; real parts promise what fakes do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.assembly import Options, live_options
from coach.audio.files import decode, probe
from coach.audio.samples import read
from coach.domain.time import Interval
from coach.live.folder import LiveOrder, left_sessions, new_session
from coach.live.hearing import Hears, HearsVoice
from coach.live.wiring import agent_channel
from coach.speech.streaming import FRAME_SAMPLES, UtteranceRecogniser, VoiceActivity
from tests.unit.live_fakes import LoudIsVoice, Said, ScriptedHears, decoded, sound

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "sample_audio" / "zh_collection_threat.m4a"
SPEECH = Interval(5.2, 9.6)


@pytest.mark.parametrize(
    ("order", "channel"),
    [
        (LiveOrder(agent_device="a", customer_device="b"), "left"),
        (LiveOrder(agent_device="a"), "auto"),
        (LiveOrder(agent_device="a", alone=True), "left"),
        (LiveOrder(customer_device="a", alone=True), "right"),
        (LiveOrder(file="call.wav"), "auto"),
        (LiveOrder(file="call.wav", agent_channel="right"), "right"),
        (LiveOrder(file="call.wav", alone=True), "left"),
    ],
)
def test_whose_channel_it_is_follows_from_the_devices(order: LiveOrder, channel: str) -> None:
    assert agent_channel(order) == channel


def test_the_review_is_told_what_the_session_knew(tmp_path: Path) -> None:
    order = LiveOrder(
        "negotiation", "en", customer_device="x", alone=True, started_at="2026-11-18T10:00:00+08:00"
    )
    found = live_options(new_session(tmp_path, order))
    assert isinstance(found, Options)
    assert (found.playbook, found.language, found.agent_channel) == ("negotiation", "en", "right")
    assert found.started_at is not None
    assert found.started_at.isoformat() == "2026-11-18T10:00:00+08:00"


# ---- fakes and real parts under one contract ---------------------------------------------------------------


def voices() -> list[object]:
    return [
        pytest.param(LoudIsVoice, id="fake"),
        pytest.param(VoiceActivity, id="real", marks=pytest.mark.slow),
    ]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    audio = decode(probe(SAMPLE), tmp_path_factory.mktemp("spoken") / "samples", report=lambda _share: None)
    return read(audio, SPEECH, 0)


@pytest.mark.parametrize("make", voices())
def test_a_voice_is_likely_where_somebody_speaks_and_not_in_silence(
    make: type[HearsVoice], spoken: np.ndarray
) -> None:
    activity = make()
    frames = spoken[: len(spoken) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    loud = [activity.probability(frame) for frame in frames]
    quiet = [activity.probability(np.zeros(FRAME_SAMPLES, np.float32)) for _ in range(40)]
    assert np.mean(np.array(loud) > 0.3) > 0.5
    assert max(quiet[10:]) < 0.15


@pytest.fixture(params=[pytest.param("fake"), pytest.param("real", marks=pytest.mark.slow)])
def hears(request: pytest.FixtureRequest) -> Hears:
    if request.param == "fake":
        return ScriptedHears([Said(0, 100.1, 104.0, "你欠了我们一万两千块钱三个月没还")])
    return UtteranceRecogniser()


def test_words_lie_within_their_utterance_and_join_to_its_text(hears: Hears, spoken: np.ndarray) -> None:
    segment, _ = hears.hear(spoken, starts=100.0, language="zh", speech_share=0.9, channel=0)
    assert segment is not None
    assert segment.channel == 0
    assert "".join(word.text for word in segment.words).strip() == segment.text
    assert "三个月" in segment.text
    assert all(100.0 <= word.interval.start <= word.interval.end <= 100.0 + 4.5 for word in segment.words)
    assert all(0.0 <= word.confidence <= 1.0 for word in segment.words)


def test_nobody_is_quoted_for_silence(hears: Hears) -> None:
    silence = np.zeros(32_000, np.float32)
    segment, tokens = hears.hear(silence, starts=200.0, language="zh", speech_share=0.02, channel=None)
    assert segment is None
    assert tokens == ()


@pytest.mark.slow
def test_the_language_is_found_out(spoken: np.ndarray) -> None:
    likely = UtteranceRecogniser().languages(spoken)
    assert max(likely, key=lambda language: likely[language]) == "zh"


# ---- the command -------------------------------------------------------------------------------------------


def coach(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from coach.cli import main; main()", "live", *arguments],
        env={**os.environ, "COACH_DATA_DIR": str(folder), "PYTHONPATH": str(REPOSITORY)},
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.mark.slow
def test_a_recording_is_coached_as_if_live_kept_and_then_discarded(tmp_path: Path) -> None:
    done = coach(
        tmp_path, "--file", str(SAMPLE), "--speed", "0", "--language", "zh", "--no-review", "--text", "en"
    )
    assert done.returncode == 0, done.stderr
    assert "Threats" in done.stdout
    assert "say: " in done.stdout
    (left,) = left_sessions(tmp_path / "live")
    assert left.seconds == pytest.approx(62.8, abs=1.0)
    assert left.cues >= 3
    again = coach(tmp_path, "--file", "missing.wav", "--left", "discard")
    assert again.returncode == 1
    assert "there is no such file" in again.stderr
    assert left_sessions(tmp_path / "live") == []
    assert list((tmp_path / "live").glob("*/sound.wav")) == []


def test_a_session_that_never_heard_anything_is_cleared_away(tmp_path: Path) -> None:
    folder = new_session(tmp_path / "live", LiveOrder())
    assert left_sessions(tmp_path / "live") == []
    assert not folder.path.exists()


def test_a_played_file_leaves_no_second_copy(tmp_path: Path) -> None:
    from coach.live.sources import FileSource

    audio = decoded(sound([], 1.0), tmp_path)
    source = FileSource(audio, keep=False)
    source.start()
    source.stop()
    assert not audio.path.exists()
