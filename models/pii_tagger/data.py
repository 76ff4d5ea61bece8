"""The lines that the tagger is trained on: labelled turns, short lines, templates, turns marked by rules."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coach.domain.call import Role, Turn
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.tagger import Tagged, Tagger
from models.pii_tagger.synthesis import TYPES, Example, Lists, Maker

HERE = Path(__file__).parent
CALLS = HERE.parent / "turn_classifier" / "data"
SHORT = HERE.parents[1] / "tests" / "gold" / "personal_data.txt"
_MARKED = re.compile(r"\[(?P<type>[a-z]):(?P<words>[^\]]+)\]")
_STOPS = re.compile(r"[，。！？、,.!?；;：:…]")
_HAN = re.compile("[一-鿿]")
_CAST = frozenset(TYPES.values())


def _hash(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16)


def is_unread(key: str) -> bool:
    """Whether a call or line is kept for measuring only."""
    return _hash(key) % 4 == 3


def is_set_aside(key: str) -> bool:
    """Whether a call or line that may be read is kept for choosing (one in six)."""
    return _hash(f"aside {key}") % 6 == 0


@dataclass(frozen=True, slots=True)
class Data:
    """All lines by where they come from, and the lists that fill slots."""

    turns: tuple[Example, ...]
    aside: tuple[Example, ...]
    silver: tuple[Example, ...]
    templates: tuple[str, ...]
    lists: Lists

    def lines(self, maker: Maker) -> list[Example]:
        """One epoch, without what is set aside."""
        short = [one for one in self.turns if not one.spans and 2 <= len(one.text) <= 16]
        found = list(self.turns)
        for one in self.turns:
            if one.spans:
                swapped = (_swapped(one, maker) for _ in range(6 if _rare(one) else 3))
                found += [_joined(each, short, maker) if len(each.text) < 24 else each for each in swapped]
        found += maker.random.sample(self.silver, min(len(self.silver), 7000))
        found += [
            _swapped(one, maker) for one in self.silver if one.spans and not one.open and maker.chance(0.35)
        ]
        for template in self.templates:
            found += [_joined(maker.fill(template), short, maker) for _ in range(FILLS)]
        found = [_after_any(one, short, maker) for one in found if one.text]
        return [_as_heard(one, maker.random) for one in found]

    def reread(self, tagger: Tagger) -> Data:
        """The turns that only rules marked as a first tagger sees them; what it is not sure of stays open."""
        read = tagger.read_alone(
            [Turn(0, Role.AGENT if one.of_agent else Role.CUSTOMER, one.text) for one in self.silver]
        )
        return replace(self, silver=tuple(map(_reread, self.silver, read)))


FILLS = 8
SILVER_WEIGHT = 0.4
STRANGE_BEFORE = 0.25
"""So many of the lines that stand alone are read behind words that have nothing to do with them."""
_SURE, _SURELY_NONE = 0.95, 0.85


def _reread(one: Example, read: Tagged) -> Example:
    spans = [span for span in one.spans if not read.doubts(Span(*span[:2]))]
    unsure = [span[:2] for span in one.spans if span not in spans]
    for found in read.found:
        start, end = found.span.start, found.span.end
        if any(start < span[1] and span[0] < end for span in spans):
            continue
        if found.confidence >= _SURE:
            spans.append((start, end, found.type.value))
        else:
            unsure.append((start, end))
    marked = {at for start, end, _ in spans for at in range(start, end)}
    unsure += [(at, at + 1) for at, none in enumerate(read.none) if none < _SURELY_NONE and at not in marked]
    return replace(one, spans=tuple(sorted(spans)), open=tuple(unsure))


def _rare(one: Example) -> bool:
    return any(kind != "name" for _, _, kind in one.spans)


def _swapped(one: Example, maker: Maker) -> Example:
    """The line with other names, places and employers."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, kind in one.spans:
        old = one.text[start:end]
        new = maker.instead_of(old, kind) if maker.chance(0.85) else old
        length += start - at
        parts += [one.text[at:start], new]
        spans.append((length, length + len(new), kind))
        length, at = length + len(new), end
    return replace(one, text="".join([*parts, one.text[at:]]), spans=tuple(spans))


