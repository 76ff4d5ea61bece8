"""Names in Mandarin that little but their characters gives away: no cue, no title, perhaps no pause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.given_zh import NOT_CALLED, NOT_GIVEN
from coach.language.pii.lexicon_zh import (
    COMMON_WORDS,
    COMPOUND_SURNAMES,
    DOUBLED,
    GIVEN,
    NOT_IN_NAMES,
    SURNAMES,
    WEAK_SURNAMES,
    is_full_name,
)
from coach.language.pii.spans import Found
from coach.language.words import words

EVERYDAY = NOT_GIVEN | NOT_CALLED | {"首先"}
"""Words of the characters of given names."""

_STRONG = "".join(sorted(SURNAMES - WEAK_SURNAMES))
_ANY = "".join(sorted(SURNAMES))
_GIVEN = "".join(sorted(GIVEN))
_PURE = "".join(
    sorted(SURNAMES - WEAK_SURNAMES - frozenset("付路金单费钟程万周况买张楚高卫白毛段安谈文方江"))
)
"""Surnames that seldom end a word; with two characters of given names behind them nothing else is asked."""

_KIN = "闺女|女儿|儿子|老公|老婆|爸|妈|妹|弟|哥|姐|朋友|同事|邻居|亲戚|对象|徒弟|爱人|孩子|丈夫|妻子|媳妇"
_STOP = '[，。！？、：:；;,.!?…”’"』」）)]'
_HELLO = "你好|您好|早上|上午|中午|下午|晚上|早啊|早安|好啊|好呀"
_BEHIND = rf"{_STOP}|$|\s|吗|吧|先生|女士|小姐|本人|{_HELLO}|是(?:你|您|我)(?:的)?(?:{_KIN})|是谁|是哪"
_GOING_ON = (
    "您|你|我|的|在|欠|打|是|说|占|跟|来|给|也|都|就|他|她|这|那|名|住|听|接|签|拿|能|呢|啊|呀|啦|没|不|"
    "尾|身[份分]|卡|合同|租|有没|先|老|同|号|休|出[差外]|昨|今天|贷|借|拖|叫|让|答应|回来|离职|晚点|[0-9]"
)
_LEFT = (
    "^|(?<=[，。！？：“‘『「,.!?:\\s喂好吗是叫找问跟和您你组部呀啊嗯哦])|(?<=[的员师家客户主贷行])|"
    "(?<=谢谢)|(?<=顾问)|(?<=会计)|(?<=儿子)|(?<=女儿)|(?<=老公)|(?<=老婆)|(?<=老板)"
)
_HOUSE_BEHIND = re.compile(
    "信用|银行|小贷|金融|消费|消金|物流|建材|典当|学院|科技|[车房网]?贷|保险|公司|分期|催收|物业|装饰|广告|"
    "集团|暖通|医院|学校|中学|小学|大学|酒店|[茶牌路街村镇县](?![一-鿿]?[吗吧？])|小区|花园|"
    "广场|大厦|银楼|财务|资产|"
    "服饰|电子|制造|置业|家具|食品|租赁|健身|美容|装修|传媒"
)
_FULL = re.compile(
    rf"(?:{_LEFT})(?P<opened>[{_STRONG}][{_GIVEN}]{{2}})"
    rf"|(?P<closed>[{_STRONG}][{_GIVEN}]{{2}})(?={_BEHIND}|{_GOING_ON})|(?P<bare>[{_PURE}][{_GIVEN}]{{2}})"
    rf"|(?:{_LEFT})(?P<short>[{_STRONG}][{_GIVEN}])(?={_BEHIND}|[您你我在欠打说占跟给他她住听接签尾]|"
    "身[份分]|不在|没来|去了|现在|今天|出[差外]|休假|离职|的(?:电话|手机|座机|号|家人|家属|家长|"
    "贷款|账|欠款))"
)
"""A surname with characters of given names between boundaries, or two of them on one side of a boundary."""

_TWICE = re.compile(
    rf"(?P<surname>[{_ANY}])[一-鿿]{{1,2}}(?P=surname)"
    "(?:先生|女士|小姐|太太|总|经理|老板|老师|师傅|主任|会计|医生|院长|校长|厂长|店长|阿姨|大姐|"
    "大哥|姐|哥|工)"
)
"""方志远方总: the name and at once the way to address its bearer."""

_ALONE = re.compile(
    r"(?:^|[，。！？,.!?：:；;…\s])(?:喂|哎|诶|我|"
    r"我说)?(?P<name>[一-鿿]{2,4}?)(?=[，。！？,.!?：:；;…]|$|吗|收[，。]|是谁|是我的?(?:"
    rf"{_KIN})|吧|是吗|是吧|女士|先生|对吧|啊，|{_HELLO}|[0-9]{{4}})"
)
_OPENING = re.compile(r"(?:[^一-鿿a-z0-9]|喂|哎|诶|嗨|你好|您好|是我|嗯|哦)*")
_AFTER_HOUSE = re.compile(
    "(?:本人|是我|[银分支]行|客服|贷|部|中心|公司|贷后|平台|金融|分期|物业|老婆)[，、]$"
)
_PET = re.compile(
    r"(?:^|[，。！？,.!?\s你您我是的])(?P<name>([一-鿿])\2)"
    r"(?=[啊呀，。！!？?]|[她他在去是的]|妈妈|爸爸|奶奶|最近|今天|昨天|又|吃|这)"
)
_OLD = re.compile(rf"老[{_ANY}](?:头|爷子|太太|大爷|师傅)(?=[，。！？,.!?欠在不说的他还给来今也啊呢]|$)")
_YUE = re.compile(
    rf"(?:^|[，。！？系搵揾喂该下位])(?P<name>[{_STRONG}](?:生|太))(?=[，。！？,.!?呀啊系你唔]|$)"
)
"""陈生, 李太: how Cantonese addresses people."""

_SELF_NICK = re.compile(
    rf"(?:我是|我|这边是|这里是|我这边|[，。])[一-鿿a-z0-9]{{0,14}}?[的，]?(?P<name>[小老][{_ANY}])"
    rf"(?=[，。！？,.!?啊哈呀]|$)"
)
_NOT_NICK = frozenset(
    words(
        "小时 小区 小师 小家 小人 老师 老家 老人 老公 老大 老乡 老牛 小车 老车 小钱 小于 小计 "
        "小单 小包 小费 老区 "
        "老户 小米 小康 小官 小程 小通 小平 小方 小白 小成 小路 老路 小明 老万 小双 小满 老全"
    )
)
_NEVER_NICK = frozenset(words("小区 小时 小师 小家 老赖 老师 老家 老公 老车 小车 老户 小单"))
_SELF = re.compile(r"我是|我这|这边是|这里是|^[喂哎您你好，。！]{0,6}我")
_OF_KIN = re.compile(rf"(?:^|[，。！？,.!?])(?P<name>[{_GIVEN}]{{2}})是(?:你|您|我)(?:的|家)?(?:{_KIN})")
_GIVEN_ONLY = re.compile(
    rf"(?:^|[，。！？,.!?])(?:喂|哎|诶|哦|"
    rf"谢谢)?(?P<called>[{_GIVEN}]{{2}})(?=[，。！？啊呀哦,.!?]|$|不在|在吗|在不在|在家)"
    rf"|(?:{_KIN}|孙子|孙女|侄子|侄女|外甥女?|女婿|室友|房东|同学|"
    rf"表[弟妹哥姐])(?P<kin>[{_GIVEN}]{{2}})(?=[，。！？,.!?在的他她说来去是欠还今吗吧弄办签买借帮拿用]|$)"
    rf"|[找叫跟让告诉问等替帮喊](?P<asked>[{_GIVEN}]{{2}})(?=在|说|来|听|接|吗|，|讲|回|打|本人|"
    rf"呢|借|还|签|商量)"
)
"""雅婷在吗, 你儿子子轩, 叫家豪来听: a given name without the surname."""

_SPELLED = re.compile(
    rf"(?:^|(?<=[，。！？,.!?\s叫是找对户]))(?P<name>(?P<surname>{'|'.join(sorted(COMPOUND_SURNAMES))}|[{_ANY}])[一-鿿]{{1,2}})[，,。\s]{{0,2}}"
    r"[一-鿿]{0,2}(?P=surname)[一-鿿]{0,2}的(?P=surname)(?=[^一-鿿]|$|念|读|[一-鿿]{0,3}的)"
)
"""吕明吕布的吕: somebody tells how the surname is written."""

_NICKNAMED = re.compile(
    "(?:(?:都|大家|人家|别人)(?:喊|叫)我(?P<name>[一-鿿]{2,3}?)(?=[，。,.]|$)|[喊叫]我(?P<called>[一-鿿]{2,3}?)就(?:行|好|成))"
)
"""大家都喊我老猫."""

_PARENT_OF = re.compile(
    rf"(?:^|[，。！？,.!?\s喂是找])(?P<name>小[{_GIVEN}]|(?P<twice>[{_GIVEN}])(?P=twice)|[{_GIVEN}]{{2}})(?:妈妈?|爸爸?|"
    r"奶奶|爷爷|家长)(?=[，。！？,.!?]|$|在|吗|吧|你好|您好)"
)
"""小宇妈妈: how a teacher or neighbour addresses a parent."""

_BIG = re.compile(
    "(?:^|[，。！？,.!?]|[一-鿿]{3})(?P<name>大[军伟强勇明海江龙刚鹏毛壮刘李王张勇力])(?=[，。！,.!?]|$)"
)


def names(folded: str) -> Iterator[Found]:
    """The names of a folded text."""
    yield from _alone(folded)
    yield from _by_characters(folded)
    for match in _TWICE.finditer(folded):
        if match.group()[:2] not in COMMON_WORDS and not NOT_IN_NAMES & set(match.group()[1:3]):
            yield _found(*match.span(), 0.92)
    for match in _GIVEN_ONLY.finditer(folded):
        group = match.lastgroup or "called"
        if match[group] not in NOT_GIVEN | NOT_CALLED and match[group] not in COMMON_WORDS:
            yield _found(*match.span(group), 0.6)
    for match in _OLD.finditer(folded):
        yield _found(*match.span(), 0.8)
    for match in _YUE.finditer(folded):
        yield _found(match.start("name"), match.end("name"), 0.68)
    for match in _PET.finditer(folded):
        if match["name"][0] in DOUBLED:
            yield _found(match.start("name"), match.end("name"), 0.65)
    for match in _NICKNAMED.finditer(folded):
        group = "name" if match["name"] else "called"
        if match[group][0] not in _NO_NICK and match[group] not in NOT_CALLED:
            yield _found(*match.span(group), 0.75)
    for match in _SPELLED.finditer(folded):
        yield _found(*match.span("name"), 0.9)
    for match in _PARENT_OF.finditer(folded):
        if match["name"] not in NOT_GIVEN | NOT_CALLED and match["name"] not in COMMON_WORDS:
            yield _found(match.start("name"), match.end(), 0.68)
    for match in (*_OF_KIN.finditer(folded), *_BIG.finditer(folded)):
        if match["name"] not in NOT_GIVEN and match["name"] not in COMMON_WORDS:
            yield _found(match.start("name"), match.end("name"), 0.66)
    for match in _SELF_NICK.finditer(folded):
        doubtful = match["name"] in _NOT_NICK and not _SELF.search(folded, 0, match.start("name"))
        if match["name"] not in _NEVER_NICK and not doubtful:
            yield _found(match.start("name"), match.end("name"), 0.68)


_NO_NICK = frozenset("还给去来交打找先别不再快赶把等下过早一今明马上走签付写")

_SURE = {"short": 0.64, "bare": 0.6}


def _found(start: int, end: int, sure: float) -> Found:
    return Found(PiiType.NAME, Span(start, end), sure)


def _by_characters(folded: str) -> Iterator[Found]:
    """Names that only their characters give away: 祝晓东是谁, 专员殳敏."""
    at = 0
    while match := _FULL.search(folded, at):
        group = match.lastgroup or "closed"
        name = match[group]
        at = match.start() + 1
        if name[:2] in COMMON_WORDS or name[1:] in NOT_GIVEN or NOT_IN_NAMES & set(name):
            continue
        if group == "bare" and name[2] == "大":
            continue
        if _HOUSE_BEHIND.search(folded, match.start(group) + 2, match.end(group) + 4):
            continue
        at = match.end()
        yield _found(match.start(group), match.end(group), _SURE.get(group, 0.66))


def _alone(folded: str) -> Iterator[Found]:
    """A name that stands by itself between pauses: 杨建国，你儿子…."""
    for match in _ALONE.finditer(folded):
        name = match["name"]
        given = name[2:] if name[:2] in COMPOUND_SURNAMES else name[1:]
        strict = len(name) == 2 or name[0] in WEAK_SURNAMES
        known = set(given) <= GIVEN if strict else bool(set(given) & GIVEN)
        if not is_full_name(name) or not known or given in NOT_GIVEN:
            continue
        start = match.start("name")
        opens = _OPENING.fullmatch(folded, 0, start) or _AFTER_HOUSE.search(folded, max(0, start - 8), start)
        if len(name) > 2 or (opens and name[0] not in WEAK_SURNAMES):
            yield _found(match.start("name"), match.end("name"), 0.7)
