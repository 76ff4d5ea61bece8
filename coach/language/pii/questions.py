"""What personal data a turn asks for: a bare answer to it is more likely to be that."""

from __future__ import annotations

import re

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.lexicon_zh import COMPOUND_SURNAMES, SURNAMES
from coach.language.pii.spans import Found

_ASKS = (
    (
        PiiType.EMPLOYER,
        re.compile(
            r"(?:在|去)哪(?:里|儿|个(?:单位|公司|厂))?(?:上班|工作|打工|干活|高就|做事)|(?:什么|哪个|哪家)(?:单位|公司|厂)|"
            r"(?:工作)?单位(?:是|叫|名称|还是)|在做什么工作|where do you work|who do you work for|"
            r"(?:your|the) employer|who employs you|where are you working"
        ),
    ),
    (
        PiiType.ADDRESS,
        re.compile(
            r"住(?:在)?(?:哪|什么地方)|(?:地址|住址|小区|门牌|楼盘|村子?)(?:是|叫|在|写|名|报|核对|呢|吗|？|\?)|"
            r"(?:哪个|什么)(?:小区|村|镇|街|路)|寄到?哪|送到?哪|在什么位置|"
            r"(?:what(?:'s| is)|which|line of|confirm|take|have) (?:your |the |an )?(?:\w+ )?"
            r"(?:address|street|postcode|zip)|"
            r"where (?:do|are) you liv|whereabouts (?:do|are) you"
        ),
    ),
    (
        PiiType.NAME,
        re.compile(
            r"怎么称呼|贵姓|姓什么|姓啥|叫什么|叫啥|什么名字|您(?:是)?哪位|你(?:是)?谁|(?:全名|姓名)(?:是|报|说|叫|？|\?)|"
            r"your (?:full |first |last )?name|who(?:'s| is| am i) (?:this|that|calling|speaking)|and you are"
        ),
    ),
)


def asked_for(text: str) -> frozenset[PiiType]:
    """The kinds of data that a turn asks for, of names, places and workplaces."""
    folded = fold(text).replace("’", "'")
    return frozenset(kind for kind, asks in _ASKS if asks.search(folded))


_SURNAME_ALONE = re.compile(
    rf"^(?:我?姓|嗯|啊|呃|[，,\s])*(?P<it>{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])(?=[，。,.\s]|$)"
)
_NOT_ALONE = frozenset("对是好行哦有没和于都能")
"""Surnames that are a mere yes or no in an answer."""

_WORD = r"[A-ZÀ-Þ][\w'’\-]*"
_ENGLISH_ALONE = re.compile(
    r"^(?:(?:[Ii]t['’]s|[Tt]hat['’]s|[Jj]ust|[Aa]t|[Ff]or|[Ww]ith|[Ee]r|[Uu]m|[Oo]h|[Yy]eah|[Ww]ell|[Ss]till),?\s)*"
    rf"(?P<it>{_WORD}(?:\s(?:{_WORD}|and|of|the|&)){{0,4}})(?=[.,]|$)"
)


def bare_answers(text: str, asked: frozenset[PiiType]) -> list[Found]:
    """What stands alone in the answer to a question for just that: 裴，非衣裴; Tesco."""
    from coach.language.pii.names_en import is_distinctive
    from coach.language.pii.wide_places import is_wide

    surname = _SURNAME_ALONE.match(fold(text)) if PiiType.NAME in asked else None
    if surname is not None and surname["it"] not in _NOT_ALONE:
        return [Found(PiiType.NAME, Span(*surname.span("it")), 0.75)]
    alone = _ENGLISH_ALONE.match(text) if len(asked) == 1 else None
    if alone is None or is_wide(alone["it"]) or not all(map(is_distinctive, _capitals(alone["it"]))):
        return []
    (kind,) = asked
    return [Found(kind, Span(*alone.span("it")), 0.72)]


def _capitals(said: str) -> list[str]:
    return [word for word in said.split() if word[0].isupper()]
