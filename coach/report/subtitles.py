"""The turns of a call as WebVTT or SRT subtitles, long ones in several cues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from coach.domain.call import Turn
from coach.domain.errors import CoachError
from coach.domain.moments import located_words
from coach.domain.review import Review
from coach.domain.text import UiLanguage
from coach.domain.time import Interval, Seconds, Span
from coach.report.words import printable, role_names

LONGEST_CUE = 42
"""Characters of Chinese in a cue; a Latin letter counts half."""
LEAST_SECONDS: Seconds = 0.2

_BREAKS = re.compile(r"(?<=[，。！？；：、,.!?;:])\s*|\s+")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown while somebody speaks."""

    interval: Interval
    who: str
    text: str


def review_vtt(review: Review, *, language: UiLanguage, notice: str) -> str:
    """WebVTT with the speaker as voice; raises ``CoachError`` where the turns have no times."""
    blocks = ["WEBVTT", f"NOTE\n{_one_line(notice)}"]
    for i, cue in enumerate(cues(review, language), 1):
        who = escape(cue.who, quote=False).replace("&gt;", " ")
        blocks.append(f"{i}\n{_times(cue.interval, '.')}\n<v {who}>{escape(cue.text, quote=False)}")
    return "\n\n".join(blocks) + "\n"


def review_srt(review: Review, *, language: UiLanguage) -> str:
    """SRT, which has no escapes: what players take for markup is written in full width."""
    colon = "：" if language == "zh" else ": "
    blocks = [
        f"{i}\n{_times(cue.interval, ',')}\n{cue.who}{colon}{cue.text.translate(_NO_MARKUP)}"
        for i, cue in enumerate(cues(review, language), 1)
    ]
    return "\n\n".join(blocks) + "\n"


_NO_MARKUP = str.maketrans("<>{}\\", "＜＞｛｝＼")


def cues(review: Review, language: UiLanguage) -> list[Cue]:
    """All cues by time; raises ``CoachError`` where no turn has a time."""
    call = review.observed.call
    roles = role_names(call.playbook, language)
    found = [
        Cue(interval, roles[turn.role], text)
        for turn in call.turns
        for interval, text in _pieces(turn)
        if text
    ]
    if not found:
        raise CoachError("the call has no times, so there are no subtitles; write HTML or CSV instead")
    return sorted(found, key=lambda cue: cue.interval)


def _pieces(turn: Turn) -> Iterator[tuple[Interval, str]]:
    if turn.interval is None:
        return
    spans = _split(turn.text)
    starts = [_start(turn, span) for span in spans]
    for i, span in enumerate(spans):
        start = max(turn.interval.start, starts[i] if i else turn.interval.start)
        end = starts[i + 1] if i + 1 < len(spans) else turn.interval.end
        yield Interval(start, max(end, start + LEAST_SECONDS)), _one_line(span.of(turn.text))


def _start(turn: Turn, span: Span) -> Seconds:
    """When ``span`` begins: by its first word, otherwise by its share of the characters."""
    assert turn.interval is not None
    for place, word in located_words(turn):
        if place.start >= span.start:
            if place.start < span.end:
                return word.interval.start
            break
    return turn.interval.start + turn.interval.duration * span.start / max(1, len(turn.text))


def _split(text: str) -> list[Span]:
    """The text in stretches that fit a cue, cut after a mark or at a space, otherwise where they are full."""
    edges = [0, *(found.end() for found in _BREAKS.finditer(text) if 0 < found.end() < len(text)), len(text)]
    spans: list[Span] = []
    start = 0
    for before, edge in pairwise(edges):
        if _width(text[start:edge]) > LONGEST_CUE and before > start:
            spans.append(Span(start, before))
            start = before
        while _width(text[start:edge]) > LONGEST_CUE:
            cut = start + _fitting(text[start:edge])
            spans.append(Span(start, cut))
            start = cut
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


def _fitting(text: str) -> int:
    width = 0.0
    for count, character in enumerate(text):
        width += _width(character)
        if width > LONGEST_CUE:
            return max(1, count)
    return len(text)


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _one_line(text: str) -> str:
    # A blank line would end the cue, and the next line would be one of its own.
    return " ".join(printable(text).split())


def _times(interval: Interval, point: str) -> str:
    return f"{_time(interval.start, point)} --> {_time(interval.end, point)}"


def _time(seconds: Seconds, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{left:02}{point}{milliseconds:03}"
