"""Number plates, user names and codes of letters with digits."""

from __future__ import annotations

import re

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CHAR = r"[a-z0-9零〇一幺二三四五六七八九两]"
_ZH_PLATE = re.compile(
    rf"[{_PROVINCES}]\s?[a-hj-np-z][\s·.,，、\-]{{0,2}}{_CHAR}(?:[\s·,，]{{0,2}}{_CHAR}){{3}}"
    rf"(?:[挂学警港澳领]|(?:[\s·,，]{{0,2}}{_CHAR}){{1,2}}(?![a-z0-9零一幺二三四五六七八九十百千万]))"
)
_PLATE_CUE = re.compile(
    r"plates?|registration|\breg\b|tag number|\btag\b|licen[cs]e plate|number plate|jeep|"
    r"transit|\bvan\b|\brig\b|truck|civic|car\b|fiesta|corolla|ford|toyota|honda|"
    r"车牌|牌照|牌号|车号|车尾|(?:车子|摩托|机车|轿车|货车)(?:是|的?牌)"
)
_UK_PLATE = re.compile(r"\b[a-z]{2}[0-9]{2}\s?(?!(?:one|two|six)\b)[a-z]{3}\b")
"""CF14 six is no plate: a postcode goes on behind it."""

_US_PLATE = re.compile(r"\b(?:[0-9][a-z]{3}[0-9]{3}|[a-z]{3}[\s-]?[0-9]{3,4})\b")
_TW_PLATE = re.compile(
    r"(?<![a-z0-9])(?:[a-z]{2,3}[-\s]?[0-9零幺一二三四五六七八九]{4}|"
    r"[0-9]{4}-?[a-z]{2})(?![a-z0-9零幺一二三四五六七八九])"
)
_NATO = (
    "alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet|juliett|kilo|"
    "lima|mike|november|oscar|papa|"
    "quebec|romeo|sierra|tango|uniform|victor|whiskey|whisky|x-ray|xray|yankee|zulu"
)
_NATO_WORD = re.compile(rf"\b(?:{_NATO})\b")
_DIGIT_WORD = "zero|oh|one|two|three|four|five|six|seven|eight|nine|[0-9]"
_TENS_WORD = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?"
)
_SPELLED = re.compile(
    rf"\b(?:(?:{_NATO}|{_TENS_WORD}|[a-z]|{_DIGIT_WORD}|(?:double|"
    rf"triple)\s(?:{_DIGIT_WORD}))(?:[\s,\-]{{1,2}}|(?=\b))){{5,14}}"
)
_LETTERED = re.compile(
    rf"(?<!['’])\b(?:[a-z](?:[\s\-]{{1,2}}|(?=[0-9]))){{1,3}}(?:(?:dash|"
    rf"hyphen)\s)?(?:(?:{_DIGIT_WORD}|double\s(?:{_DIGIT_WORD})|triple\s(?:{_DIGIT_WORD})|"
    rf"[0-9]{{1,6}})"
    rf"[\s,\-]{{0,2}}(?:dash\s)?){{4,14}}(?:\s?[a-z]\b)?"
)
_EN_ID_CUE = re.compile(r"national insurance|\bni\b|licen[cs]e|state id|passport|p60|\bid\b|social")
_EN_ACCOUNT_CUE = re.compile(r"account|loan number|policy number|membership|customer number|meter id|patient")
_NI = re.compile(r"\b[a-z]\s?[a-z],?\s?(?:[0-9]{2}\s?){3}[a-d]\b")
_NI_SPOKEN = re.compile(
    rf"\b(?P<it>[a-z]\s?[a-z][\s,]{{1,2}}(?:(?:{_DIGIT_WORD})[\s,\-]{{1,2}}){{6}}[a-d])\b"
)
_PASSPORT = re.compile(
    r"(?:护照|旅行证|通行证)(?:号码?)?[是为:：,，\s]{0,3}(?P<it>[a-z]{1,2}[0-9零〇一幺二三四五六七八九]{7,8})(?![0-9a-z])"
)
_HANDLE_CUE_ZH = re.compile(
    r"(?:微信号?|(?<![a-z])qq号?|支付宝|登录名|用户名|账号|帐号|钱包号?|快手|抖音|直播|"
    r"淘宝|小红书|微博|户号|(?<![a-z])id(?![a-z])|会员|(?<![a-z])line(?=\s?(?:id|的|是|叫|号)))"
    r"(?:那个号|搜索?|号|叫|名|的)?[是为:：,，\s]{0,3}(?:加|搜)?\s?"
)
_HANDLE = re.compile(
    r"(?=[a-z0-9一-鿿_\-]*[a-z0-9零一二三四五六七八九幺])(?:[a-z0-9_\-]|[下中]?[划横]线|下?底线|横杠|减号|"
    r"[零幺一二三四五六七八九]){4,30}(?![a-z0-9@])"
)
_MIXED_HANDLE = re.compile(r"[一-鿿]{2,6}(?=[0-9])[0-9]{2,6}(?![0-9年月日号块元个])")
_EN_HANDLE = re.compile(
    r"\b(?:login|user\s?name|handle|screen name|cash app|venmo|paypal|instagram|snapchat|"
    r"zelle)(?:'s| is| was|:)\s(?P<it>[$@]?[a-z0-9][a-z0-9_.\-]{3,30})\b"
)
_CASHTAG = re.compile(r"\$[a-z][a-z0-9_]{3,25}\b")
_ACCOUNT_AFTER = re.compile(
    r"(?:户号|账号|帐号|账户|户头|卡号|缴费号|客户号|会员号|编的号|号码|"
    r"宽带)[是为:：,，\s]{0,2}(?P<it>[a-z]{0,4}[0-9零幺一二三四五六七八九]{3,}[a-z0-9零幺一"
    r"二三四五六七八九]{2,20})"
)


