"""Names of persons in Mandarin: by surname, title and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii import names_zh_open, names_zh_told
from coach.language.pii.lexicon_zh import (
    COMMON_WORDS,
    COMPOUND_SURNAMES,
    GIVEN,
    LONG_TITLES,
    NOT_IN_NAMES,
    SURNAMES,
    TITLES,
    WEAK_SURNAMES,
    is_full_name,
)
from coach.language.pii.no_names_zh import is_no_name, surnames_with_sound
from coach.language.pii.spans import Found
from coach.language.pii.wide_places import is_within_city
from coach.language.words import words

_COMPOUND = "|".join(sorted(COMPOUND_SURNAMES))
_SURNAME = f"(?:{_COMPOUND}|[{''.join(sorted(SURNAMES))}])"
_TITLED = re.compile("|".join(sorted(TITLES, key=len, reverse=True)))
_NOT_TITLE = re.compile(
    "师傅没|师傅说|同学(?=和|的家长)|工(?:号|资|单|作|厂|程|地|友|人|行|具|商|信|伤|头|"
    "期|钱|种|龄|会|业|费|本|夫|序|装|艺|时|匠|段)|律师(?:函|费|信)|总(?:公司|部|额|共|"
    "的|是|数|之|行|得|要|体|价|计|台|监|款|结|店|会|不|还|说|想|归|有|让|在|觉|能|可)|"
    "董事会|导(?:致|出|航|师|游|购|入)|妈呀|妈的|爷们|姨妈|妹儿|会计(?:师|法|所)|"
    "老师(?:傅)|同学会|哥(?:们|俩)|姐(?:妹|夫)|大哥大|爸妈|妈妈的|护士站|经理(?:部|室)"
)
_LEFT_OK = re.compile(
    r"(?:^|[^一-鿿]|"
    r"[是系叫找问给跟和与让请替喊对把被的得了们我你您他她这那位吗啊哦喔喂哎诶嘿嗯好有着等来说声位换表"
    r"个就欠见管姓到在边方面人里去还也不没陪帮由归道里过用嘞呀吧呢啦咧喽下]|机主|户主|"
    r"本人|因为|认识|记得|告诉|麻烦|转告|谢谢|感谢|拜托|联系|通知|儿子|女儿|老公|老婆|"
    r"弟弟|哥哥|"
    r"姐姐|妹妹|房东|同事|客服|顾问|班主任|主任|车主|卡主|屋主|业主|客户|学员|家属|员工)$"
)
_NICK_STOP = re.compile(
    "小(?:时|区|孩|姐|额|贷|票|事|心|吃|店|伙|数|于|说|米|平(?:方|台)|学|组|朋|子|本|微|"
    "程|橙|康|型|计|商|城|镇|路|木|白(?:条|菜)|费|钱|金(?:额|库)|任|卡|明白|常|高(?:层|"
    "考|利)|花|众|家|件|块|包|车|兄|弟|妹|哥|狗|猫|鸡|鱼|鸟|猪|题|工|气|声|红(?:书|包)|"
    "绿|黄(?:车|鱼)|蓝车|字|样|时候|长假|规模|聪明|便宜|意思|儿子|女孩|男孩|丫头|姑娘|"
    "年轻|日子|买卖|作坊|结|雪(?:天)?|雨(?:天)?|年|满|暑|寒|熊(?:猫)?|肥|程序|视频|老板|"
    "公司|姨|叔|婶|爷|舅|姑|嘴|腿|手|脸|病|伤|"
    "份|片|段|步|费|生意|老(?:弟|妹|头)|月(?:份)?)|"
    "老(?:师|板|婆|公|家|人|大|百|实|乡|赖|是|样|早|总|爷|奶|太|头|了|底|天|妈|爸|伴|年|"
    "本|房|账|客|户|规|毛病|高(?:了|的)|关(?:系|着|机)|包|路|万|石(?:头)|连|解|同|朋|丈|"
    "汉|外|爹|娘|话|号|街|城|马(?:路)|少|子|几|兄|弟|哥|姐|远|长|友|老|小|鼠|虎|鹰|屋|楼|"
    "房|区|旧|字|式|套|电|手|用户|员工|老板|给|让|不|要|打|催|拖|说|在|想|能|得|被|叫|欠|"
    "还|没|花|坏|牌|款|"
    "账|主顾|主|胃|毛|严|时候|油|醋|姜(?:汤)?|白(?:干|姓))|"
    "阿(?:姨|婆|伯|公|嬷|弟|妹(?!，)|里|哥|姐|叔|妈|爸|的|啊|拉|嫲|奶|爷|胶|是|我|你|不|"
    "一|对|这|那|好|没|嬤|嫂|舅|姑|祖|甘|飘|斗|谀|附)"
)
_PLAIN = SURNAMES - WEAK_SURNAMES | frozenset("包费路毛解高金万米康柏温")
_NUMBERED = re.compile(rf"(?:{_SURNAME})?老[二三四五六七八幺](?=[，。！？,.!?在是的他她有不那]|$)")
_NICK = re.compile(rf"(?P<prefix>[小老])(?P<surname>{_COMPOUND}|[一-鿿])")
_A_NICK = re.compile(r"阿(?P<any>[一-鿿]|[a-z]{2,8})(?P<title>哥|姐|叔|嫂|妹)?")
_NICK_RIGHT = re.compile(
    r"[^一-鿿a-z]|$|"
    r"[你您我他她在说跟给来这那啊呀哦喔吧吗呢是打找就也都和接帮不今昨明先去总要想会已还哥姐"
    r"同经有叫把啦咧嘞呗带电早走的]|一起|妈妈|爸爸|上次|上回|刚才|态度"
)
_NICK_END = re.compile(r"[^一-鿿]|$|[啦啊呀吧吗呢不]")
_SURNAME_BEFORE = re.compile(f"(?:^|[，。！？,.!?\\s是叫找])[{''.join(sorted(SURNAMES - WEAK_SURNAMES))}]$")
"""聂|小倩: no nickname, a given name that begins with 小."""

_SAID_NICK = re.compile("我叫(?P<name>[小老阿][一-鿿])(?=[，。,.]|$|就)")
_SAID_BADGE = re.compile(f"的(?P<surname>[{''.join(sorted(SURNAMES))}])(?=[，,]工号|。咱|[，,]您)")
_STRONG_CUE = re.compile(
    r"(?:(?:我|他|她|本名|大名|小名|就|老婆|老公|儿子|女儿|闺女|丈夫|妻子|前夫|前妻|媳妇|"
    r"弟弟|妹妹|哥哥|姐姐|爸|妈|孩子|孩子他爹|朋友|同事|室友|担保人|介绍人|负责人|有个|"
    r"有位|名字|身份证上|户口本上|一位|一个)叫(?:做|作)?|名叫|"
    r"姓名(?:是|叫|为)?|名字(?:是|叫)?|户主(?:写的)?(?:是)?|户名(?:是|叫)?|机主(?:是|叫)?|"
    r"收件(?:人)?(?:的)?(?:是|写的?)?|联系人(?:是|叫|填的)?|大名|签字的是|法人(?:是|叫)?|"
    r"敝姓|真名|汉名|曾用名|登记的(?:是|名字是)?)[，,：:是]?\s?"
)
_WEAK_CUE = re.compile(
    r"(?:我说|我系|我叫|找错|请问(?:您|你)?(?:是|系|找)?|您(?:是|就是)|你(?:就)?是|我(?:就|这边)?是|"
    r"我|这(?:是|里是|边是)|这里|是不是|喂[，,]?|麻烦(?:叫|让|转告)?|转告|告诉|跟|和|让|"
    r"替|叫(?:一下)?|喊|由|还有|联系|认识|等|不是|是|本人|现在是|"
    r"组|部|的(?=.{2,3}(?:[，,。！!？?]|$|的名|先生|女士|小姐)))\s?"
)
_RELATION_CUE = re.compile(
    "找一?下|找|麻烦找|主任|老板|支书|家属|员工|专员|客户|顾问|医助|[前未]?[夫妻]|"
    "岳[父母]|客服|会计|店主|学员|车主|卡主|屋主|业主|[二三大小]?[舅叔姨姑]|儿子|女儿|"
    "闺女|老公|老婆|弟|哥|姐|妹|爸|妈|侄子|女婿|老师|同事|同学|室友|担保人|朋友|邻居"
)
_BODY = re.compile(rf"(?:{_COMPOUND})[一-鿿]{{1,2}}|{_SURNAME}[一-鿿]{{1,2}}")
_RIGHT = re.compile(
    r"$|[^一-鿿]|本人|先生|女士|小姐|吗|吧|么|在(?!线)|不|是|您|你|的|呢|啊|呀|哦|喔|嘛|"
    r"没|这|那|有|接|他|她|我|和|跟|就|也|现在|今天|还|已|老师|师傅|同学|欠|借|拖|来|到|"
    r"说|去|名下|给|家属|太太|伐|上|两|退|担|合|那边|出|住|收|啦|能|听|电话|手机|拿|签|"
    r"对吧|了"
)
_QUESTION_RIGHT = re.compile(
    r"$|[^一-鿿]|本人|先生|女士|小姐|吗|吧|么|不(?:是)?[，。？?]|的(?:电话|手机|家属|家|名|"
    r"账)|嘛|啊|呀|啦|家属|老师|谁|你|出来|那边|了|听|在(?:吗|家|不)"
)
_SAID = re.compile(
    rf"(?:(?<!贵)|(?<=免贵))姓(?P<surname>{_COMPOUND}|[{''.join(sorted(SURNAMES))}])(?![氏么])"
)
_RARE_TITLED = re.compile(
    r"(?:^|[，。！？,.!?\s喂哎]|请问是?|[您你]好|您是|找一?下?)"
    "(?P<name>(?![这那位个好的是老小大本贵某该各男女有一两几我你您他她谁咱])[一-鿿](?:先生|女士|小姐))(?=[，。！？,.!?您你吗在]|$)"
)
"""禚先生: one character before a title where somebody is addressed is a surname, however rare."""

_SAID_TWICE = re.compile(
    rf"姓(?P<surname>{_COMPOUND}|[一-鿿])[，,。\s]{{0,2}}(?:念[一-鿿]{{1,3}}[，,]|不是[一-鿿]{{1,4}}[，,])?(?:我?叫|名字?是)?"
    r"(?P<name>(?P=surname)[一-鿿]{1,2})(?=[^一-鿿]|$|的(?!(?P=surname))|尾号|合同)"
)
_WISH = re.compile("祝.{2,6}(?:平安|健康|顺利|兴隆|愉快|早日|一切|好运|快乐)")
_DOTTED = re.compile(r"(?:就写|写|叫|是|找|请问|户名)?(?P<name>[一-鿿]{2,6}(?:·[一-鿿]{1,6}){1,3})")
_MINORITY = re.compile(r"(?:^|[，。！？,.!?\s是叫找])(?P<name>[一-鿿]{3,5})(?=大姐|大哥|大妈|大叔)")
_SAID_HOUSE = re.compile(
    f"(?:银行|贷后|客服|金融|小贷|中心|公司|信贷)[，、](?P<surname>[{''.join(sorted(SURNAMES))}])(?=[，。]|$)"
)
_CALLED_AFTER = re.compile(r"叫(?P<name>[一-鿿]{3,5})(?=，汉名|，没有汉名|，藏族|，维族)")
_LATIN = re.compile(
    r"(?:的|我是|我叫|叫|是|阿|顾问|专员|经理|英文名|[，,。]\s?)(?P<name>[A-Z][a-z]{2,9}(?:\s[A-Z][a-z]{1,11})?(?:老师|小姐|"
    r"先生)?)(?=[，,。！!？?啦嘅]|$|老师|，|啊|呀)|^(?P<first>[A-Z][a-z]{2,9}(?:老师|小姐|"
    r"先生))"
)
_BRANDS = frozenset(
    words(
        "App Wifi Line Google Excel Word Max Pro Plus Pos Visa Master Taobao Apple Huawei Iphone "
        "Ipad Bye Hello Sorry Okay Email Mail Combo Case Call Loan Vip Atm Gps Sim Ktv Polo Nike"
    )
)


def names(text: str) -> list[Found]:
    """The names of a text; a title belongs to the name."""
    folded = fold(text)
    found = [
        *_titled(folded),
        *_nicknames(folded),
        *_after_cues(folded),
        *_surnames(folded),
        *_foreign(text, folded),
        *names_zh_told.names(folded),
        *names_zh_open.names(folded),
    ]
    behind = (replace(one, span=behind_thanks(folded, one.span)) for one in found)
    return [
        one
        for one in behind
        if not (
            is_part_of_word(folded, one.span)
            or is_no_name(folded, one.span)
            or _IS_ROAD.fullmatch(folded, one.span.start, one.span.end)
        )
    ]


_IS_ROAD = re.compile("[一-鿿]{2,3}[路街巷弄村厂]")
"""柳泉路: three characters and a road are no name."""


_THANKS = re.compile("(?<=[谢多感])谢(?=..)")


def behind_thanks(folded: str, span: Span) -> Span:
    """谢|谢谷姐 thanks a 谷姐 and no 谢谷姐."""
    thanks = _THANKS.match(folded, span.start, span.end)
    return Span(thanks.end(), span.end) if thanks else span


_PART_OF_WORD = re.compile(
    "(?<=开)张|(?<=[一两三几这那每单事款])项|(?<=[要得照])顾|(?<=[辆车台])车|尤其|空军|大权力|特殊原|"
    "祝(?=[一-鿿]{1,5}(?:平安|健康|早日|顺利|生日|节日|一切|愉快|快乐|康复))"
)


def is_part_of_word(folded: str, span: Span) -> bool:
    """Whether a name would begin within or as another word: 开|张大吉, 一|项彩铃, 尤其."""
    if _PART_OF_WORD.match(folded, span.start) is not None:
        return True
    if is_within_city(folded, span.start, span.end):
        return True
    return any(
        word.start() <= span.start and span.end <= word.end() and span.end != word.start() + 2
        for word in _DOUBLED.finditer(folded)
    )


_DOUBLED = re.compile(r"([一-鿿])\1(?![爸妈爷奶哥姐弟妹叔舅])([一-鿿])\2")
"""文文静静, 安安稳稳: no name begins or ends amid them, but 豆豆爸爸 has one in front."""


def is_everyday(words: str) -> bool:
    """Whether it is a common word or a way to address anybody (老总, 花生, 先生), and no name."""
    return (
        words in names_zh_open.EVERYDAY
        or words in TITLES
        or words[:2] in COMMON_WORDS
        or _NICK_STOP.match(words) is not None
    )


def _found(start: int, end: int, sure: float) -> Found:
    return Found(PiiType.NAME, Span(start, end), sure)


def _titled(folded: str) -> Iterator[Found]:
    """王女士, 欧阳经理, 陈立先生."""
    for match in _TITLED.finditer(folded):
        if _NOT_TITLE.match(folded, match.start()):
            continue
        start = _start_of_name(folded, match.start(), match.group() in LONG_TITLES)
        if start is not None:
            yield _found(start, match.end(), 0.9)


def _start_of_name(folded: str, end: int, long_title: bool) -> int | None:
    """Where the name that ends at ``end`` begins: a surname with up to two characters behind it."""
    for length in (4, 3, 2):
        start = end - length
        if (
            start >= 0
            and is_full_name(folded[start:end])
            and _LEFT_OK.search(folded, max(0, start - 3), start)
        ):
            given = set(folded[start + 1 : end])
            if (
                folded[start] not in WEAK_SURNAMES
                or given <= GIVEN
                or folded[start : start + 2] in COMPOUND_SURNAMES
            ):
                return start
    if folded[max(0, end - 2) : end] in COMPOUND_SURNAMES:
        return end - 2
    start = end - 1
    if start < 0 or folded[start] not in SURNAMES or folded[start : end + 1] in COMMON_WORDS:
        return None
    if folded[max(0, start - 1) : end] == "谢谢" or _WISH.match(folded, start):
        return None
    if folded[max(0, start - 1)] in "小老" and start > 0:
        return None if _NICK_STOP.match(folded, start - 1) else start - 1
    bounded = _LEFT_OK.search(folded, max(0, start - 3), start) is not None
    if folded.startswith("工", end):
        return start if _opens_clause(folded, start) else None
    weak = folded[start] in WEAK_SURNAMES
    if weak and not _opens_clause(folded, start):
        return None
    return start if bounded or long_title else None


def _opens_clause(folded: str, start: int) -> bool:
    return (
        start == 0
        or re.search(
            r"[^一-鿿]$|[是叫找问好喂的吗啊哦姓有给跟替]$|[谢多感]谢$", folded[max(0, start - 2) : start]
        )
        is not None
    )


def _nicknames(folded: str) -> Iterator[Found]:
    """小李, 老周, 阿芬."""
    for match in _NICK.finditer(folded):
        name = match["surname"]
        known = name in COMPOUND_SURNAMES or name in SURNAMES or (match["prefix"] == "小" and name in GIVEN)
        if not known or _NICK_STOP.match(folded, match.start()):
            continue
        asked = name in _PLAIN and re.search("[让叫找问跟和替是换转告诉给由]$", folded[: match.start()][-1:])
        if not asked and not _NICK_RIGHT.match(folded, match.end()):
            continue
        bounded = _LEFT_OK.search(folded, max(0, match.start() - 3), match.start())
        if bounded or _NICK_END.match(folded, match.end()):
            end = match.end() + (2 if folded.startswith(("妈妈", "爸爸"), match.end()) else 0)
            full = _SURNAME_BEFORE.search(folded, 0, match.start())
            yield _found(full.end() - 1 if full else match.start(), end, 0.85 if name in SURNAMES else 0.7)
    for match in _NUMBERED.finditer(folded):
        yield _found(*match.span(), 0.7)
    for match in _A_NICK.finditer(folded):
        if not _NICK_STOP.match(folded, match.start()) and _NICK_RIGHT.match(folded, match.end()):
            yield _found(*match.span(), 0.8)


def _after_cues(folded: str) -> Iterator[Found]:
    for cue, sure, right in _CUES:
        at = 0
        while match := cue.search(folded, at):
            at = match.start() + 1
            body = _BODY.match(folded, match.end())
            named = (
                match.group().endswith(_NAMED) and folded[match.end()] not in WEAK_SURNAMES if body else False
            )
            name = _cut(folded, body, right, trusted=cue is _STRONG_CUE, named=named) if body else None
            if name is not None:
                yield _found(match.end(), match.end() + len(name), sure)
                at = match.end()


_NAMED = ("是", "叫", "找", "我", "系", "问", "您", "你")
_CUES = ((_STRONG_CUE, 0.93, _RIGHT), (_RELATION_CUE, 0.81, _RIGHT), (_WEAK_CUE, 0.82, _QUESTION_RIGHT))


def _cut(
    folded: str, body: re.Match[str], right: re.Pattern[str], *, trusted: bool, named: bool
) -> str | None:
    """The longest beginning that is a name and ends where a name may end."""
    name = body.group()
    for length in range(len(name), 1, -1):
        part = name[:length]
        compound = part[:2] in COMPOUND_SURNAMES
        ends = (_RIGHT if compound else right).match(folded, body.start() + length)
        if ends and is_full_name(part):
            doubtful = part[0] in WEAK_SURNAMES or (length == 2 and not named)
            weak = not trusted and doubtful and not set(part[1:]) <= GIVEN
            return None if weak and not compound else part
    return _by_given(name) if trusted else None


def _by_given(name: str) -> str | None:
    """Where no boundary follows a sure cue, as many characters as given names hold (我叫单玉梅尾号…)."""
    lengths = range(len(name), 1, -1)
    named = (name[:length] for length in lengths if set(name[1:length]) <= GIVEN)
    return next((part for part in named if part[:2] not in COMMON_WORDS), None)


def _surnames(folded: str) -> Iterator[Found]:
    """我姓林, 免贵姓欧阳, 姓高的."""
    for match in _SAID.finditer(folded):
        yield _found(match.start("surname"), match.end("surname"), 0.92)
    for span in surnames_with_sound(folded):
        yield _found(span.start, span.end, 0.92)
    for match in _RARE_TITLED.finditer(folded):
        yield _found(*match.span("name"), 0.8)
    for match in _SAID_TWICE.finditer(folded):
        yield _found(*match.span("name"), 0.85)
    for match in (*_SAID_BADGE.finditer(folded), *_SAID_HOUSE.finditer(folded)):
        yield _found(match.start("surname"), match.end("surname"), 0.7)
    for match in _SAID_NICK.finditer(folded):
        yield _found(match.start("name"), match.end("name"), 0.9)


def _foreign(text: str, folded: str) -> Iterator[Found]:
    """阿依古丽·买买提, 才让多杰, Karen."""
    for match in _DOTTED.finditer(folded):
        yield _found(*match.span("name"), 0.85)
    for match in _CALLED_AFTER.finditer(folded):
        yield _found(match.start("name"), match.end("name"), 0.7)
    for match in _MINORITY.finditer(folded):
        if match["name"][0] not in SURNAMES and not NOT_IN_NAMES & set(match["name"]):
            yield _found(match.start("name"), match.end("name"), 0.6)
    for match in _LATIN.finditer(text):
        group = "name" if match["name"] else "first"
        if match[group] not in _BRANDS and match[group].split()[0] not in _BRANDS:
            yield _found(match.start(group), match.end(group), 0.75)
