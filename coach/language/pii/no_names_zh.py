"""Words in Mandarin that stand where names do and are none: trades, misheard words, parts of the body."""

from __future__ import annotations

import re

from coach.domain.time import Span
from coach.language.pii.given_zh import NOT_GIVEN
from coach.language.pii.lexicon_zh import (
    COMPOUND_SURNAMES,
    LONG_TITLES,
    SURNAMES,
    WEAK_SURNAMES,
    is_full_name,
)

_WORK_FIRST = re.compile(
    "|".join(sorted(LONG_TITLES, key=len, reverse=True))
    + "|财务|司机|客服|出纳|前台|保安|同事|快递|外卖|家属"
)
_NICKNAME = re.compile("[小老阿][一-鿿]{1,2}")

_ASKED_BEFORE = re.compile("(?:的|[报说核填留问写]|一?下|核对|提供|确认|核实|登记)姓$")
_ASKED_BESIDE = re.compile(
    "明(?:[和跟与及、，, ]{0,2}(?:电话|身份证|卡号|手机|地址|住址|号码|尾号)|是什么|是[?？]?$|[和跟与及])"
)
"""姓明和卡号: 姓名, misheard."""

_ITS_SOUND = re.compile(
    rf"(?P<surname>{'|'.join(sorted(COMPOUND_SURNAMES))})(?P<sound>[^。！？.!?]{{0,6}}?)(?:这?是个?)?复姓"
)
"""万俟，莫其，复姓: a surname of two characters, and how it sounds."""

_SOUND_NEAR = 12

_TRADESMAN = re.compile("(?P<front>[一-鿿]{1,2})(?:师傅|小哥)")
_OPENS = re.compile(
    "(?:^|[^一-鿿]|[是系叫找问给跟和与让请替喊对把被的得了们我你您他她这那位吗啊哦喔喂哎诶嘿嗯好有来等说声个就姓到在去"
    "还也不没帮由谢])$"
)

_BODY = frozenset("腰椎肾肝肺胃肠脑骨瘤癌症痛病腿膝颈脊胆脾胰肩肘腕脚臂臀胯胸腹喉腺瓣眼鼻牙舌")


def surnames_with_sound(folded: str) -> list[Span]:
    """The surnames of two characters of which somebody tells that they are such."""
    return [Span(*match.span("surname")) for match in _ITS_SOUND.finditer(folded)]


def is_no_name(folded: str, span: Span) -> bool:
    """Whether what looks like a name is whom somebody sends for, a trade, a sound or a part of the body."""
    words = span.of(folded)
    return (
        _is_by_work(words)
        or not _BODY.isdisjoint(words)
        or _is_misheard(folded, span)
        or _is_trade(folded, span)
        or _is_sound(folded, span)
    )


def _is_by_work(words: str) -> bool:
    """秘书发 begins with what somebody does, and no name follows."""
    work = _WORK_FIRST.match(words)
    rest = words[work.end() :] if work else words
    return work is not None and not (is_full_name(rest) or _NICKNAME.fullmatch(rest))


def _is_misheard(folded: str, span: Span) -> bool:
    if not folded.startswith("姓明", span.start - 1):
        return False
    asked = _ASKED_BEFORE.search(folded, max(0, span.start - 3), span.start)
    return asked is not None or _ASKED_BESIDE.match(folded, span.start) is not None


def _is_sound(folded: str, span: Span) -> bool:
    told = _ITS_SOUND.finditer(folded, max(0, span.start - _SOUND_NEAR), span.end + _SOUND_NEAR)
    return any(match.start("sound") <= span.start < match.end("sound") for match in told)


def _is_trade(folded: str, span: Span) -> bool:
    """装|维师傅, 维修师傅: a word of work before a title, or the end of one."""
    tradesman = _TRADESMAN.fullmatch(folded, span.start, span.end)
    if tradesman is None:
        return False
    front = tradesman["front"]
    if front in NOT_GIVEN:
        return True
    sure = front in SURNAMES and front not in WEAK_SURNAMES
    return len(front) == 1 and not sure and not _OPENS.search(folded, max(0, span.start - 1), span.start)
