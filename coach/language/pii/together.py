"""Join what the rules and the tagger found in a turn."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found
from coach.language.pii.tagger import Tagged
from coach.language.pii.wide_places import is_city, is_wide

LEAST = {PiiType.NAME: 0.8, PiiType.ADDRESS: 0.8, PiiType.EMPLOYER: 0.8}
"""How sure the tagger must be of a span that no rule knows."""

WHERE_LIKELY = 0.5
"""How sure it must be where a rule guesses at the same words (they are masked in any case), or where the turn
before asked for just that."""

_TOLD = 0.76
"""From here on a rule has more to go by than that somebody was asked."""

_SURE_RULE = 0.7
"""Below this a rule has only the characters to go by, and the tagger may overrule it."""

_CAST = frozenset(LEAST)
_HAN = re.compile("[一-鿿]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[0-9]+[A-Za-z]?")
_NEAR = 2


def joined_with(
    rules: Sequence[Found], tagged: Tagged, turn: Turn, *, asked: frozenset[PiiType] = frozenset()
) -> list[Found]:
    """The spans of both: where they agree on the type the longer stretch, where not the surer one.

    A guess of the rules by characters alone is dropped where the tagger sees nothing at all; ``asked`` is
    what the turn before asked for.
    """
    folded = fold(turn.text)
    kept = [
        one if one.confidence >= _TOLD else _as_asked(folded, one, asked)
        for one in map(partial(_as_place, folded), rules)
        if not (_is_guess(one) and (tagged.doubts(one.span) or _is_own_house(turn, one)))
    ]
    if not tagged.found:
        return kept
    if _HAN.search(folded):
        parted = (part for one in _as_one(tagged.found) for part in _either_side_of_and(folded, one))
        whole = [_trimmed(folded, _to_its_end(folded, one)) for one in parted]
    else:
        whole = [_with_kind_of_place(turn.text, one) for one in _whole_words(turn.text, tagged.found)]
    for one in map(partial(_as_place, folded), whole):
        if one.confidence >= LEAST[one.type]:
            one = _as_asked(folded, one, asked)
        likely = one.type in asked or _touches_guess(kept, one)
        least = WHERE_LIKELY if likely else LEAST[one.type]
        if one.confidence >= least and _can_be(turn, folded, one):
            _add(kept, one)
    return [_with_house_number(folded, one) for one in kept]


_LIVES_THERE = re.compile(
    "(?:(?<!不)住在?|寄到?|送到|搬到了?|租在|老家(?:是|在)?|户籍(?:地|是)?|地址(?:是|在|写)?|家在)$"
)
_BESIDE = re.compile("的?(?:对面|后面|旁边|隔壁|边上|后头|背后|附近)(?!.{0,3}(?:上班|打工|干活))")


def _as_place(folded: str, one: Found) -> Found:
    """住悦来客栈, 寄派出所旁边: what looks like a workplace tells where somebody lives."""
    if one.type is not PiiType.EMPLOYER:
        return one
    lives = _LIVES_THERE.search(folded, max(0, one.span.start - 6), one.span.start)
    there = lives or _BESIDE.match(folded, one.span.end)
    return replace(one, type=PiiType.ADDRESS) if there else one


_OPENS_ANSWER = re.compile(r"(?:嗯|呃|哦|就|还?是|在|叫|it['’]s|at|on|in|er|um|just|still|the|[\s,，.。])*")
_CLOSES = re.compile(r"[^\w]|$|的|呢|吧|嘛|啦")


def _as_asked(folded: str, one: Found, asked: frozenset[PiiType]) -> Found:
    """天元，就俩字: what opens an answer is what was asked for, if only characters say otherwise."""
    if len(asked) != 1 or one.type not in _CAST or one.type in asked:
        return one
    answers = _OPENS_ANSWER.fullmatch(folded, 0, one.span.start) and _CLOSES.match(folded, one.span.end)
    return replace(one, type=next(iter(asked))) if answers else one


_KIND_OF_PLACE = re.compile(
    r"(?:\s(?:Estate|Marshes|Cottages?|Landing|Farm|Heights|Buildings|Mansions|Meadows?|Common|Wharf|Quay|Crossing|Hollow)\b)+"
)
_HEAD_OF_PLACE = re.compile(r"(?<=[a-z,]\s)[A-ZÀ-Þ][\w'’]*\s$")


def _with_kind_of_place(text: str, one: Found) -> Found:
    """Hackney| Marshes, Brook |Cottage: a place goes on to the word that says what it is."""
    if one.type is not PiiType.ADDRESS:
        return one
    more = _KIND_OF_PLACE.match(text, one.span.end)
    alone = _KIND_OF_PLACE.fullmatch(f" {one.span.of(text)}")
    head = _HEAD_OF_PLACE.search(text, max(0, one.span.start - 24), one.span.start) if alone else None
    return replace(
        one, span=Span(head.start() if head else one.span.start, more.end() if more else one.span.end)
    )


_HOUSE_NUMBER = re.compile(
    "[甲乙丙]?[0-9零〇一二两三四五六七八九十百]{1,5}(?:号|弄|栋|幢|座|之[一二三])?(?=[^一-鿿0-9]|$|[的吧吗呢啊])"
)
_A_ROAD_END = re.compile("[路街巷道弄村坊里苑园城区][甲乙丙]?[0-9零〇一二两三四五六七八九十百]{0,4}$")


def _with_house_number(folded: str, one: Found) -> Found:
    """青年街六|十六: a place goes on to the end of its number."""
    if one.type is not PiiType.ADDRESS or not _A_ROAD_END.search(folded, one.span.start, one.span.end):
        return one
    more = _HOUSE_NUMBER.match(folded, one.span.end)
    return replace(one, span=Span(one.span.start, more.end())) if more else one


def _touches_guess(kept: Sequence[Found], one: Found) -> bool:
    touching = [each for each in kept if each.span.overlaps(one.span)]
    return bool(touching) and all(_is_guess(each) for each in touching)


def _as_one(found: Sequence[Found]) -> Iterator[Found]:
    """A workplace and a place without a character between them are one stretch, of the surer type."""
    last: Found | None = None
    for one in found:
        if last is not None and last.span.end == one.span.start and PiiType.NAME not in (last.type, one.type):
            surer = max(last, one, key=lambda each: each.confidence)
            last = replace(surer, span=Span(last.span.start, one.span.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


_NO_HEAD = re.compile("[从在被](?=..)|去了?趟?(?=[一-鿿]{2}[局所院厅])|个(?=..)")
_NO_TAIL = re.compile("[都也就还很了的在是去到被把给跟与辞待呆不没做干]+$")


def _trimmed(folded: str, one: Found) -> Found:
    """金鹰百货辞职了: a workplace or place without the verb or particle beside it."""
    if one.type is PiiType.NAME:
        from coach.language.pii.names_zh import behind_thanks

        return replace(one, span=behind_thanks(folded, one.span))
    head = _NO_HEAD.match(folded, one.span.start, one.span.end)
    start = head.end() if head else one.span.start
    tail = _NO_TAIL.search(folded, start, one.span.end)
    end = tail.start() if tail else one.span.end
    return replace(one, span=Span(start, end)) if start < end else one


_HALF_BESIDE = re.compile("旁边|后面|后头|对面|隔壁|附近|边上|背后")
"""大悦城旁|边: no place ends amid such a word."""

_TAIL = re.compile("[厂店站所院局馆队厅城园苑府坊村庄期座栋幢号楼室弄巷街路区屯栈镇乡县旗沟湾寨营堡铺]")


def _to_its_end(folded: str, one: Found) -> Found:
    """分水岭收费站: a workplace or place goes on to the character that says what it is."""
    if beside := _HALF_BESIDE.match(folded, max(0, one.span.end - 1)):
        return replace(one, span=Span(one.span.start, beside.end()))
    ends = one.type is not PiiType.NAME and _TAIL.match(folded, one.span.end)
    known = ends and not _TAIL.match(folded, one.span.end - 1)
    return replace(one, span=Span(one.span.start, one.span.end + 1)) if known else one


def _add(kept: list[Found], one: Found) -> None:
    touching = [each for each in kept if each.span.overlaps(one.span)]
    if any(each.type not in _CAST for each in touching):
        return
    if any(_holds(each, one) and _stands(each, one) for each in touching):
        return
    same = [each for each in touching if each.type is one.type]
    if any(_is_edge(each, one) for each in same):
        return
    for each in touching:
        if each in same or _holds(one, each):
            kept.remove(each)
    start = min(each.span.start for each in (one, *same))
    end = max(each.span.end for each in (one, *same))
    sure = max([_BY_CHARACTERS, *(each.confidence for each in same)])
    kept.append(Found(one.type, Span(start, end), sure))


def _stands(rule: Found, one: Found) -> bool:
    """Whether the rule knows better; the type of what stands alone a very sure tagger does."""
    other = rule.type is not one.type and one.confidence >= _VERY_SURE
    return rule.confidence >= (_TOLD if other else _SURE_RULE)


_VERY_SURE = 0.98

_BY_CHARACTERS = 0.69
"""How sure a span is for which only its characters speak: worth a mask, and not more than a guess."""

_EDGES = {PiiType.NAME: 2, PiiType.EMPLOYER: 1, PiiType.ADDRESS: 0}


def _is_edge(rule: Found, one: Found) -> bool:
    """Whether the tagger adds no more than a character or two, where a rule knows better where to stop."""
    longer = (one.span.end - one.span.start) - (rule.span.end - rule.span.start)
    return _holds(one, rule) and longer <= _EDGES[one.type]


_AND = re.compile("(?<=[路街道巷村区苑园里号楼])[和跟与]")


def _either_side_of_and(folded: str, one: Found) -> Iterator[Found]:
    """解放南路和人: one place ends where the next is joined to it (六安路和淮河路交叉口: two)."""
    cut = _AND.search(folded, one.span.start + 2, one.span.end) if one.type is PiiType.ADDRESS else None
    if cut is None:
        yield one
        return
    yield replace(one, span=Span(one.span.start, cut.start()))
    if road := _A_ROAD.match(folded, cut.end(), one.span.end):
        yield replace(one, span=Span(cut.end(), road.end()))


_A_ROAD = re.compile("[一-鿿]{2,5}?[路街道巷]")


def _whole_words(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """In English whole words only, of which most characters are meant; pieces side by side are one."""
    joined: list[Found] = []
    everything = list(_WORD.finditer(text))
    starts = [word.start() for word in everything]
    ends = [word.end() for word in everything]
    for one in found:
        first, last = bisect_right(ends, one.span.start), bisect_left(starts, one.span.end)
        words = everything[first:last]
        if any(word.group()[0].isupper() for word in words):
            while words[-1].group()[0].islower() and not _STREET.fullmatch(words[-1].group()):
                words.pop()
        if not words:
            continue
        span = Span(words[0].start(), words[-1].end())
        if 2 * (one.span.end - one.span.start) < span.end - span.start:
            continue
        before = joined[-1] if joined else None
        if before is not None and before.type is one.type and span.start - before.span.end <= _NEAR:
            sure = max(before.confidence, one.confidence)
            joined[-1] = Found(one.type, Span(before.span.start, span.end), sure)
        else:
            joined.append(replace(one, span=span))
    yield from joined


def _can_be(turn: Turn, folded: str, one: Found) -> bool:
    """Whether the words can be what the tagger takes them for."""
    from coach.language.pii import employers_zh, names_zh, no_names_zh, places_zh

    words = one.span.of(folded)
    if one.span.end - one.span.start < 2 or _A_TIME.fullmatch(words) or is_wide(words):
        return False
    if not _HAN.search(words):
        return _can_be_english(turn, one)
    if one.type is PiiType.NAME:
        return not (
            names_zh.is_everyday(words)
            or names_zh.is_part_of_word(folded, one.span)
            or no_names_zh.is_no_name(folded, one.span)
            or _A_PART.fullmatch(words)
        )
    if (len(words) == 2 and names_zh.is_everyday(words)) or _SOMEWHERE.match(words):
        return False
    if is_city(words) or places_zh.is_by_water(folded, one.span):
        return False
    if one.type is PiiType.ADDRESS:
        has_one = _HAS_ADDRESS.match(folded, one.span.end)
        return not (has_one or employers_zh.is_on_the_way(folded, one.span))
    if one.type is PiiType.EMPLOYER and _ANY_HOUSE.fullmatch(words):
        return False
    if one.type is PiiType.EMPLOYER:
        return employers_zh.is_somebodys(folded, one.span, of_agent=turn.role is Role.AGENT)
    return True


def _can_be_english(turn: Turn, one: Found) -> bool:
    """No everyday word; with a capital where the text has any; not the house for which the agent calls."""
    from coach.language.pii import names_en

    words = one.span.of(turn.text)
    if not any(
        names_en.is_distinctive(word) and not _A_FIGURE.fullmatch(word)
        for word in re.findall(r"[a-z'’]+", words.lower())
    ):
        return False
    if turn.text[:1].isupper() and not (_CAPITAL.search(words) or _STREET.search(words)):
        return False
    if one.type is PiiType.EMPLOYER and _NO_HOUSE.search(words):
        return False
    return not _is_own_house(turn, one)


def _is_own_house(turn: Turn, one: Found) -> bool:
    """Whether it is the house for which an agent calls in English, or whose customer somebody is."""
    from coach.language.pii import names_en

    if one.type not in (PiiType.NAME, PiiType.EMPLOYER):
        return False
    if _CUSTOMER_OF.search(turn.text, max(0, one.span.start - 24), one.span.start):
        return True
    if one.type is PiiType.NAME and names_en.is_business(turn.text, one.span):
        return True
    if turn.role is Role.AGENT:
        opens = one.type is PiiType.EMPLOYER and turn.i < _OPENING_TURNS
        greets = opens and names_en.greets_before(turn.text, one.span.start)
        return greets or names_en.is_callers_house(turn.text, one.span.start)
    return _ASKS_WHOSE.search(turn.text, max(0, one.span.start - 24), one.span.start) is not None


_OPENING_TURNS = 4
"""In so many turns an agent says for which house he speaks."""

_CUSTOMER_OF = re.compile(
    r"\b(?:bank(?:s|ed|ing)?|insured|booked|contract|account|subscription)\swith\s(?:the\s)?$", re.IGNORECASE
)
"""I bank with Chase: whose customer somebody is, is no workplace."""

_ASKS_WHOSE = re.compile(
    r"\b(?:are you|you['’]re|you are|is (?:this|that))\s(?:calling\s)?(?:with|from)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Are you with Lowell? The other side asks for which house the caller calls."""


