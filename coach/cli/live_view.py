"""A live session in a terminal: settled turns and cues as lines, the rest in two lines that are redrawn."""

from __future__ import annotations

import select
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from coach.domain.text import Text, UiLanguage

if TYPE_CHECKING:
    from coach.domain.call import Turn
    from coach.live.cues import Cue
    from coach.live.state import LiveState

_QUIETEST_DB = -60.0
_BAR = 8
_KEYS = {" ": "toggle", "p": "toggle", "m": "mark", "q": "stop", "s": "stop"}
_ROLES = {
    "agent": Text("坐席", "agent"),
    "customer": Text("客户", "customer"),
    "third_party": Text("第三方", "third party"),
    "unknown": Text("未知", "unknown"),
}
_STATUS = {
    "starting": Text("正在打开设备", "opening the devices"),
    "listening": Text("正在听", "listening"),
    "paused": Text("已暂停", "paused"),
    "finishing": Text("收尾", "finishing"),
    "stopped": Text("已结束", "stopped"),
    "disk_full": Text("磁盘已满，已停止；录到的都在", "the disk is full, stopped; what was heard is kept"),
    "failed": Text("出错了", "failed"),
}
_LOST = Text("设备断开，正在等它回来", "device gone, waiting for it")
_LAG = Text("延迟", "lag")
_SAY = Text("可以说：", "say: ")
_KEYS_SHOWN = Text("空格 暂停 · m 标记 · q 结束", "space pause · m mark · q stop")
_RED, _YELLOW, _DIM, _PLAIN = "\x1b[1;31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


class TerminalView:
    """Draws states on ``out``; on what is no terminal it prints the lines only."""

    def __init__(self, language: UiLanguage, out: TextIO = sys.stdout) -> None:
        self._language = language
        self._out = out
        self._terminal = out.isatty()
        self._turns = 0
        self._cues = 0
        self._drawn = 0

    def show(self, state: LiveState, *, last: bool = False) -> None:
        """Print what is new in ``state`` and redraw the rest."""
        self._clear()
        settled = state.turns if last else state.turns[:-1]
        for turn in settled[self._turns :]:
            print(self._turn(turn), file=self._out)
        self._turns = max(self._turns, len(settled))
        for cue in state.cues[self._cues :]:
            print(self._cue(cue), file=self._out)
        self._cues = len(state.cues)
        if self._terminal and not last:
            self._draw(state)
        self._out.flush()

    def say(self, text: Text) -> str:
        """The text in the reader's language."""
        return text.in_language(self._language)

    def _turn(self, turn: Turn) -> str:
        start = turn.interval.start if turn.interval is not None else 0.0
        return f"{_clock(start)} {self.say(_ROLES[turn.role.value])}: {_plain(turn.text)}"

    def _cue(self, cue: Cue) -> str:
        fault = cue.kind.value == "fault"
        mark, color = ("!!", _RED) if cue.critical else ("!", _RED) if fault else ("·", _YELLOW)
        head = f"{mark} {_clock(cue.raised_at)} {self.say(cue.title)}"
        quote = f" “{_plain(cue.quote)}”" if fault else ""
        lines = f"{head}{quote}\n   {self.say(_SAY)}{self.say(cue.better)}"
        return f"{color}{lines}{_PLAIN}" if self._terminal else lines

    def _draw(self, state: LiveState) -> None:
        width = shutil.get_terminal_size().columns - 1
        now = self._turn(state.turns[-1]) if state.turns else ""
        thinking = " ".join(_plain(text) for text in state.tentative if text)
        words = _tail(f"{now} {thinking}".strip(), width)
        print(f"{_DIM}{words}{_PLAIN}\n{_head(self._status(state), width)}", end="", file=self._out)
        self._drawn = 2

    def _status(self, state: LiveState) -> str:
        bars = " ".join(f"|{_bar(level):<{_BAR}}|" for level in state.levels)
        talk = " ".join(f"{self.say(_ROLES[role])} {share:.0%}" for role, share in state.shares.items())
        dos = [line for line in state.lines if line.kind.value == "do" and line.state.value != "unneeded"]
        met = sum(line.state.value == "met" for line in dos)
        what = self.say(_LOST) if any(state.lost) else self.say(_STATUS[state.status.value])
        return (
            f"{_clock(state.elapsed)} {what} · {self.say(_LAG)} {state.lag:.1f} s {bars} "
            f"✓ {met}/{len(dos)} · {talk} · {self.say(_KEYS_SHOWN)}"
        )

    def _clear(self) -> None:
        if self._drawn:
            print("\r\x1b[2K" + "\x1b[A\x1b[2K" * (self._drawn - 1), end="", file=self._out)
            self._drawn = 0


@contextmanager
def keys() -> Iterator[None]:
    """Single keys without Enter, where there is a keyboard."""
    if not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def asked() -> list[str]:
    """Commands of the keys that were pressed."""
    found = []
    while sys.stdin.isatty() and select.select([sys.stdin], [], [], 0)[0]:
        command = _KEYS.get(sys.stdin.read(1).lower())
        if command is not None:
            found.append(command)
    return found


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60:02}:{whole % 60:02}"


def _bar(level_db: float) -> str:
    return "#" * round(max(0.0, 1 - level_db / _QUIETEST_DB) * _BAR)


def _plain(text: str) -> str:
    """Speech without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def _tail(text: str, width: int) -> str:
    """The end of a text that fits into so many columns."""
    used, start = 0, len(text)
    while start and used + _columns(text[start - 1]) <= width:
        start -= 1
        used += _columns(text[start])
    return text[start:]


def _head(text: str, width: int) -> str:
    """The beginning of a text that fits into so many columns."""
    used = 0
    for at, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:at]
    return text


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