def _joined(one: Example, short: list[Example], maker: Maker) -> Example:
    """A filled template between words that were said before and after."""
    other = _any_words(one, short, maker)
    if not other or maker.chance(0.45):
        return one
    english = not _HAN.search(one.text)
    stop = maker.one((". ", ", ", " ")) if english else maker.one(("，", "。", "", " "))
    other = other.rstrip("。.，,")
    if maker.chance(0.5):
        return replace(one, text=f"{one.text}{stop}{other}")
    shift = len(other) + len(stop)
    spans = tuple((start + shift, end + shift, kind) for start, end, kind in one.spans)
    return replace(one, text=f"{other}{stop}{one.text}", spans=spans)


def _after_any(one: Example, short: list[Example], maker: Maker) -> Example:
    """A line that stands alone follows, now and then, on words that have nothing to do with it."""
    if one.before or not maker.chance(STRANGE_BEFORE):
        return one
    return replace(one, before=_any_words(one, short, maker))


def _any_words(one: Example, short: list[Example], maker: Maker) -> str:
    """A short line in the language of ``one``, or nothing."""
    han = bool(_HAN.search(one.text))
    drawn = (each.text for each in maker.random.sample(short, 6))
    return next((text for text in drawn if bool(_HAN.search(text)) == han), "")


def _as_heard(one: Example, rng: random.Random) -> Example:
    """Now and then without stops, or in small letters, as recognisers write."""
    draw = rng.random()
    if draw > 0.35 or one.open:
        return one
    if not _HAN.search(one.text):
        heard = replace(one, text=one.text.lower(), before=one.before.lower())
        return heard if draw < 0.3 else one
    keep = [i for i, char in enumerate(one.text) if not _STOPS.match(char)]
    place = {old: new for new, old in enumerate(keep)}
    spans = []
    for start, end, kind in one.spans:
        inside = [place[i] for i in range(start, end) if i in place]
        spans.append((inside[0], inside[-1] + 1, kind))
    before = _STOPS.sub("", one.before)
    return replace(one, text="".join(one.text[i] for i in keep), spans=tuple(spans), before=before)


def read_data() -> Data:
    """Everything but the unread quarter and the unread half of the short lines."""
    turns: list[Example] = []
    aside: list[Example] = []
    for key, example in (*_calls(), *_single_lines(), *_short_lines(), *_own_lines()):
        (aside if is_set_aside(key) else turns).append(example)
    templates = (HERE / "data" / "templates.txt").read_text(encoding="utf-8").splitlines()
    kept = tuple(line for line in templates if line and not line.startswith("#"))
    known = {example.text for example in (*turns, *aside)}
    silver = tuple(example for example in _silver() if example.text not in known)
    return Data(tuple(turns), tuple(aside), silver, kept, _lists())


def _placed(text: str, items: Iterable[dict[str, str]]) -> tuple[tuple[int, int, str], ...]:
    spans: list[tuple[int, int, str]] = []
    at: dict[str, int] = {}
    for item in items:
        start = text.find(item["text"], at.get(item["text"], 0))
        if start >= 0 and item["type"] in _CAST:
            at[item["text"]] = start + len(item["text"])
            spans.append((start, start + len(item["text"]), item["type"]))
    spans.sort()
    return tuple(span for i, span in enumerate(spans) if not i or spans[i - 1][1] <= span[0])


