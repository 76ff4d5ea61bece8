"""Harm announced in plain words: few patterns, each aimed at the listener."""

from __future__ import annotations

import re

from coach.domain.time import Span
from coach.language.said_outright import said_outright

_PEOPLE = (
    r"(?:同事|领导|老板|单位|公司|全公司|邻居|亲戚|亲戚朋友|朋友|家里?人|爸妈|父母|全村|全村人|全小区|街坊)"
)
_SOON = r"(?:(?!not\b|never\b)\w+ ){0,3}"
_WILL = r"\b(?:i'?ll|i will|we'?ll|we will|i'?m (?:going to|gonna)|we'?re (?:going to|gonna))"
_HOME = r"your (?:house|home|work|workplace|office|job|door)"
_TOLD = (
    r"(?:everyone|everybody|the whole \w+|(?:all )?your (?:boss|manager|employer|neighbou?rs|colleagues|"
    r"co-?workers|friends|family|mother|mum|mom|father|dad|parents|wife|husband))"
)
_MENACE = re.compile(
    r"(?:带|叫|找|喊)(?:上|着|几个|一帮|一群|两个|些|一车)?(?:人|兄弟|弟兄|小弟)[^，。！？]{0,4}(?:去|到|上)(?:你|您)们?"
    r"(?:家|单位|公司|楼下|门口|店)(?![^，。！？]{0,3}[取送拿签修装量搬])"
    r"|我[^，。！？]{0,6}爆(?:你|您)的?通讯录"
    rf"|(?:让|叫)(?:你|您)们?的?(?:{_PEOPLE}|所有{_PEOPLE})(?:的?人)?(?:们|都|全)+知道"
    rf"|{_WILL} {_SOON}(?:to|at|round|over to|round to) {_HOME},? and (?:\w+ ){{0,2}}tell\b"
    rf"|{_WILL} {_SOON}tell {_TOLD}(?=[,.!?]|$| about| that you| what| how much| you owe)",
    re.IGNORECASE,
)
_HE = (
    r"(?:you|he|she|they|whoever|(?:your|the|that|any) \w+(?: \w+)?(?: (?:that )?(?:you|they) send)?|"
    r"\w+ (?:guys?|man|men|boys?))"
)
_HARM = re.compile(
    r"我[^，。！？]{0,6}(?:(?:弄|打|整|砍|捅)死(?:你|您)|打断(?:你|您)们?的?(?:狗?腿|手))"
    rf"|{_WILL} (?:break your (?:legs?|arms?|neck)|kill you|beat you)\b"
    r"|\b(?:ain'?t|isn'?t|aren'?t|not|won'?t be) (?:gonna be |going to be )?(?:walking|coming) "
    r"(?:back )?(?:out|down)\b",
    re.IGNORECASE,
)
_PLAIN_HARM = re.compile(
    r"\b(?:that'?s|that ain'?t|that isn'?t|it'?s|it ain'?t|it isn'?t|this is|this ain'?t|this isn'?t) "
    r"(?:not |no )?a threat,? (?:no )?(?:it'?s|that'?s|it is|that is|this is) a promise\b"
    r"|\b(?:better|best|gotta|got to|should|ought to|and|so|now|you) watch (?:your|yer) back\b"
    rf"|\b{_HE}(?:'s|'re|'ll be| is| are| will be|'ll| will)? (?:leav|go|com)(?:e|ing|es)? (?:\w+ )?in "
    r"(?:an ambulance|a body ?bag|a (?:wooden |pine )?box|a coffin|a hearse|bandages)\b"
    r"|(?:我|老子)[^，。！？]{0,4}(?:削|揍|砍|捅|抽|弄死|打死)(?:你|您|人)[，,]?信不信"
    r"|信不信(?:我|老子)[^，。！？]{0,6}(?:削|揍|砍|捅|抽|弄死|打死)(?:你|您)"
    r"|(?:想|讨|找)被?(?:揍|扁)(?=[，。！？吧啊是了]|$)"
    r"|\bput a bullet (?:in|through) (?:you|him|her|them|your|his)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"(?:不会?(?![然还给])|不是|不可能|没有?|别|不许|不准)[^，。！？]{0,2}$|[“\"「『‘][^”\"」』’]*$"
    r"|(?:说|骂|喊|写|怕|担心|以为|难道|要是有人|他们|别人|骗子|谁)[^，。！？]{0,8}$"
    r"|\b(?:said|says?|saying|told|not|never|if anyone|afraid|worried|scared|thought)\b[^.!?]*$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"[“\"「『‘][^”\"」』’]*$|(?:他|她|们|有人|同事|客服)[^，。！？]{0,6}(?:说|骂|喊|吼|问)[^，。！？]{0,4}$"
    r"|\b(?:said|says?|saying|told|tells|if anyone|afraid|worried|scared|thought|heard)\b[^.!?]*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[^，。！？,.!?]{0,12}(?:吗|么(?=[，。？！?]|$)|[?？])")


def menace_in(text: str) -> Span | None:
    """The first words of ``text`` by which an agent announces what a debtor fears; None where denied or told.

    >>> menace_in("再不还我就带人去你家"), menace_in("我们不会带人去你家")
    (Span(start=5, end=10), None)
    """
    return said_outright(text, _MENACE, not_after=_NOT_SO, not_before=_ASKED) or harm_in(text)


def harm_in(text: str) -> Span | None:
    """The first words that announce bodily harm, whoever says them; jokers say some of them, too."""
    return said_outright(text, _HARM, not_after=_NOT_SO, not_before=_ASKED)


def plain_harm_in(text: str) -> Span | None:
    """Announced bodily harm that no other trade and no joke puts so.

    >>> plain_harm_in("you better watch your back"), plain_harm_in("he told me to watch your back")
    (Span(start=4, end=26), None)
    """
    return said_outright(text, _PLAIN_HARM, not_after=_REPORTED, not_before=_ASKED)
