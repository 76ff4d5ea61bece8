"""Addresses in Mandarin: chains from a road, a compound or a village down to the room."""

from __future__ import annotations

import re

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found
from coach.language.pii.wide_places import is_city

_N = "[0-9零〇一二两三四五六七八九十百千幺a-z]"
_HAN = "[一-鿿]"
_HOUSE = (
    rf"(?:{_N}{{1,7}}(?:号(?:楼|院|铺|房|门)?|栋|幢|座|单元|室|房|楼|层|门|弄|组|社|队|区|"
    rf"期|巷|排|铺|户|校区|村民组)(?:之[一二三])?(?:[甲乙丙丁东西南北](?:头|侧|户|面)?)?)"
)
_NOT_INSIDE = "(?<![家厂店手嘴群村屋校城网信组哪这那心楼车卡夜房户包队院库信群])"
_ROAD = (
    rf"(?:{_HAN}{{1,8}}(?:大道|大街|[东西南北中]?路|街|胡同|巷|里弄|环路|公路|"
    rf"(?<![知报味频渠通轨])道)(?![理德边口过])(?:[东西南北]段)?)"
)
_ESTATE = (
    rf"(?:{_HAN}{{2,8}}(?:小区|花园|家园|苑|公寓|新村|家属院|家属楼|宿舍楼?|大厦|广场|新城|"
    rf"世纪城|嘉园|华庭|名邸|山庄|国际城|庭院|{_NOT_INSIDE}里|坊|府|邸|湾|大院|东里|西里))"
)
_VILLAGE = (
    rf"(?:{_HAN}{{2,10}}(?:镇|乡|村|屯|庄|社区|街道){_HAN}{{0,8}}?(?:{_N}{{1,3}}(?:组|社|队|"
    rf"号楼?)|村|屯|庄))"
)
_DIGIT = "[0-9零〇一二两三四五六七八九幺]"
_ROOM_NUMBER = rf"(?<=[元栋幢座楼层\s,，、]){_DIGIT}{{3,4}}(?!{_DIGIT}|[十百千万亿年月日号块元个点])"
"""二单元九零三的: a room of which only the number is said."""

_TAIL = (
    rf"(?:(?:附{_N}{{1,3}}号|{_HOUSE}|{_ROOM_NUMBER}|{_ROAD}|{_ESTATE}|后面那栋|地下一?层|[二三四五六七八九十]楼|"
    rf"{_N}{{1,4}}(?=[，。,.！？!?、吧呗对]|$)|[左右]手边|亭子间|家属院|对面|西头|东头|"
    rf"隔断{_N}{{1,2}}|[a-z]座|{_HAN}{{1,3}}排{_N}{{1,3}}号|[东西南北]院|[a-z]座|北门|南门|"
    rf"东门|西门|[a-z]{_N}{{2,4}}))"
)
_ANCHOR = re.compile(
    rf"(?:{_ROAD}{_HOUSE}|{_ESTATE}(?:{_N}{{1,3}}区)?{_HOUSE}|{_VILLAGE}|{_HOUSE}{_HOUSE}|"
    rf"{_ROAD}{_ESTATE}|{_HAN}{{1,6}}[县区市]{_HAN}{{1,6}}(?:街道|镇|乡){_HAN}{{1,6}}(?:路|街|村)|"
    rf"(?:[东西南北]?{_HAN}{{1,6}})(?:路|街|{_NOT_INSIDE}里|道街){_HOUSE})"
)
_MORE = re.compile(rf"[，,、\s]{{0,2}}{_TAIL}")
_CUT = re.compile(
    r"(?:住在|住?址(?:是|在)?|住的?是?|寄到|寄去|寄往|寄|送到|送去|送货去|送|搬到了?|搬去|搬|地址(?:是|嘛|"
    r"填的|写的|在)?[，,]?|家(?:就)?(?:是|在)|现在租在|租在|开在|户口(?:是|在|本)?|位于|"
    r"老家(?:是|在)?|新的是|就那个|那就是|就是|门牌(?:号)?是|"
    r"一般写|写(?:的)?是?|在|到|去|是|从|往|您记一下|我娘家|我家|娘家|租客那间是|厂子|店|"
    r"发票|那个|快递|[您你我他她]们?家?|的)"
)
_PLACE_STOP = frozenset("，。,.！？!?；;：:、…\n ")
_BARE = re.compile(r"^[一-鿿]{1,6}(?:市|省|区|县)$")
_SCHOOL_OR_ROAD = re.compile(
    rf"(?:(?:送(?:孩子|到)|住|在|去|家|到|您店|你家|楼下|"
    rf"单位在)[一-鿿]{{0,4}}?)(?P<it>{_HAN}{{2,6}}(?:大道|大街|路|街|小区|花园|家园|苑|"
    rf"公寓|新村|里)(?:那边|附近|那块|那片|{_N}{{1,4}}号)?)"
)
_ONLY_DAYS = re.compile(
    rf"{_HAN}?(?:(?:{_N}{{1,3}}月份?)?{_N}{{1,3}}号[，、和跟与及]?)+(?:{_N}{{1,2}}[期笔])?"
)
_HAS_HOUSE = re.compile(
    rf"[县区市].{{1,6}}(?:街道|镇|乡).{{1,6}}(?:路|街|村)|{_N}{{1,7}}(?:号|栋|幢|座|单元|室|楼|层|"
    rf"组|社|队|弄|门|房|排)"
)


