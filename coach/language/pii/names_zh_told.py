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
