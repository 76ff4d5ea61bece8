"""Make labelled lines: slots of templates and spans of real lines, filled with made-up names and places."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coach.language.pii.lexicon_en import FIRST_NAMES
from coach.language.pii.lexicon_zh import COMPOUND_SURNAMES, GIVEN, SURNAMES
from coach.language.words import words
from models.pii_tagger import words_en, words_zh

TYPES = {"e": "employer", "a": "address", "n": "name"}
_SLOT = re.compile(r"\{(?P<slot>[A-Za-z]1?)\}")
_KIN = words(
    "老公 老婆 爱人 儿子 女儿 闺女 爸 妈 哥 姐 弟 妹 弟弟 妹妹 哥哥 姐姐 舅舅 叔叔 姑姑 表弟 表哥 同学 "
    "朋友 同事 邻居 前夫 前妻 女婿 侄子 室友 房东 合伙人 领导 徒弟"
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Example:
    """A line with its spans: start, end, type; of the ``open`` stretches nobody knows what they are.

    ``before`` is the turn before, if any; the other party's or, ``same_before``, the same one's.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    of_agent: bool = False
    weight: float = 1.0
    open: tuple[tuple[int, int], ...] = ()
    before: str = ""
    same_before: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """Names from packages: surnames by how common they are, given names, places, institutions."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    english_first: tuple[str, ...]
    english_last: tuple[str, ...]
    counties: tuple[str, ...]
    institutions: tuple[str, ...]
    words_with: Mapping[str, tuple[str, ...]]
    """Common words by the character they hold, as people spell a name with them (解放的解)."""


class Maker:
    """Makes names, places and employers at random; the same seed makes the same ones."""

    def __init__(self, lists: Lists, seed: int) -> None:
        self.lists = lists
        self.last = ""
        self.random = random.Random(seed)
        self._given = sorted(GIVEN)
        self._word_keys = sorted(lists.words_with)
        self._rare = sorted(SURNAMES) + sorted(COMPOUND_SURNAMES)
        self.slots: Mapping[str, tuple[str | None, Callable[[], str]]] = {
            "E": ("employer", self.employer),
            "A": ("address", self.address),
            "P": ("address", self.place),
            "X": ("address", self.school),
            "N": ("name", self.any_name),
            "F": ("name", self.full_name),
            "T": ("name", self.titled),
            "S": ("name", self.surname),
            "K": (None, lambda: self.one(_KIN)),
            "G": (None, lambda: self.one(words_zh.GENERIC_WORK)),
            "C": (None, lambda: self.one(words_zh.CREDITOR)),
            "Z": (None, self.spelled),
            "z": (None, self.english_spelled),
            "W": ("name", self.word_name),
            "L": ("address", self.landmark),
            "B": (None, lambda: self.one(words_zh.BRANDS)),
            "F1": (None, lambda: self.one(self._given)),
            "e": ("employer", self.english_employer),
            "a": ("address", self.english_address),
            "p": ("address", self.english_place),
            "x": ("address", self.english_school),
            "n": ("name", self.english_name),
            "f": ("name", self.english_full_name),
            "t": ("name", self.english_titled),
            "g": (None, lambda: self.one(words_en.GENERIC_WORK)),
            "c": (None, lambda: self.one(_LENDERS)),
            "b": (None, lambda: self.one(words_en.EMPLOYERS).removeprefix("the ")),
        }

    def one(self, choices: tuple[str, ...] | list[str] | str) -> str:
        """One of them."""
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.random.random() < share

    def fill(self, template: str) -> Example:
        """A template with its slots filled."""
        of_agent = template.startswith("A ")
        template = template[2:] if of_agent else template
        parts: list[str] = []
        spans: list[tuple[int, int, str]] = []
        at = 0
        for match in _SLOT.finditer(template):
            parts.append(template[at : match.start()])
            kind, make = self.slots[match["slot"]]
            made = self.last = make()
            start = sum(map(len, parts))
            if kind is not None:
                spans.append((start, start + len(made), kind))
            parts.append(made)
            at = match.end()
        parts.append(template[at:])
        return Example("".join(parts), tuple(spans), of_agent)

    def surname(self) -> str:
        """A surname, common ones more often."""
        return self.one(self._rare) if self.chance(0.25) else self.one(self.lists.surnames)

    def given(self) -> str:
        """A given name."""
        if self.chance(0.4):
            return self.one(self.lists.given)
        count = 1 if self.chance(0.2) else 2
        return "".join(self.one(self._given) for _ in range(count))

    def full_name(self) -> str:
        """陈立, 欧阳雪梅, seldom 阿依古丽·买买提 or Karen."""
        draw = self.random.random()
        if draw < 0.02:
            return f"{self.one(words_zh.ETHNIC)}·{self.one(words_zh.ETHNIC)}"
        if draw < 0.04:
            return self.one(words_zh.ETHNIC) + (self.one(words_zh.ETHNIC) if self.chance(0.4) else "")
        return self.surname() + self.given()

    def spelled(self) -> str:
        """How the characters of the name that was said last are told apart: 吕布的吕，光明的明."""
        stop = self.one(("，", "", " "))
        said = [
            f"{self.one(self.lists.words_with[char])}的{char}"
            for char in self.last[: self.random.choice((1, 1, 2, 3))]
            if char in self.lists.words_with
        ]
        return stop.join(said) or "怎么写都行"

    def english_spelled(self) -> str:
        """The letters of the name that was said last, or the first of them."""
        letters = re.sub("[^A-Z]", "", self.last.split()[-1].upper())
        return self.one("- ").join(letters if self.chance(0.6) else letters[:3])

    def titled(self) -> str:
        """王女士, 陈立先生."""
        name = self.full_name() if self.chance(0.15) else self.surname()
        return name + self.one(words_zh.TITLE)

    def any_name(self) -> str:
        """A name in one of the ways in which people say it."""
        draw = self.random.random()
        if draw < 0.4:
            return self.full_name()
        if draw < 0.6:
            return self.titled()
        if draw < 0.82:
            return self.one("小老小老阿大") + (self.surname() if self.chance(0.75) else self.one(self._given))
        if draw < 0.9:
            return self.given()
        if draw < 0.95:
            return self.one(self._given) * 2
        return self.one(words_zh.LATIN)

    def region(self) -> str:
        """A county, city or town, with or without its suffix."""
        place = self.one(self.lists.counties)
        return place[:-1] if len(place) > 2 and self.chance(0.6) else place

    def brand(self) -> str:
        """鸿达, 华瑞兴."""
        return "".join(self.one(words_zh.LUCKY) for _ in range(3 if self.chance(0.15) else 2))

    def word_name(self) -> str:
        """A name that is a common word: 项目, 江山."""
        return self.one(self.lists.words_with[self.one(self._word_keys)])

    def landmark(self) -> str:
        """What somebody lives beside: 老粮站, 县医院, 鸿达大厦."""
        draw = self.random.random()
        head = self.one(words_zh.LANDMARK_HEAD)
        if draw > 0.6:
            head = self.region() if draw > 0.8 else self.brand()
        return head + self.one(words_zh.LANDMARK)

    def employer(self) -> str:
        """A workplace: made-up, well known, public, or a shop."""
        draw = self.random.random()
        if draw < 0.2:
            tail = self.one(("", "", "", "", "仓库", "网点", "门店", "分公司", "客服中心", "工厂", "站点"))
            return self.one(words_zh.BRANDS) + tail
        if draw < 0.36:
            head = self.region() if self.chance(0.45) else ("" if self.chance(0.5) else self.brand())
            return head + self.one(words_zh.INSTITUTION)
        if draw < 0.4:
            return self.one(self.lists.institutions)
        if draw < 0.5:
            owner = self.surname() + self.one("记家氏") if self.chance(0.6) else f"老{self.surname()}"
            return (owner if self.chance(0.6) else self.brand()) + self.one(words_zh.SHOP)
        if draw < 0.56:
            return self.brand()
        region = self.region() if self.chance(0.2) else ""
        suffix = self.one(words_zh.SUFFIX) if self.chance(0.4) else ""
        return region + self.brand() + self.one(words_zh.INDUSTRY) + suffix

    def number(self, most: int) -> str:
        """A number as it is said or written."""
        value = self.random.randint(1, most)
        if self.chance(0.3):
            return str(value)
        if value > 99 and self.chance(0.6):
            return "".join(self.one((_DIGITS[int(digit)],)) for digit in str(value))
        return _spoken(value)

    def road(self) -> str:
        """A road."""
        head = self.one(words_zh.KNOWN_ROADS) if self.chance(0.6) else self._coined()
        return head + self.one(words_zh.ROAD_KIND)

    def _coined(self) -> str:
        return self.brand() if self.chance(0.5) else self.one(self.lists.counties)[:2]

    def estate(self) -> str:
        """A housing estate, often without a word that says so."""
        head = self.one(words_zh.ESTATE_HEAD) if self.chance(0.7) else self._coined()
        return head + self.one(words_zh.ESTATE_TAIL)

    def village(self) -> str:
        """A village."""
        head = self.surname()[:1] + "家" if self.chance(0.5) else self.brand()
        return head + self.one(words_zh.VILLAGE_TAIL) + ("村" if self.chance(0.4) else "")

    def place(self) -> str:
        """A place without a house number."""
        draw = self.random.random()
        if draw < 0.3:
            return (self.region() if self.chance(0.25) else "") + self.road()
        if draw < 0.62:
            tail = self.one("一二三四五东西南北") + "区" if self.chance(0.1) else ""
            return (self.region() if self.chance(0.15) else "") + self.estate() + tail
        if draw < 0.78:
            return (self.one(self.lists.counties) if self.chance(0.3) else "") + self.village()
        chain = self.one(self.lists.counties)
        return (self.region() if self.chance(0.6) else "") + chain

    def house(self) -> str:
        """The end of an address: number, building, room."""
        draw = self.random.random()
        if draw < 0.4:
            return self.number(999) + self.one(("号", "号", "号院", "弄", "号楼", "号铺"))
        unit = self.one(words("栋 幢 号楼 座 栋 排"))
        block = self.one("ABCDEFabc") + "座" if self.chance(0.1) else self.number(40) + unit
        stair = self.number(6) + "单元" if self.chance(0.4) else ""
        room = self.number(2900) + self.one(("", "室", "", "房", "号")) if self.chance(0.7) else ""
        return block + stair + room

    def address(self) -> str:
        """A chain down to the house."""
        head = "".join(self.one(self.lists.counties) for _ in range(self.random.choice((0, 0, 1, 1, 2))))
        draw = self.random.random()
        if draw < 0.4:
            return head + self.road() + self.number(1999) + self.one(("号", "号", "号", "弄", "号院"))
        if draw < 0.75:
            return head + self.estate() + self.house()
        if draw < 0.85:
            return head + self.road() + self.number(300) + "号" + self.estate() + self.house()
        return head + self.village() + self.number(30) + self.one(words("组 组 号 队 社 户"))

    def school(self) -> str:
        """A school or nursery."""
        head = self.one(
            (
                self.brand(),
                self.one(words_zh.KNOWN_ROADS),
                self.region(),
                "",
                "第" + self.one("一二三四五六七八"),
            )
        )
        kinds = words(
            "小学 小学 中学 幼儿园 实验小学 中心小学 附小 附中 外国语学校 实验中学 一中 二小 高中 国小 国中"
        )
        return head + self.one(kinds)

    def english_first(self) -> str:
        """A first name."""
        return (
            self.one(self.lists.english_first)
            if self.chance(0.8)
            else self.one(sorted(FIRST_NAMES)).capitalize()
        )

    def english_full_name(self) -> str:
        """First and last name."""
        return f"{self.english_first()} {self.one(self.lists.english_last)}"

    def english_titled(self) -> str:
        """Title and last name."""
        return f"{self.one(words_en.TITLES)} {self.one(self.lists.english_last)}"

    def english_name(self) -> str:
        """A name in one of the ways in which people say it."""
        draw = self.random.random()
        if draw < 0.6:
            return self.english_first()
        return self.english_full_name() if draw < 0.8 else self.english_titled()

    def english_employer(self) -> str:
        """A workplace."""
        draw = self.random.random()
        if draw < 0.3:
            return self.one(words_en.EMPLOYERS)
        if draw < 0.4:
            partner = self.one(("Sons", "Co", self.one(self.lists.english_last)))
            return f"{self.one(self.lists.english_last)} {self.one(words('and & +'))} {partner}"
        if draw < 0.5:
            return f"St {self.english_first()}'s {self.one(words('Hospital School Academy Hospice Primary'))}"
        head = self.one(words_en.HEADS) + (self.one(words_en.HEADS).lower() if self.chance(0.3) else "")
        kind = self.one(words_en.TRADES) + (f" {self.one(words_en.TRADES)}" if self.chance(0.2) else "")
        return f"{'the ' if self.chance(0.1) else ''}{head} {kind}"

    def english_street(self) -> str:
        """A street."""
        head = self.one(words_en.HEADS) if self.chance(0.7) else self.one(self.lists.english_last)
        if self.chance(0.2):
            head += self.one(words_en.HEADS).lower() if self.chance(0.5) else f" {self.one(words_en.HEADS)}"
        return f"{head} {self.one(words_en.STREET_KIND)}"

    def english_number(self) -> str:
        """A house number, in digits or words."""
        value = self.random.randint(1, 299)
        if self.chance(0.5):
            return f"{value}{self.one('ab').upper() if self.chance(0.1) else ''}"
        tens = self.one(words_en.TENS) + (
            f"{self.one(' -')}{self.one(words_en.SMALL)}" if self.chance(0.7) else ""
        )
        short = self.one(words_en.SMALL + words_en.TEENS) if self.chance(0.5) else tens
        return (
            short
            if self.chance(0.7)
            else f"{self.one(words_en.SMALL)} {self.one((tens, 'oh ' + self.one(words_en.SMALL), 'hundred'))}"
        )

    def english_address(self) -> str:
        """House number and street, perhaps flat and town."""
        text = f"{self.english_number()} {self.english_street()}"
        if self.chance(0.2):
            text = f"{self.one(words_en.UNITS)} {self.random.randint(1, 40)}, {text}"
        if self.chance(0.25):
            text += f", {self.one(words_en.TOWNS)}"
        return text

    def english_place(self) -> str:
        """A street or estate without a number."""
        if self.chance(0.75):
            return self.english_street()
        return f"{self.one(words_en.HEADS)} {self.one(words_en.ESTATE_KIND)}"

    def english_school(self) -> str:
        """A school."""
        return (
            f"{self.one(words_en.HEADS)} {self.one(words('Primary Elementary High Academy Nursery Middle'))}"
        )

    def instead_of(self, old: str, kind: str) -> str:
        """Another datum of the kind, in the same form as ``old``."""
        english = not re.search("[一-鿿]", old)
        if kind == "name":
            return self._other_name(old, english)
        if kind == "employer":
            return self.english_employer() if english else self.employer()
        if english:
            return (
                self.english_address() if re.search("[0-9]| (?:and )?[a-z]+ ", old) else self.english_place()
            )
        if re.search("[小中]学|幼儿园|[一二三]中", old):
            return self.school()
        return self.address() if re.search("[号栋幢楼室单元座]", old) else self.place()

    def _other_name(self, old: str, english: bool) -> str:
        if english:
            first = old.split()[0].strip(".").capitalize()
            if first in words_en.TITLES:
                return f"{first} {self.one(self.lists.english_last)}"
            return self.english_full_name() if " " in old else self.english_first()
        title = next(
            (
                t
                for t in sorted(words_zh.TITLE, key=len, reverse=True)
                if old.endswith(t) and len(old) > len(t)
            ),
            "",
        )
        stem = old.removesuffix(title) if title else old
        if stem[0] in "小老阿" and len(stem) == 2:
            return stem[0] + self.surname() + title
        if title:
            return (self.surname() if len(stem) <= 1 else self.full_name()) + title
        if len(stem) == 1:
            return self.surname()
        known = stem[:2] in COMPOUND_SURNAMES or stem[0] in SURNAMES
        return self.full_name() if known else self.given() if len(stem) == 2 else old


_LENDERS = words(
    "Barclays Santander Northline Finance Klarna Monzo Capital Halifax Lloyds HSBC Chase Discover Brightcard"
)


def _spoken(value: int) -> str:
    """Up to four digits with units: 一百零七."""
    if value < 10:
        return _DIGITS[value]
    if value < 20:
        return "十" + (_DIGITS[value % 10] if value % 10 else "")
    if value < 100:
        return _DIGITS[value // 10] + "十" + (_DIGITS[value % 10] if value % 10 else "")
    head, rest = divmod(value, 1000 if value >= 1000 else 100)
    unit, least = ("千", 100) if value >= 1000 else ("百", 10)
    if not rest:
        return _DIGITS[head] + unit
    tail = _spoken(rest)
    tail = "一" + tail if 10 <= rest < 20 else tail
    return _DIGITS[head] + unit + ("零" if rest < least else "") + tail