def addresses(text: str) -> list[Found]:
    """The addresses of a text, down to the last part that was said."""
    folded = fold(text)
    found: list[Found] = []
    at = 0
    while anchor := _ANCHOR.search(folded, at):
        end = _extended(folded, anchor.end())
        start = _start(folded, anchor.start(), anchor.end())
        at = max(end, anchor.end())
        if start < end and _is_address(folded[start:end]):
            found.append(Found(PiiType.ADDRESS, Span(start, end), 0.85))
    return found


def _is_address(words: str) -> bool:
    if len(words) < 5 or _BARE.match(words) or _ONLY_DAYS.fullmatch(words):
        return False
    return _HAS_HOUSE.search(words) is not None


_NEAR = re.compile(
    rf"(?:在|住在?|去|到|附近|，住?)(?P<it>{_HAN}{{2,6}}?(?:路|街|大道|{_NOT_INSIDE}里|苑|小区|花园|家园|"
    rf"新村|公寓|广场)(?!上|费|程|口|边|面)(?:{_N}期)?)(?=那边|附近|那片|那块|那个|那种|"
    rf"那儿|旁边|对面|的，|管理处|东门|西门|南门|北门)"
)
_ESTATE_ALONE = re.compile(
    rf"(?P<it>{_HAN}{{2,4}}?(?:小区|(?:花园|家园|嘉园|新村)小区|花园|家园|嘉园|苑|新村|家属院|"
    rf"家属楼|华庭|名邸|山庄|公馆|豪庭|雅居|公寓)(?:{_N}期)?)"
    rf"(?![一-鿿]?(?:的管家|客服|物业公司|运营))"
)
_STREET_ALONE = re.compile(
    rf"(?:(?:在|到|去|住|住在|过|走|那条|就是|来|从|"
    rf"[，。！？])(?P<it>{_HAN}{{2,4}}?(?:[东西南北中]路|路|街|大道|巷|胡同)))"
    rf"(?=那|的|附近|这|[和与跟][一-鿿]{{2,4}}[路街]|交叉|[，。！？,.!?]|$|[0-9一二三四五六七八九十])"
)
_LIVES = re.compile(
    r"(?:(?<!不)住(?:在|的是)?|老家(?:是|在)?)(?P<it>[一-鿿]{2,6}?(?:湾|城|庭|府|阁|轩|居|园|"
    r"天地|国际|港|岛|墅|郡|厦|"
    r"庄|村|屯|沟|镇|乡|寨|集|营|堡|坪|碧桂园|万科|恒大|保利|绿城|融创|龙湖|万达))"
    r"(?=[吧吗对，。,.？?的那去是就]|$|[0-9一二三四五六七八九十]{1,3}(?:期|栋|号|座|幢|组|队))"
)
_BY = "(?:对面|后面|旁边|附近|隔壁|边上|后头|楼上|背后|门口|底下)"
_LANDMARK = "(?:[宫院站局所场馆校厂桥门塔楼寺庙园]|大厦|中心|公司)"
_LIVES_BY = re.compile(
    rf"(?:住(?:在|的)?|家就?在|租在)(?P<it>[一-鿿]{{1,7}}?{_LANDMARK})(?={_BY})"
    rf"|在(?P<there>[一-鿿]{{2,7}}?{_LANDMARK})(?={_BY}(?:那边)?(?:租|住|摆摊|开店|开了))"
)
"""住在人民医院对面: a landmark tells where somebody lives."""

