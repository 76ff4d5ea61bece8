"""E-mail addresses, written or spoken: a点b艾特一六三点com, "j dot doe at gmail dot com"."""

from __future__ import annotations

import re

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found

_ZH_ATOM = r"[a-z0-9零一幺二三四五六七八九_.\-]"
_ZH_JOIN = r"(?:点|[下中]?[划横]线|下?底线|下?[短横]杠|减号|杠)"
_ZH_AT = r"[\s,，]{0,2}(?:@|艾特|圈[aA]|小老鼠)[\s,，]{0,2}"
_ZH_AT_OR_ENGLISH = rf"(?:{_ZH_AT}|\sat\s)"
_ZH_HOUSE = r"(?:新浪|网易|搜狐|雅虎|谷歌|阿里|腾讯)"
_ZH_DOT = r"[\s,，]?(?:点|\.)\s?"
_ZH_TOP = r"(?:com|cn|net|org|康姆|com\.cn|example|tw|hk|edu|gov|co|io|me)"
_ZH = re.compile(
    rf"(?<![a-z0-9])(?:[a-z][\s、,，\-]{{1,2}}){{0,12}}(?:{_ZH_ATOM}|\s?{_ZH_JOIN}\s?(?=[a-z0-9零一幺二三四五六七八九])){{1,50}}"
    rf"{_ZH_AT_OR_ENGLISH}(?:{_ZH_HOUSE}|{_ZH_ATOM}(?:{_ZH_ATOM}|{_ZH_JOIN}){{0,30}}?){_ZH_DOT}{_ZH_TOP}(?:{_ZH_DOT}(?:cn|tw|hk))?(?![a-z])"
)
_NO_ATOM_BEFORE = r"(?<![a-z0-9._%+\-])"
_AT_HOST = r"@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4}"
_WRITTEN = re.compile(rf"{_NO_ATOM_BEFORE}[a-z0-9._%+\-]{{1,64}}{_AT_HOST}")
_JOINED = re.compile(rf"{_NO_ATOM_BEFORE}[a-z0-9]{{1,30}}(?:{_ZH_JOIN}[a-z0-9]{{1,30}}){{1,3}}{_AT_HOST}")
"""wang下划线1990@qq.com"""

_ZH_PARTIAL = re.compile(
    rf"[a-z0-9_.\-]{{2,40}}(?:\s?{_ZH_JOIN}\s?[a-z0-9]{{1,20}}){{0,3}}{_ZH_AT}[a-z0-9零一幺二三"
    rf"四五六七八九]{{2,12}}(?![a-z])"
)
_DOT = r"\s(?:dot|point|underscore|hyphen|dash)\s"
_EN_AT = re.compile(
    rf"\b(?:the\s)?[a-z0-9]{{1,30}}(?:{_DOT}[a-z0-9]{{1,30}}){{0,4}}\sat\s[a-z0-9]{{1,30}}("
    rf"?:\s[a-z0-9]{{1,20}})?(?:{_DOT}[a-z0-9]{{1,30}}){{0,2}}\sdot\s"
    r"(?:com|net|org|co dot uk|co|uk|example|edu|gov|io|me|ca|au|ie)\b"
)
_MIXED = re.compile(r"\b[a-z0-9._\-]{1,40}\sat\s[a-z0-9\-]{1,30}(?:\.[a-z0-9\-]{1,20}){1,3}\b")


def emails(text: str) -> list[Found]:
    """The addresses of a text."""
    folded = fold(text)
    if "@" not in folded and not any(word in folded for word in ("艾特", " at ", "小老鼠", "圈a")):
        return []
    patterns = (
        (_JOINED, 0.995),
        (_WRITTEN, 0.99),
        (_ZH, 0.97),
        (_ZH_PARTIAL, 0.85),
        (_EN_AT, 0.96),
        (_MIXED, 0.9),
    )
    return [
        Found(PiiType.EMAIL, _from_its_start(folded, _trimmed(folded, Span(*match.span()))), sure)
        for pattern, sure in patterns
        for match in pattern.finditer(folded)
    ]


_SPOKEN_DIGITS = (
    r"zero|oh|o|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|[0-9]+|[零一幺二三四五六七八九]+"
)
_SPELLED_BEFORE = re.compile(rf"(?:(?<![a-z0-9_'’])(?:[a-z]|{_SPOKEN_DIGITS})[\s\-]{{1,2}})+$")
_FIGURE_FIRST = re.compile(rf"(?:{_SPOKEN_DIGITS})(?![a-z])")
_WORD_BEFORE = re.compile(
    r"(?<![a-z0-9_'’])(?!(?:is|it's|it|at|to|me|on|my|the|and|for|mail|email|e-mail|address|that's|send|use|try|yes|yeah|no)\s)"
    r"(?:[a-z]{2,20}\s(?:dot|underscore|hyphen|dash)\s)*[a-z]{2,20}\s$"
)


_LONGEST = 80
"""Characters that the part in front of the at is looked for in."""


def _from_its_start(folded: str, span: Span) -> Span:
    """T h o m at icloud dot com, mike forty one at…: letters, figures and the word in front belong to it."""
    before = _SPELLED_BEFORE.search(folded, max(0, span.start - _LONGEST), span.start)
    start = before.start() if before else span.start
    if _FIGURE_FIRST.match(folded, start):
        word = _WORD_BEFORE.search(folded, max(0, start - _LONGEST), start)
        start = word.start() if word else start
    return Span(start, span.end)


_ASKS = re.compile(r"邮箱|信箱|邮件|e-?mail|伊妹儿")
_ATOMS = r"[a-z0-9_.\-]"
_LOCAL_LAST = re.compile(
    rf"(?:^|[^a-z0-9])(?P<it>(?:{_ATOMS}{{1,40}}(?:\s?{_ZH_JOIN}\s?|{_DOT})){{1,4}}{_ATOMS}{{1,40}}|{_ATOMS}{{3,40}})"
    r"[\s.,，。]*$"
)
_HOUSE_FIRST = re.compile(
    r"^(?:嗯|呃|然后|后面是?|and|then|[\s,，.])*(?P<it>(?:@|艾特|圈a|小老鼠|at\s)\s?[a-z0-9零一幺二三四五六七八九\-]{2,20}"
    rf"(?:{_ZH_DOT}|\sdot\s){_ZH_TOP})(?![a-z])"
)


def over_turns(before: str, text: str, *, asked: str) -> tuple[Span, Span] | None:
    """Both parts of an address that is said in two turns: "fanglin99" and "艾特126点com".

    ``asked`` is what was said before that: only where an address is spoken of is the first part one.
    """
    house = _HOUSE_FIRST.search(fold(text))
    local = _LOCAL_LAST.search(fold(before)) if house else None
    if house is None or local is None or not _ASKS.search(fold(asked + before)):
        return None
    return Span(*local.span("it")), Span(*house.span("it"))


def _trimmed(folded: str, span: Span) -> Span:
    """Without blanks, stops or a joining word at the ends."""
    words = span.of(folded)
    start = len(words) - len(re.sub(r"^[\s.,，\-]+", "", words))
    return Span(span.start + start, span.start + len(words.rstrip(" .,，-")))