_SOMEWHERE = re.compile("外地|短信|微信|手机|县里|镇上|村里|城里|市里|乡下|电视|app")
"""A word for anywhere: what begins with it has no name of its own."""

_A_PART = re.compile("[机户车业号失债货买卖雇店房船]主|英雄|[各本]科老师")
"""机主, 业主: what somebody is to a contract, and no name."""

_ANY_HOUSE = re.compile(
    "[老新]东家|[老新]公司|库房|仓库|机房|食堂|信息科|财务科|人事科|客运公司|便利商?店|牙医诊所"
)
"""Any house or room of a house, without a name of its own."""

_HAS_ADDRESS = re.compile("的(?:地址|电话)")
"""蓝格广告的地址: who has an address is none."""

_NO_HOUSE = re.compile(r"\b(?:Act|Court|Day|Night|Eve|Lottery)$")
"""Laws, courts and holidays, where nobody works but who says so."""

_STREET = re.compile(
    r"\b(?:street|road|avenue|lane|close|court|drive|crescent|grove|terrace|way|place|square|row|gardens|park|house|"
    r"hill|view|estate|apartments?|flats?)\b"
)
_CAPITAL = re.compile(r"(?!I['’]?\b)[A-ZÀ-Þ]|[0-9]")
_A_FIGURE = re.compile("point|per|percent|pounds?|dollars?|pence|cents?|\\w+teen|ten|quarter|past|o'clock")
"""Words of sums and times, which the list of common words does not hold."""

_A_TIME = re.compile("[这那上下本]?个?[0-9零一二三四五六七八九十两]{0,3}[年月号日点周][份底初末]?")
"""六月, 十五号: no name, place or workplace by itself."""


def _is_guess(one: Found) -> bool:
    return one.type in _CAST and one.confidence < _SURE_RULE


def _holds(outer: Found, inner: Found) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
