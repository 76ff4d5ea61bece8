"""Words and speakers to turns: who said which word, where a turn ends, and its punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Diarization, SpeakerStretch, Transcript, Word

_SHIFT: Seconds = 0.1
"""Whisper's word times run ahead of the sound by about this (measured: least errors at +0.1 to +0.2 s)."""
_LONGEST_PAUSE: Seconds = 2.0
"""A party that says nothing for longer begins a new turn."""
_YIELD: Seconds = 0.25
_BACKCHANNEL: Seconds = 0.8
_COMMA_PAUSE: Seconds = 0.45
_CLAUSE_PAUSE: Seconds = 0.3
_MOST_STRAY: Seconds = 0.9
_LEAST_MAIN = 0.65
_CHANNELS = ("left", "right")
_ENDS = "。？！?!.…﹒﹖﹗"
_PAUSES = "，、,；;：:﹐﹑﹔﹕"
_SMALL_FORMS = str.maketrans("﹐﹑﹒﹔﹕﹖﹗", "，、。；：？！")
_FULL_WIDTH = {",": "，", "?": "？", "!": "！", ";": "；", ":": "："}
_MARK = re.compile(r"(?<![0-9])[,?!;:]|[,?!;:](?![0-9])")
_QUESTION_ENDS = ("吗", "呢", "么", "没有", "是不是", "行不行", "好不好", "哪位")


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn of an anonymous speaker; ``speaker_confidence`` is how sure it is that he said it."""

    speaker: str
    words: tuple[Word, ...]
    speaker_confidence: float

    @property
    def interval(self) -> Interval:
        """From the first to the last word."""
        return Interval(self.words[0].interval.start, max(word.interval.end for word in self.words))

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """The recogniser's, over the words."""
        return sum(word.confidence for word in self.words) / len(self.words)


@dataclass(frozen=True, slots=True)
class _Said:
    """A word, who said it and how sure that is."""

    word: Word
    speaker: str
    sure: float


def spoken_turns(transcript: Transcript, diarization: Diarization | None) -> tuple[SpokenTurn, ...]:
    """Turns by start time.

    With two channels a channel is a speaker (``left``, ``right``); otherwise a word goes to the speaker who
    holds most of it, or, without ``diarization``, all go to one.
    """
    said = _attributed(transcript, diarization)
    streams: dict[str, list[_Said]] = {}
    for one in said:
        streams.setdefault(one.speaker, []).append(one)
    turns = [
        _turn(run, transcript.language)
        for speaker, stream in streams.items()
        for run in _runs(stream, [other for other in said if other.speaker != speaker])
    ]
    return tuple(sorted(turns, key=lambda turn: (turn.interval.start, turn.speaker)))


def _attributed(transcript: Transcript, diarization: Diarization | None) -> list[_Said]:
    said: list[_Said] = []
    stretches = diarization.stretches if diarization is not None else ()
    starts = [stretch.interval.start for stretch in stretches]
    for segment in transcript.segments:
        for word in segment.words:
            if segment.channel is not None:
                said.append(_Said(word, _CHANNELS[segment.channel], 1.0))
            elif diarization is None or not stretches:
                said.append(_Said(word, "A", 0.5 if diarization is not None else 1.0))
            else:
                speaker, share = _holder(word, stretches, starts)
                said.append(_Said(word, speaker, share * diarization.confidence))
    said.sort(key=lambda one: one.word.interval)
    return _whole_clauses(said) if diarization is not None else said


def _whole_clauses(said: Sequence[_Said]) -> list[_Said]:
    """Give a clause's stray words to the voice that says the rest: speakers change between clauses."""
    found: list[_Said] = []
    clause: list[_Said] = []
    for i, one in enumerate(said):
        clause.append(one)
        after = said[i + 1] if i + 1 < len(said) else None
        ends = one.word.text.rstrip()[-1:] in _ENDS + _PAUSES
        if ends or after is None or one.word.interval.gap(after.word.interval) >= _CLAUSE_PAUSE:
            found.extend(_one_voice(clause))
            clause = []
    return found


def _one_voice(clause: Sequence[_Said]) -> list[_Said]:
    held: dict[str, float] = {}
    for one in clause:
        held[one.speaker] = held.get(one.speaker, 0.0) + max(one.word.interval.duration, 0.02)
    main = max(held, key=lambda name: held[name])
    stray = sum(held.values()) - held[main]
    if stray > _MOST_STRAY or held[main] < _LEAST_MAIN * sum(held.values()):
        return list(clause)
    return [one if one.speaker == main else replace(one, speaker=main, sure=0.5) for one in clause]


