"""What recognition and writing habits do to words: cheap changes to a training piece that keep its labels."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from coach.domain.call import Role
from coach.domain.labels import DONTS
from models.turn_classifier.data import Line, Piece

PUNCTUATION = re.compile(r"[，。！？；：、…,.!?;:\"“”‘’「」—～~]+(?!\d)")
NUMERAL = re.compile(r"[零〇一二两兩三四五六七八九十百千万萬]{2,}")
ARABIC = re.compile(r"(?<![\d.])\d{2,5}(?![\d.])")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000, "萬": 10000}
FILLERS = {"zh": ("嗯", "呃", "那个", "就是", "啊", "这个"), "en": ("um", "uh", "you know", "like", "so")}
LONG_ENOUGH = 8
STRENGTHS = (0.5, 1.0, 2.0, 4.0)
"""The strongest gets about a character in five wrong, as a recogniser does on a bad line."""
HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[\u4e00-\u9fff]{2,3}")
RAREST = 1e-7
"""Share of a corpus from which on a recogniser writes a word in place of another one."""


def read_numeral(text: str) -> str:
    """Arabic digits for a Chinese numeral; digit strings stay digit strings.

    >>> read_numeral("三千二百六"), read_numeral("一三八"), read_numeral("一万二")
    ('3260', '138', '12000')
    """
    if not any(c in UNITS for c in text):
        return "".join(str(DIGITS[c]) for c in text)
    total, section, digit, last = 0, 0, 0, 1
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
            last = 1 if digit == 0 else last
        elif UNITS[character] == 10000:
            total, section, digit, last = (total + section + digit) * 10000, 0, 0, 10000
        else:
            section += (digit or 1) * UNITS[character]
            digit, last = 0, UNITS[character]
    return str(total + section + digit * (last // 10 if last > 10 else 1))


def write_numeral(number: int) -> str:
    """A Chinese numeral for 10..99,999.

    >>> write_numeral(3260), write_numeral(15), write_numeral(10500)
    ('三千二百六十', '十五', '一万零五百')
    """
    digits, out, gap = str(number), "", False
    for place, character in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if character == "0":
            gap = bool(out)
            continue
        out += (
            ("零" if gap else "")
            + "零一二三四五六七八九"[int(character)]
            + ["", "十", "百", "千", "万"][place]
        )
        gap = False
    return out.removeprefix("一") if 10 <= number < 20 else out


class Mishearing:
    """Words of Chinese with those that sound like them, the commoner the likelier (``wordfreq``'s list)."""

    def __init__(self) -> None:
        import wordfreq
        from pypinyin import lazy_pinyin

        self.alike: dict[tuple[str, ...], list[tuple[str, float]]] = defaultdict(list)
        self.sounds: dict[str, tuple[str, ...]] = {}
        for word, share in wordfreq.get_frequency_dict("zh").items():
            if share >= RAREST and WORD.fullmatch(word):
                self.sounds[word] = tuple(_near(sound) for sound in lazy_pinyin(word))
                self.alike[self.sounds[word]].append((word, share**0.5))

    def of(self, word: str, choose: random.Random) -> str | None:
        """Another word that sounds like ``word``; None where there is none, or it is no word."""
        others = [(w, n) for w, n in self.alike.get(self.sounds.get(word, ()), ()) if w != word]
        if not others:
            return None
        words, weights = zip(*others, strict=True)
        return str(choose.choices(words, weights)[0])


class Noise:
    """Changes pieces at random; ``pieces`` give the homophones and the words that lengthen turns."""

    def __init__(self, pieces: Sequence[Piece], seed: int) -> None:
        from opencc import OpenCC
        from pypinyin import lazy_pinyin

        self.random = random.Random(seed)
        counts: dict[str, int] = defaultdict(int)
        self.plain: dict[tuple[str, Role, Role], list[Line]] = defaultdict(list)
        for piece in pieces:
            for line in piece.lines:
                for character in HAN.findall(line.text):
                    counts[character] += 1
                if line.labels is not None and not line.labels & DONTS and len(line.text) >= LONG_ENOUGH:
                    self.plain[piece.script, piece.coached, line.role].append(line)
        self.homophones: dict[str, list[tuple[str, int]]] = {}
        sounds: dict[str, list[tuple[str, int]]] = defaultdict(list)
        spoken = {c: _near(lazy_pinyin(c)[0]) for c in counts}
        for character, count in counts.items():
            sounds[spoken[character]].append((character, count))
        for character in counts:
            others = [(c, n) for c, n in sounds[spoken[character]] if c != character]
            if others:
                self.homophones[character] = others
        self.words = Mishearing()
        converters = {"simplified": OpenCC("s2t"), "traditional": OpenCC("t2s")}

        @cache
        def convert(text: str, script: str) -> str:
            return str(converters[script].convert(text))

        self.convert = convert

    def __call__(self, piece: Piece) -> Piece:
        """A changed copy; about two in five pieces stay as they are but for small things."""
        roll = self.random.random
        lines = list(piece.lines)
        if piece.language == "zh" and roll() < 0.12:
            lines = [replace(line, text=self.convert(line.text, piece.script)) for line in lines]
        if roll() < 0.15:
            lines = self._glued(lines)
        if roll() < 0.25:
            lines = [self._lengthened(line, piece) if roll() < 0.3 else line for line in lines]
        if roll() < 0.45:
            strength = self.random.choice(STRENGTHS)
            bare = roll() < 0.6
            lines = [replace(line, text=self.misheard(line.text, piece, strength, bare)) for line in lines]
        if roll() < 0.06:
            lines = [replace(line, role=Role.UNKNOWN) for line in lines]
        elif roll() < 0.10:
            lines = self._one_wrong_role(lines)
        return replace(piece, lines=tuple(lines))

    def misheard(self, text: str, piece: Piece, strength: float, bare: bool) -> str:
        """A text as a recogniser might write it: at ``strength`` 4 a character in five is wrong."""
        roll = self.random.random
        if piece.language == "zh":
            if roll() < 0.5:
                text = NUMERAL.sub(lambda m: read_numeral(m[0]), text)
            elif roll() < 0.5:
                text = ARABIC.sub(lambda m: write_numeral(int(m[0])) if m[0][0] != "0" else m[0], text)
            text = self._other_words(text, strength)
            text = "".join(self._character(c, strength) for c in text)
        else:
            text = " ".join(word for word in text.split() if roll() >= 0.012 * strength)
        if bare:
            text = PUNCTUATION.sub(" " if piece.language == "en" or roll() < 0.3 else "", text).strip()
            text = text.lower() if piece.language == "en" else text
        if roll() < 0.15:
            filler = self.random.choice(FILLERS[piece.language])
            text = filler + (" " if piece.language == "en" else self.random.choice(("", "，"))) + text
        return text or "嗯"

    def _other_words(self, text: str, strength: float) -> str:
        """Some words written as others of their sound, 逾期 as 与其."""
        out, at = "", 0
        while at < len(text):
            other = None
            if self.random.random() < 0.025 * strength:
                size = self.random.choice((3, 2, 2))
                other = self.words.of(text[at : at + size], self.random)
            out += other or text[at]
            at += len(other) if other else 1
        return out

    def _character(self, character: str, strength: float) -> str:
        chance = self.random.random()
        if chance < 0.03 * strength and character in self.homophones:
            others, weights = zip(*self.homophones[character], strict=True)
            return str(self.random.choices(others, weights)[0])
        if chance > 1 - 0.012 * strength:
            return ""
        return character

    def _glued(self, lines: list[Line]) -> list[Line]:
        """Join two turns of one speaker over a short, label-free word of another, as recognition does."""
        out: list[Line] = []
        i = 0
        while i < len(lines):
            here = lines[i]
            if i + 2 < len(lines) and self.random.random() < 0.5:
                between, after = lines[i + 1], lines[i + 2]
                short = len(between.text) <= 6 and not between.labels
                if short and after.role is here.role and here.labels is not None and after.labels is not None:
                    out.append(Line(here.role, here.text + after.text, here.labels | after.labels))
                    i += 3
                    continue
            out.append(here)
            i += 1
        return out

    def _lengthened(self, line: Line, piece: Piece) -> Line:
        """Put one to three harmless turns of the same role around the words, as in a long monologue."""
        others = self.plain[piece.script, piece.coached, line.role]
        if line.labels is None or not others:
            return line
        more = self.random.choices(others, k=self.random.randrange(1, 4))
        cut = self.random.randrange(len(more) + 1)
        space = " " if piece.language == "en" else ""
        text = space.join([*(m.text for m in more[:cut]), line.text, *(m.text for m in more[cut:])])
        labels = line.labels.union(*(m.labels for m in more if m.labels))
        return Line(line.role, text, labels)

    def _one_wrong_role(self, lines: list[Line]) -> list[Line]:
        """Give one turn to the wrong speaker, as context only."""
        at = self.random.randrange(len(lines))
        if len(lines) < 3:
            return lines
        wrong = self.random.choice([role for role in Role if role is not lines[at].role])
        lines[at] = Line(wrong, lines[at].text, None)
        return lines


def _near(sound: str) -> str:
    """Sounds that recognition confuses share one spelling."""
    for one, other in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(one):
            sound = other + sound[2:]
    return re.sub(r"(?<=[aei])ng$", "n", sound)
