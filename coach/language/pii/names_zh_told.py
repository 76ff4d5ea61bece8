"""Names in Mandarin of which somebody says that they are names: rare surnames, words as names, nicknames."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.spans import Found

_SURNAME_BEHIND = re.compile(
    r"(?:^|[，。！？,.!?\s])(?P<it>(?P<surname>[一-鿿])[一-鿿]{1,2})[，,]"
    r"(?:我|他|她|就)?姓(?P=surname)(?=[^一-鿿]|$)"
)
"""年青，姓年: the surname told behind the name."""

_ANY_SURNAME = re.compile(
    "我(?:免贵)?姓(?P<it>(?![啥什氏名甚么谁你您他她它哪好不没都的])[一-鿿])(?=[，。,.！!；;]|$)"
)
"""我姓禚: what somebody says that he is called is a surname, however rare."""

_NO_NAME = (
    "你您他她它人车外救保警停不没什啥出快来个别去做到了住着醒喊嘛那这滴家朋老大小哥姐弟妹爸妈儿女物律同邻"
    "先谁几把被奶爷叔姨舅姑嫂婆公"
)
_CALLS_SELF = re.compile(
    r"(?:^|[，。！？,.!?\s])(?:我|本人|(?:我的?)?(?:名字|大名))就?叫"
    rf"(?P<it>(?![{_NO_NAME}])[一-鿿]{{2,3}})(?<![了过着吧吗呢啊])(?=[，。,.！!]|$)"
)
"""我叫宁静: a name that is a common word as well; 我叫车 and 我叫外卖 are none."""

_KINDS = "小名|大名|本名|外号|绰号|网名|花名|奶名|乳名"
_BY_NAME = re.compile(
    rf"(?:{_KINDS}|人称)(?:就?是|叫|儿)?(?P<it>(?![叫是什啥不也都嘛我你他])[一-鿿]{{2,3}}?)(?=[^一-鿿]|$)"
)
_IS_NAME = re.compile(
    r"(?:^|[，。！？,.!?\s])(?P<it>(?![这那我你您他她])[一-鿿]{2,3})是(?:他|她|我|孩子)?的?"
    rf"(?:{_KINDS})"
)
"""小名妞妞, 狗蛋是小名."""

_TOLD_APART = re.compile(
    r"(?:^|[，。！？,.!?\s]|本人|[是叫姓写找对嗯我])(?P<it>(?![姓我你您他她不是对])[一-鿿]{1,3})[，,\s](?:[^，。,.\s]{2,7}[，,])?"
    r"(?P<said>[一-鿿]{2,4})的(?P<char>[一-鿿]{1,2})(?=[^一-鿿]|$|[一-鿿]{2,4}的)"
)
"""齐整，整齐的整; 于，于是的于: a word of which somebody tells how it is written is a name."""

_ADDRESSED = re.compile(
    r"(?:^|[，。！？,.!?\s喂哎]|请问是?|[您你]好|您是|(?<![的要都])是(?=[一-鿿]{4,6}[吗本])|找一?下?)"
    r"(?P<it>(?![谢这那哪各每某一两几我你您他她它们老好个位男女有没不就是说])[一-鿿]{2,4}?(?:先生|女士|小姐))"
    r"(?=[，。！？,.!?您你吗在本的]|$)"
)
"""左右先生本人吗: whom somebody addresses has a name, be it a word."""

_ANYBODY = re.compile(
    "[的位个这那们某]|客户|用户|车主|机主|户主|卡主|店主|房东|老板|家属|前任|本人|请问|您好|你好|麻烦|女士|先生"
)

_SURE = (
    (_SURNAME_BEHIND, 0.8),
    (_CALLS_SELF, 0.8),
    (_ANY_SURNAME, 0.8),
    (_BY_NAME, 0.75),
    (_IS_NAME, 0.75),
)


def names(folded: str) -> Iterator[Found]:
    """The names of a folded text."""
    for pattern, sure in _SURE:
        for match in pattern.finditer(folded):
            yield Found(PiiType.NAME, Span(*match.span("it")), sure)
    for match in _TOLD_APART.finditer(folded):
        if match["char"][0] in match["it"] and match["char"][0] in match["said"]:
            yield Found(PiiType.NAME, Span(*match.span("it")), 0.85)
    for match in _ADDRESSED.finditer(folded):
        if not _ANYBODY.search(match["it"][:-2]):
            yield Found(PiiType.NAME, Span(*match.span("it")), 0.8)