def plates(text: str) -> list[Found]:
    """The number plates of a text."""
    folded = fold(text)
    found = [
        Found(PiiType.PLATE, _trimmed(folded, *match.span()), 0.96) for match in _ZH_PLATE.finditer(folded)
    ]
    if _PLATE_CUE.search(folded) or len(folded) < 80:
        found += [Found(PiiType.PLATE, Span(*match.span()), 0.9) for match in _UK_PLATE.finditer(folded)]
    if _PLATE_CUE.search(folded):
        for pattern in (_US_PLATE, _TW_PLATE):
            found += [Found(PiiType.PLATE, Span(*match.span()), 0.88) for match in pattern.finditer(folded)]
        found += [
            Found(PiiType.PLATE, _trimmed(folded, *match.span()), 0.85)
            for match in _SPELLED.finditer(folded)
            if _has_both(match.group())
        ]
    found += [
        Found(PiiType.PLATE, _trimmed(folded, *match.span()), 0.9)
        for match in _SPELLED.finditer(folded)
        if len(_NATO_WORD.findall(match.group())) >= 4 and _has_both(match.group())
    ]
    return found


def _has_both(spelled: str) -> bool:
    """Letters and digits: a plate, and not a phone or a word that is spelled."""
    parts: list[str] = re.findall(r"[a-z\-]+|[0-9]", spelled)
    letters = [part for part in parts if part != "o" and re.fullmatch(rf"{_NATO}|[a-z]", part)]
    tens = sum(re.fullmatch(_TENS_WORD, part) is not None for part in parts)
    return len(letters) >= 2 and len(parts) - len(letters) + tens >= 2


def identity_codes(text: str) -> list[Found]:
    """Licence, insurance and other identity numbers that hold letters."""
    folded = fold(text)
    found = [Found(PiiType.ID_NUMBER, Span(*match.span()), 0.95) for match in _NI.finditer(folded)]
    found += [
        Found(PiiType.ID_NUMBER, Span(*match.span()), 0.93)
        for match in re.finditer(
            r"(?<![a-z0-9])[a-z][12一二两][0-9零〇一幺二两三四五六七八九]{8}(?![0-9零一幺二三四五六七八九])|"
            r"(?<![a-z0-9])[a-z][0-9]{6}(?:\([0-9a]\)|[，,]?括号[0-9a])",
            folded,
        )
    ]
    found += [
        Found(PiiType.ID_NUMBER, Span(*match.span("it")), 0.95)
        for pattern in (_PASSPORT, _NI_SPOKEN)
        for match in pattern.finditer(folded)
    ]
    for match in _LETTERED.finditer(folded):
        before = folded[max(0, match.start() - 36) : match.start()]
        span = _trimmed(folded, *match.span())
        if _EN_ID_CUE.search(before):
            found.append(Found(PiiType.ID_NUMBER, span, 0.97))
        elif _EN_ACCOUNT_CUE.search(before[-24:]):
            found.append(Found(PiiType.ACCOUNT, span, 0.96))
    return found


def handles(text: str) -> list[Found]:
    """User names and accounts that are no mere digits."""
    folded = fold(text)
    found = [
        Found(PiiType.ACCOUNT, Span(match.start("it"), match.end("it")), 0.92)
        for match in (*_EN_HANDLE.finditer(folded), *_ACCOUNT_AFTER.finditer(folded))
    ]
    found += [Found(PiiType.ACCOUNT, Span(*match.span()), 0.9) for match in _CASHTAG.finditer(folded)]
    for cue in _HANDLE_CUE_ZH.finditer(folded):
        if handle := _HANDLE.match(folded, cue.end()):
            found.append(Found(PiiType.ACCOUNT, _trimmed(folded, *handle.span()), 0.9))
        elif named := _MIXED_HANDLE.match(folded, cue.end()):
            found.append(Found(PiiType.ACCOUNT, Span(*named.span()), 0.85))
    return found


def _trimmed(folded: str, start: int, end: int) -> Span:
    words = folded[start:end]
    return Span(start + len(words) - len(words.lstrip(" ,-")), end - (len(words) - len(words.rstrip(" ,-"))))