_ANY_LANDMARK = re.compile(
    "^(?:菜市场|火车站|汽车站|客运站|高铁站|地铁站|公交站|加油站|派出所|幼儿园|电影院|体育馆|图书馆|医院|学校|"
    "[一-鿿]?(?:公园|工厂|市场|公司|小学|中学|大学|大楼|酒店))$|[你您我他她那这哪个的们]"
)
_NO_HOME = re.compile(r"县城|省城|邻居|同居|公园|校园|[你您我他她的个哪那这]|老家|外地|农村|乡下|对面|隔壁")
_NO_STREET = re.compile(
    r"[上小马公铁网线道思出套半后活死绝头老走赶同顺带电条段家之大满过逛这那哪的了么个种](?:路|"
    r"街)$|^[零一二三四五六七八九十百0-9]+路$|高速路|步行街|回家|多条|"
    r"一路|末路|陌路|退路|门路|财路|去路|来路|正路|邪路|山路|水路|旱路|夜路|[你您我他她们不没就都也还要会能]"
)
_NO_ESTATE = re.compile(
    r"^[一-鿿]{0,2}?[个的址你您我他她这那哪们家些某每好区整住在去到来里了吗是和跟租装修](?:小区|"
    r"公寓|花园|家园)|^(?:长租|青年|单身|"
    r"人才|酒店式|白领|学生|员工|普通|高档|老旧|封闭|隔壁|同一|附近|全部|精神|共同|美好|幸福的)"
)
_SCHOOL = re.compile(
    rf"(?:在|去|到|送到|接|读|上|念)(?P<it>{_HAN}{{2,7}}?(?:小学|中学|幼儿园)|{_HAN}{{0,7}}?(?:"
    rf"实验[一二三]?小|[一二三]小|[一二三]中|托儿所))(?=[^，。]{{0,8}}(?:吧|读|接|上学|"
    rf"东门|西门|门口|放学|班|的|，|。|？|$))"
)
_OF_CHILD = re.compile(r"孩子|儿子|女儿|闺女|小孩|小家伙|接送|放学|上学|宝宝|娃|孙子|孙女|阿嬷|年级|学生")
_SCHOOL_FIRST = re.compile(
    rf"(?:^|[，。？！])(?P<it>{_HAN}{{2,6}}(?:小学|中学|幼儿园))[，、]?(?:[一二三四五六初高]年级|"
    rf"[一二三四五六大中小]班)"
)
_UNNAMED = re.compile("[哪那这个的什]")
_ROOM = re.compile(
    rf"(?:^|[，。\s是住])(?P<it>(?:[0-9一二三四五六七八九十]{{1,3}}(?:号楼|栋|幢|座)|"
    rf"[七八九一二三四五六十]{{1,3}}楼之)(?:{_N}{{1,3}}单元)?(?:{_N}{{1,4}}(?:室|号|"
    rf"房)?))(?=[，。,.的？?]|$)"
)