def _holder(word: Word, stretches: Sequence[SpeakerStretch], starts: Sequence[float]) -> tuple[str, float]:
    """The speaker of most of a word, and the share; the nearest one for a word between stretches."""
    at = Interval(word.interval.start + _SHIFT, max(word.interval.end, word.interval.start + 0.02) + _SHIFT)
    middle = (at.start + at.end) / 2
    near = bisect_right(starts, middle)
    around = stretches[max(0, near - 3) : near + 3]
    held: dict[str, float] = {}
    for stretch in around:
        held[stretch.speaker] = held.get(stretch.speaker, 0.0) + stretch.interval.overlap(at)
    if sum(held.values()) > 0:
        speaker = max(held, key=lambda name: held[name])
        return speaker, held[speaker] / sum(held.values())
    closest = min(
        around, key=lambda stretch: max(stretch.interval.start - middle, middle - stretch.interval.end)
    )
    return closest.speaker, 0.7


def _runs(stream: Sequence[_Said], others: Sequence[_Said]) -> list[list[_Said]]:
    """Cut one speaker's words where another takes the floor, or after a long pause."""
    runs: list[list[_Said]] = []
    middles = [(one.word.interval.start + one.word.interval.end) / 2 for one in others]
    for one in stream:
        if runs:
            gap = Interval(
                min(runs[-1][-1].word.interval.end, one.word.interval.start), one.word.interval.start
            )
            between = others[bisect_right(middles, gap.start) : bisect_right(middles, gap.end)]
            if gap.duration <= _LONGEST_PAUSE and not _takes_floor(between, gap):
                runs[-1].append(one)
                continue
        runs.append([one])
    return runs


def _takes_floor(between: Sequence[_Said], gap: Interval) -> bool:
    """Whether another speaker's words in a pause are a turn, and not a nod into it."""
    if not between:
        return False
    spoken = sum(one.word.interval.duration for one in between)
    return gap.duration >= _BACKCHANNEL or (gap.duration >= _YIELD and spoken >= _BACKCHANNEL / 2)


def _turn(run: Sequence[_Said], language: str) -> SpokenTurn:
    words = _punctuated([one.word for one in run], language)
    seconds = sum(one.word.interval.duration for one in run) or 1.0
    sure = sum(one.sure * one.word.interval.duration for one in run) / seconds
    return SpokenTurn(run[0].speaker, words, min(1.0, sure))


def _punctuated(words: Sequence[Word], language: str) -> tuple[Word, ...]:
    """Marks at pauses and at the end; none at the start. The words' texts joined are the turn's text."""
    texts = (
        _marked([word.text.replace("...", "……") for word in words])
        if language == "zh"
        else [word.text for word in words]
    )
    for i, text in enumerate(texts[:-1]):
        texts[i] = text.lstrip(" " + _ENDS + _PAUSES)
        if texts[i]:
            break
    else:
        texts[-1] = texts[-1].lstrip()
    if language == "zh":
        for i, (word, after) in enumerate(pairwise(words)):
            if (
                word.interval.gap(after.interval) >= _COMMA_PAUSE
                and _bare(texts[i])
                and _bare(texts[i + 1][:1])
            ):
                texts[i] += "，"
    texts[-1] = _ended("".join(texts), texts[-1], language)
    return tuple(replace(word, text=text) for word, text in zip(words, texts, strict=True) if text)


def _marked(texts: Sequence[str]) -> list[str]:
    """Chinese marks for Latin ones, and a comma where the recogniser left a space; numbers stay."""
    whole = _MARK.sub(lambda mark: _FULL_WIDTH[mark.group()], "".join(texts).translate(_SMALL_FORMS))
    whole = re.sub(r"(?<=[㐀-鿿]) (?=[㐀-鿿])", "，", whole)
    whole = re.sub(r"(?<=[吗呢])。", "？", whole)
    at, marked = 0, []
    for text in texts:
        marked.append(whole[at : at + len(text)])
        at += len(text)
    return marked


def _bare(text: str) -> bool:
    return text.strip()[-1:].isalnum()


def _ended(whole: str, last: str, language: str) -> str:
    stripped = last.rstrip(" " + _PAUSES)
    if not stripped or stripped[-1] in _ENDS:
        return stripped or last.strip()
    if language == "zh":
        return stripped + ("？" if whole.rstrip(_PAUSES).endswith(_QUESTION_ENDS) else "。")
    return stripped + "."
