"""Gross abuse in plain words, which needs no classifier: few patterns, each aimed at the listener."""

from __future__ import annotations

import re

from coach.domain.time import Span
from coach.language.said_outright import said_outright

_ALONE = r"(?:^|(?<=[，。！？,.!?\s]))"
_ENDS = r"(?=[，。！？,.!?\s吧啊呀]|$)"
_CURSES = r"傻[逼比屄]|煞笔|王八(?:蛋|羔子)|狗(?:日|娘养)的|狗?杂种|臭?婊子|骚货|贱货|贱人"
_SLURS = (
    r"神经病|畜生|废物|狗东西|窝囊废|下三滥|龟儿子|白眼狼|猪脑子?|瘪犊子|白痴|孬种|人渣|脑残|智障|弱智|杂碎|寄生虫"
    r"|蠢货|穷鬼|混蛋|混账"
)
"""Slurs that need somebody to be aimed at: with 你 before one, nearly every labelled turn is an insult."""
_NOUNS = (
    r"(?:bastard|bitch|asshole|arsehole|wanker|scumbag|scum|moron|cunt|prick|dickhead|twat|"
    r"piece of (?:shit|crap)|fucking idiot|fucker|motherfucker)s?"
)
_ABUSE = re.compile(
    rf"[操草艹肏日干](?:你|恁)(?:妈|娘|大爷|祖宗|全家|奶奶|老母)|草泥马"
    rf"|(?:急|滚|去)你(?:妈|娘|大爷)的?{_ENDS}"
    rf"|你(?:们)?(?:就|真|这|那)?(?:是|个|种|帮|群|些|他妈)*(?:{_CURSES})|{_ALONE}(?:{_CURSES}){_ENDS}"
    rf"|你(?:们)?(?:全家|一家)[^，。！？]{{0,3}}死|(?:祝|咒|叫|让)你[^，。！？]{{0,4}}(?:断子绝孙|不得好死)"
    rf"|(?<!我)(?<!我[这的])(?:毛病|赖账?|不还钱|欠钱|不要脸|没教养|德行|脸皮)[^，。！？我]{{0,8}}祖传的?{_ENDS}"
    rf"|(?:你|您)(?:们|这|那|个|种|帮|群|些|就|真|还|也|简直|的|一)*(?:是|他妈)?(?:个|种|帮|群|一个)?(?:{_SLURS}){_ENDS}"
    r"|\byou(?:'re|re| are)(?: \w+)? (?:pathetic|worthless|vermin)\b"
    r"|\byou(?: lot| people)?(?:'re|re| are)?(?: an?)?(?: \w+)? "
    r"(?:parasite|deadbeat|lowlife|low-life|waste of space)s?\b"
    rf"|\bfuck (?:you|off)\b|\byou(?:'re| are)?(?: a| an| such a)?(?: \w+)? {_NOUNS}\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?:说|骂|叫|喊|什么|写|回了句|不是|别|不许|不准|没有)[^，。！？]{0,6}$|哈哈[^。！？]*$|[“\"「『‘][^”\"」』’]*$"
    r"|\b(?:called?|calling|said|says?|not|never)\b[^.!?]*$",
    re.IGNORECASE,
)


def abuse_in(text: str) -> Span | None:
    """The first words of ``text`` that abuse whoever is spoken to; None where they are reported or denied.

    >>> abuse_in("操你妈，赶紧还钱"), abuse_in("他骂我王八蛋")
    (Span(start=0, end=3), None)
    """
    return said_outright(text, _ABUSE, not_after=_REPORTED)