def hints(text: str) -> list[Found]:
    """Places that tell where somebody lives or a child goes to school, without a house number."""
    folded = fold(text)
    found = [
        Found(PiiType.ADDRESS, _behind_lead(folded, *match.span("it")), 0.62)
        for match in _NEAR.finditer(folded)
    ]
    found += [Found(PiiType.ADDRESS, Span(*match.span("it")), 0.65) for match in _ROOM.finditer(folded)]
    for pattern, vetoed in ((_ESTATE_ALONE, _NO_ESTATE), (_STREET_ALONE, _NO_STREET)):
        found += [
            Found(PiiType.ADDRESS, _behind_lead(folded, *match.span("it")), 0.6)
            for match in pattern.finditer(folded)
            if not vetoed.search(match["it"])
            and not vetoed.search(_behind_lead(folded, *match.span("it")).of(folded))
            and not _OF_CALLER.search(folded, 0, match.start("it"))
        ]
    found += [
        Found(PiiType.ADDRESS, Span(*match.span("it")), 0.66)
        for match in _LIVES.finditer(folded)
        if not (_NO_HOME.search(match["it"]) or is_city(match["it"]))
    ]
    for match in _LIVES_BY.finditer(folded):
        group = "it" if match["it"] else "there"
        if not _ANY_LANDMARK.search(match[group]):
            found.append(Found(PiiType.ADDRESS, Span(*match.span(group)), 0.64))
    if _OF_CHILD.search(folded):
        found += [
            Found(PiiType.ADDRESS, Span(*match.span("it")), 0.88)
            for match in (*_SCHOOL.finditer(folded), *_SCHOOL_FIRST.finditer(folded))
            if not _UNNAMED.search(match["it"])
        ]
    return found


_OF_CALLER = re.compile("(?:我是|这里是|这边是|我们是|我这边是)[一-鿿]{0,6}$")


def _behind_lead(folded: str, start: int, end: int) -> Span:
    """Without the word that leads into the place, as long as two characters and a suffix are left."""
    lead = max((cut.end() for cut in _CUT.finditer(folded, start, end - 3)), default=start)
    return Span(min(lead, end - 3), end)


def _extended(folded: str, end: int) -> int:
    while more := _MORE.match(folded, end):
        end = more.end()
    return end


_LARGER = re.compile(r"(?:[市区县镇乡]|园|院|广场|对面|街道|路|大道|新区|开发区)[，,]$")


def _start(folded: str, start: int, end: int) -> int:
    """Back to the last stop, then behind the last word that leads into an address."""
    floor = max(0, start - 20)
    begin = start
    while begin > floor and _is_part(folded, begin):
        begin -= 1
    cut = begin
    for lead in _CUT.finditer(folded, begin, end):
        if lead.end() <= start + 6 and lead.end() - lead.start() > 0:
            cut = lead.end()
    return cut


def _is_part(folded: str, begin: int) -> bool:
    """Whether the character in front still belongs to the chain; a larger place may end in a comma."""
    before = folded[begin - 1]
    return before not in _PLACE_STOP or _LARGER.search(folded[max(0, begin - 4) : begin]) is not None


_BY_WATER = re.compile("[一-鿿]{1,3}(?:[湖海江河溪滩](?:边上?|旁边?|畔)?|山(?:脚下|上)?)")
_SHORE = re.compile("(?:边|旁|畔|脚下)")


def is_by_water(folded: str, span: Span) -> bool:
    """洱海边, 黄山脚下: a lake or a mountain is too wide for an address, unless somebody lives there."""
    if not _BY_WATER.fullmatch(folded, span.start, span.end):
        return False
    shore = _SHORE.search(folded, span.start, span.end + 2)
    return shore is not None and not _LIVES_BY_WATER.search(folded, max(0, span.start - 3), span.start)


_LIVES_BY_WATER = re.compile("(?:(?<!不)住在?|家在)$")
