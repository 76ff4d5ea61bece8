"""Threats that somebody else is to pass on: whom of his the debtor's silence will draw in."""

from __future__ import annotations

import re

from coach.domain.time import Span
from coach.language.said_outright import said_outright

_CLOSE = (
    r"(?:(?:line |branch )?manager|boss|employers?|supervisor|head teacher|workplace|place of work|"
    r"works?(?=[,.!?]|$| and| to)|h ?r|human resources|colleagues|workmates|neighbou?rs|landlord|family|"
    r"parents|mother|mum|mom|mam|father|dad|wife|husband|missus|(?:mother[- ]|father[- ])?in[- ]laws?|kids|"
    r"children|(?:kids?'?s? )?school)"
)
_HIS = rf"(?:(?:all )?(?:his|her|their) (?:\w+ )?{_CLOSE}|h ?r\b|human resources)"
_REACHED = (
    r"(?:ring|call|involv|disturb|bother|troubl|drag in|drag|bring in|phon|speak|talk|visit|contact|writ|"
    r"text|e-?mail|messag|hav|go|get|tell|ask|pay)(?:t?ing|e|es|s)?"
    r"(?: (?:in touch|up|round|over|to|with|all|on|a (?:word|chat|visit)(?: to| with)?)){0,3}"
)
_TELL = (
    r"\b(?:tell|let|remind|warn|mention|say|inform|pass (?:it |that |this )?on|"
    r"give (?:him|her|them) (?:a|the|this) message)\b"
)
_OR = (
    r"(?:\bif (?:he|she|they|i|we) (?:\w+ )?(?:don'?t|doesn'?t|do not|does not|keeps?|won'?t|hasn'?t|"
    r"haven'?t|fails?|ignores?|carr(?:y|ies))|\bunless\b|\botherwise\b|\bor else\b|"
    r"\bnext (?:time|call|visit|step|one)\b|\binstead of (?:you|him|her|them)\b|"
    r"\b(?:hate|shame|pity|sorry|rather not|don'?t want) (?:if )?(?:(?:we|i) had |to have )?to\b)"
)
_WILL = r"(?:'ll| will| is going to| are going to| gonna|'s going to)?"
_HIS_HEAR = (
    rf"{_HIS}{_WILL}(?: be| only be| soon be)? "
    r"(?:(?:be )?(?:next|hearing|getting)|hear|get|find out|know|learn)\b"
)
_WE = r"\b(?:i|we|i'?m|we'?re|i'?ll|we'?ll|someone|somebody)\b"
_ON = r"(?:(?!\bnot\b|n'?t\b|\bnever\b)[^.!?])"
_ENGLISH = re.compile(
    r"\b(?:hate|(?:shame|pity)(?: if)?)(?: (?:for )?(?:we|i|me|us))?(?: had| have)? to (?:have to )?"
    rf"{_REACHED} {_HIS}\b"
    rf"|{_TELL}[^.!?]{{0,100}}?(?:"
    rf"{_OR}[^.!?]{{0,50}}?(?:{_WE}{_ON}{{0,24}}?\b{_REACHED} {_HIS}|{_HIS_HEAR}|\bgo(?:es|ing)? to {_HIS})"
    rf"|{_WE}{_ON}{{0,16}}?\b{_REACHED} {_HIS}"
    r"(?: next\b|[^.!?]{0,24}(?:\bif\b|\bunless\b|\binstead of\b))"
    rf"|\b{_HIS}{_WILL}(?: be| get)? (?:next|hearing|the next)"
    r"|\b(?:the )?next (?:call|visit|letter|one)(?:'ll| will| is|'s)?(?: be)?(?: going| goes)? "
    rf"to {_HIS})",
    re.IGNORECASE,
)

_TA = r"(?:他们|她们|他|她|人家|本人)"
_CLOSE_ZH = (
    r"(?:单位|公司|领导|老板|主管|经理|人事|同事|财务|老婆|媳妇|爱人|太太|老公|丈夫|对象|女朋友|男朋友|未婚妻|"
    r"爸妈?|妈妈?|父母|爹|娘|老人|老丈人|岳父|岳母|公公|婆婆|亲戚|家里人?|家人|孩子|儿子|女儿|学校|老师|"
    r"邻居|街坊|村|居委会?|朋友|通讯录)"
)
_HIS_ZH = rf"{_TA}?(?:的|们)?[^，。！？]{{0,2}}{_CLOSE_ZH}"
_PASS_ZH = (
    r"(?:(?:转告|转达|带(?:句|个)话|捎(?:句|个)话|提醒|告诉|告知|通知|警告)(?:一下|一声)?(?:给)?"
    rf"|(?:跟|和|同|给|让|叫|喊){_TA}[^，。！？]{{0,2}}(?:说|讲|掂量|想想|看着办|知道)|给{_TA}(?:带|捎)(?:句|个)话)"
)
_OR_ZH = (
    r"(?:(?:再|还|若|要是|如果)不|不(?:回|接|还|处理)[^，。！？]{0,6}(?:就|的话)|不然|否则|再躲|再拖|再装|别逼|"
    r"别怪|下次|下回|下一(?:个|次|步|通)|我们也不想|不想让|等着)"
)
_WE_ZH = r"(?:我们?|这边|公司|同事)(?:(?!不[^想]|没|绝|禁)[^，。！？]){0,8}"
_REACH_ZH = (
    rf"(?:{_WE_ZH}(?:找|去|到|上|打给|打到|打扰|惊动|联系|通知|拜访|聊)[^，。！？]{{0,4}}{_HIS_ZH}"
    rf"|(?:打给|打到|找到|闹到|轮到|联系|通知|问){_TA}(?:的|们)?[^，。！？]{{0,2}}{_CLOSE_ZH}"
    rf"|不想(?:让|叫){_HIS_ZH}[^，。！？]{{0,3}}(?:知道|担心|难堪|操心))"
)
_CHINESE = re.compile(rf"{_PASS_ZH}(?=[^。！？]{{0,60}}{_OR_ZH})[^。！？]{{0,60}}?{_REACH_ZH}")
_NOT_SO = re.compile(
    r"(?:不会|不是|没有|别|不要|不许|不能|不可以|请勿)[^，。！？]{0,3}$|[“\"「『‘][^”\"」』’]*$"
    r"|\b(?:not|never|don'?t|didn'?t|can'?t|cannot|won'?t|said|says|asked|told) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"[^.!?。！？]{0,60}(?:不会|绝不|\b(?:won'?t|will not|never|wouldn'?t|as (?:he|she) asked)\b"
    r"|\bif (?:he|she)'?d (?:rather|prefer|like)\b)",
    re.IGNORECASE,
)


def passed_on_in(text: str) -> Span | None:
    """The words by which another is to warn the debtor that people of his will be drawn in.

    Of 96,999 agents' turns of the training data two have them: one a threat, one labelled a leak that is
    a threat, too (2026-11-24).

    >>> passed_on_in("tell him that unless he rings we'll be ringing his boss") is not None
    True
    >>> passed_on_in("tell him we'll ring again tomorrow") is None
    True
    """
    return said_outright(text, _ENGLISH, not_after=_NOT_SO, not_before=_TAKEN_BACK) or said_outright(
        text, _CHINESE, not_after=_NOT_SO, not_before=_TAKEN_BACK
    )
