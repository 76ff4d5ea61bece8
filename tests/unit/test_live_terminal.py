"""The live view in a terminal: lines for what is settled, and nothing in speech that a terminal obeys."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from coach.cli.live_view import TerminalView
from coach.domain.call import Role, Turn
from coach.domain.text import Text
from coach.domain.time import Interval
from coach.live.cues import Cue, CueKind
from coach.live.state import LiveState, Status

STATE = LiveState(
    status=Status.LISTENING,
    elapsed=12.0,
    levels=(-20.0, -90.0),
    lag=0.4,
    late=0.5,
    shares={"agent": 0.6, "customer": 0.4},
    language="zh",
    turns=(),
    tentative=(),
    lines=(),
    cues=(),
    marks=(),
    lost=(False,),
    shed=0,
    dropped=0,
)


class Terminal(io.StringIO):
    """Text that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def turn(i: int, text: str, role: Role = Role.AGENT) -> Turn:
    return Turn(i, role, text, Interval(3.0 * i, 3.0 * i + 2))


def cue(**values: object) -> Cue:
    made = Cue(
        kind=CueKind.FAULT,
        criterion="no_threat",
        title=Text("威胁恐吓", "Threats"),
        critical=True,
        quote="后果自负",
        at=Interval(3.0, 5.0),
        because=Text("说了", "said"),
        advice=Text("不说", "do not"),
        better=Text("我说明一下", "Let me explain"),
        raised_at=5.4,
    )
    return replace(made, **values)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")


def shown(*states: LiveState, last: bool = True, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    view = TerminalView("en", out)
    for at, state in enumerate(states):
        view.show(state, last=last and at == len(states) - 1)
    return out.getvalue()


def test_a_turn_is_printed_once_when_the_next_one_has_begun() -> None:
    one, two = turn(0, "您好"), turn(1, "你好", Role.CUSTOMER)
    text = shown(
        replace(STATE, turns=(one,)), replace(STATE, turns=(one, two)), replace(STATE, turns=(one, two))
    )
    assert text.splitlines() == ["00:00 agent: 您好", "00:03 customer: 你好"]


def test_a_fault_shows_its_words_and_what_to_say_and_a_reminder_is_quieter() -> None:
    fault = shown(replace(STATE, cues=(cue(),)))
    assert "!! 00:05 Threats “后果自负”" in fault
    assert "say: Let me explain" in fault
    reminder = shown(replace(STATE, cues=(cue(kind=CueKind.REMINDER, critical=False),)))
    assert reminder.startswith("· 00:05")
    assert "后果自负" not in reminder


def test_a_cue_is_printed_once() -> None:
    state = replace(STATE, cues=(cue(),))
    assert shown(state, state, state).count("Threats") == 1


def test_speech_cannot_steer_the_terminal() -> None:
    text = shown(replace(STATE, turns=(turn(0, "您好\x1b[2J\x07\r坏"),)))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\r" not in text


def test_a_terminal_always_shows_time_lag_share_and_levels() -> None:
    text = shown(replace(STATE, turns=(turn(0, "您好"),)), last=False, out=Terminal())
    for part in ("00:12", "lag 0.4 s", "agent 60%", "customer 40%", "|#####   |", "listening"):
        assert part in text


def test_a_device_that_has_gone_is_said() -> None:
    text = shown(replace(STATE, lost=(True,)), last=False, out=Terminal())
    assert "device gone" in text
