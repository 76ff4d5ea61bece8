"""The sample calls: written scripts, their keys, and the sound files beside them."""

from __future__ import annotations

import json
import wave
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sample_audio.recipe import noises
from sample_audio.recipe.encode import ENCODINGS
from sample_audio.recipe.scripts import FOLDER, Script, ScriptError, Style, load, load_all

SAMPLES = FOLDER.parent
SCRIPTS = load_all()
MEGABYTE = 1_000_000


def key_of(script: Script) -> dict[str, Any]:
    key: dict[str, Any] = json.loads((SAMPLES / f"{script.id}.gold.json").read_text(encoding="utf-8"))
    return key


def audio_of(script: Script) -> Path:
    return SAMPLES / f"{script.id}.{ENCODINGS[script.sound.encoding].suffix}"


each_sample = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)


def test_the_set_has_calls_of_every_kind() -> None:
    languages = Counter(script.language for script in SCRIPTS)
    assert languages["zh"] >= 9
    assert languages["en"] >= 3
    assert {script.expected["verdict"] for script in SCRIPTS if script.playbook == "collection"} == {
        "pass",
        "needs_work",
        "fail",
    }
    assert {script.expected["verdict"] for script in SCRIPTS if script.playbook == "negotiation"} == {
        "pass",
        "needs_work",
        "fail",
    }
    assert Counter(script.script for script in SCRIPTS)["traditional"] >= 1
    assert sum(script.sound.agent_channel is None for script in SCRIPTS) >= 4
    assert sum(script.sound.agent_channel == "right" for script in SCRIPTS) == 1
    assert sum("third_party" in script.cast for script in SCRIPTS) >= 3
    assert {script.cast["agent"].voice[1] for script in SCRIPTS} == {"f", "m"}


def test_every_file_is_of_ordinary_size() -> None:
    sizes = [audio_of(script).stat().st_size for script in SCRIPTS]
    assert max(sizes) < 1.2 * MEGABYTE
    assert sum(sizes) < 6 * MEGABYTE


@each_sample
def test_the_key_says_what_the_script_says(script: Script) -> None:
    key = key_of(script)
    assert key["audio"] == audio_of(script).name
    assert [turn["text"] for turn in key["turns"]] == [turn.text for turn in script.turns]
    assert [turn["labels"] for turn in key["turns"]] == [list(turn.labels) for turn in script.turns]
    assert [turn["speaker"] for turn in key["turns"]] == [turn.speaker for turn in script.turns]
    assert (key["facts"], key["expected"]) == (script.facts, script.expected)
    assert (key["title"], key["about"]) == (script.title, script.about)
    assert key["started_at"] == script.started_at.isoformat()


@each_sample
def test_turns_lie_inside_the_call_in_order_and_last_as_long_as_speech_does(script: Script) -> None:
    key = key_of(script)
    turns = key["turns"]
    starts = [turn["start"] for turn in turns]
    assert starts == sorted(starts)
    assert starts[0] >= 0
    assert turns[-1]["end"] <= key["duration"]
    for turn in turns:
        signs = len(turn["text"])
        pace = signs / (turn["end"] - turn["start"])
        slowest, fastest = (1.5, 9.0) if script.language == "zh" else (5.0, 26.0)
        assert slowest < pace < fastest, f"turn {turn['i']}: {pace:.1f} signs a second"


@each_sample
def test_the_file_is_as_long_and_has_the_channels_that_the_key_says(script: Script) -> None:
    import av

    with av.open(str(audio_of(script))) as container:
        stream = container.streams.audio[0]
        decoded = sum(frame.samples for frame in container.decode(stream))
        assert stream.codec_context.channels == (1 if script.sound.agent_channel is None else 2)
        assert abs(decoded / stream.codec_context.sample_rate - key_of(script)["duration"]) < 0.2


@each_sample
def test_the_parties_overlap_only_where_the_script_lets_them(script: Script) -> None:
    turns = key_of(script)["turns"]
    for before, after, written in zip(turns, turns[1:], script.turns[1:], strict=False):
        gap = after["start"] - before["end"]
        assert (gap < 0) == (written.style.overlap > 0), f"turn {written.i}"


MISTAKES = {
    "a label that the rubric does not have": (("turns", 0, "labels"), ["kindness"], "'kindness'"),
    "a do on the party that is not coached": (("turns", 1, "labels"), ["empathy"], "turn 1"),
    "personal data that nobody says": (("turns", 0, "pii"), [{"王小明": "name"}], "personal data"),
    "a respelling of words that are not there": (("turns", 0, "say"), {"还款": "环款"}, "say"),
    "a planted fault that no turn has": (
        ("expected", "critical"),
        [{"turn": 1, "label": "threat"}],
        "critical",
    ),
    "a plan that does not add up": (("facts", "plan", "total"), 6001, "add up"),
    "a start without an offset": (("started_at",), "2026-09-16T18:20:00", "offset"),
    "a key with a slip of the pen": (("turn",), [], "unknown keys"),
    "a verdict that is none": (("expected", "verdict"), "good", "verdict"),
}


@pytest.mark.parametrize(("place", "value", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_script_is_named(
    place: tuple[str | int, ...], value: object, said: str, tmp_path: Path
) -> None:
    raw: Any = yaml.safe_load((FOLDER / "zh_collection_good.yaml").read_text(encoding="utf-8"))
    inside = raw
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ScriptError, match=said):
        load(wrong)


def test_a_respelling_changes_what_is_said_and_not_what_is_written() -> None:
    turn = replace(SCRIPTS[0].turns[0], text="我先还两千", say={"还": "环"}, style=Style())
    assert (turn.text, turn.spoken) == ("我先还两千", "我先环两千")


def loudest_frequency(samples: noises.Samples, rate: int) -> float:
    return float(np.fft.rfftfreq(samples.size, 1 / rate)[np.abs(np.fft.rfft(samples)).argmax()])


def test_the_chinese_ringback_is_one_tone_a_second_on_and_four_off() -> None:
    rate = 8_000
    ring = noises.ringback(5.0, rate)
    assert loudest_frequency(ring, rate) == pytest.approx(450.0, abs=1.0)
    assert np.abs(ring[: int(0.9 * rate)]).max() > 0.05
    assert not ring[rate:].any()


def test_hold_music_keeps_its_level_and_fades_at_both_ends() -> None:
    music = noises.hold_music(10.0, 8_000)
    assert np.abs(music).max() == pytest.approx(0.12, rel=0.02)
    assert abs(music[0]) < 0.001
    assert abs(music[-1]) < 0.001


def test_line_noise_has_the_level_that_was_asked_for() -> None:
    noise = noises.line_noise(2.0, 8_000, level_db=-40.0)
    assert 20 * np.log10(np.sqrt(np.mean(noise.astype(np.float64) ** 2))) == pytest.approx(-40.0, abs=0.01)


def test_clips_without_speech_are_made_when_they_are_needed(tmp_path: Path) -> None:
    clips = noises.write_clips(tmp_path, seconds=2.0)
    assert set(clips) == {"silence", "ringback_and_hold_music", "noise"}
    for path in clips.values():
        with wave.open(str(path)) as clip:
            assert clip.getnframes() / clip.getframerate() == 2.0


def test_the_data_card_names_every_call() -> None:
    card = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [script.id for script in SCRIPTS if script.id not in card] == []