def _calls() -> Iterator[tuple[str, Example]]:
    for path in sorted((CALLS / "calls").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            call = json.loads(line)
            if not is_unread(call["id"]):
                turns = [
                    Example(
                        turn["text"],
                        _placed(turn["text"], turn.get("pii") or ()),
                        turn["speaker"] == "agent",
                    )
                    for turn in call["turns"]
                ]
                yield from ((call["id"], one) for one in _after_each_other(turns))


def _single_lines() -> Iterator[tuple[str, Example]]:
    for line in (HERE / "data" / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if not is_unread(one["text"]):
            yield one["text"], Example(one["text"], _placed(one["text"], one["pii"]))


def _short_lines() -> Iterator[tuple[str, Example]]:
    for line in SHORT.read_text(encoding="utf-8").splitlines():
        if line.strip() and _hash(line) % 2 == 0:
            yield line, _marked(line)


def _own_lines() -> Iterator[tuple[str, Example]]:
    for path in sorted((HERE / "data").glob("more_*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                turns = [
                    _marked(turn.removeprefix("A ").removeprefix("C "), of_agent=turn.startswith("A "))
                    for turn in line.split(" / ")
                ]
                yield from ((line, one) for one in _after_each_other(turns))


def _after_each_other(turns: Iterable[Example]) -> Iterator[Example]:
    last: Example | None = None
    for one in turns:
        same = last is not None and last.of_agent == one.of_agent
        yield replace(one, before=last.text if last else "", same_before=same)
        last = one


def _marked(line: str, *, of_agent: bool = False) -> Example:
    """The turn with its names, places and workplaces; of other marks only the words are left."""
    text, spans, at = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        if match["type"] in TYPES:
            spans.append((len(text), len(text) + len(match["words"]), TYPES[match["type"]]))
        text += match["words"]
        at = match.end()
    return Example(text + line[at:], tuple(spans), of_agent)


def _silver() -> Iterator[Example]:
    """Turns of a quarter of the classifier's files with what the rules find in them, for less weight."""
    from coach.language.pii.detector import RulePiiDetector

    detector = RulePiiDetector()
    for path in sorted(CALLS.glob("*.calls")):
        if "heard" in path.name or _hash(path.name) % 4:
            continue
        for piece in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            read = [_silver_turn(line) for line in piece.splitlines()]
            turns = [turn for turn in read if turn is not None]
            yield from _after_each_other(
                Example(
                    turn.text,
                    tuple(
                        sorted(
                            (one.span.start, one.span.end, one.type.value)
                            for one in found
                            if one.type.value in _CAST
                        )
                    ),
                    turn.role is Role.AGENT,
                    weight=SILVER_WEIGHT,
                )
                for turn, found in zip(turns, detector.detect(turns, language="zh"), strict=True)
            )


def _silver_turn(line: str) -> Turn | None:
    if len(line) < 4 or line[0] not in "ACT" or line[1] != " " or "|" not in line:
        return None
    role = {"A": Role.AGENT, "C": Role.CUSTOMER, "T": Role.THIRD_PARTY}[line[0]]
    return Turn(0, role, line.split("|", 1)[1].strip())


def _lists() -> Lists:
    """Names from Faker; places and institutions from jieba's dictionary."""
    import jieba
    from faker.providers.person.en_GB import Provider as British
    from faker.providers.person.en_US import Provider as American
    from faker.providers.person.zh_CN import Provider as Chinese
    from faker.providers.person.zh_TW import Provider as Taiwanese

    surnames = [fold(name) for name in (*Chinese.last_names, *Taiwanese.last_names)]
    common = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
    given = [fold(name) for name in (*Chinese.first_names, *Taiwanese.first_names)]
    first = [*American.first_names, *British.first_names]
    last = [*American.last_names, *British.last_names]
    places: list[str] = []
    houses: list[str] = []
    with_: dict[str, list[str]] = {}
    dictionary = Path(jieba.__file__).parent / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, times, kind = line.split()
        if len(word) in (2, 3) and int(times) >= 200 and kind[0] in "nva":
            for char in word:
                with_.setdefault(char, []).append(word)
        if kind == "ns" and 3 <= len(word) <= 5 and word[-1] in "县区市镇乡州旗" and word[-2:] != "地区":
            places.append(word)
        if (
            kind == "nt"
            and 4 <= len(word) <= 10
            and re.search("(?:公司|集团|大学|学院|医院|厂|局|中学|站|院)$", word)
        ):
            houses.append(word)
    return Lists(
        tuple(surnames + common * 12),
        tuple(given),
        tuple(dict.fromkeys(first)),
        tuple(dict.fromkeys(last)),
        tuple(places),
        tuple(houses),
        {char: tuple(said) for char, said in with_.items()},
    )
