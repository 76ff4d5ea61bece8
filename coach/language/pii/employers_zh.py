"""Employers in Mandarin: a name with the suffix of a workplace, next to words about work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found
from coach.language.pii.wide_places import is_city, is_wide

_SUFFIX = (
    "有限公司|股份公司|分公司|子公司|物业公司|公司|集团|工厂|五金厂|电子厂|[一-鿿]厂|"
    "医院|卫生院|门诊|诊所|学校|中学|小学|幼儿园|大学|学院|托管班|培训班|超市|商场|酒店|"
    "宾馆|饭店|餐厅|火锅|烧烤|面馆|食堂|美容院|理发店|"
    "银楼|药房|药店|研究所|设计院|事务所|会计所|律所|律师所|供电所|派出所|检察院|法院|"
    "铁路局|矿务局|供电局|电力局|营业部|支公司|交警队|支队|大队|自动化|模具|早餐店|制衣|"
    "地铁站|加油站|服务站|站点|物流|快递|货运|科技|教育|建材|电子|合作社|工作室|物业|"
    "传媒|"
    "广告|地产|装饰|装修|贸易|实业|电器|服饰|制衣|食品|汽修|修理厂|保险|证券|网吧|影楼|"
    "机械|制造|化工|药业|工务段|机务段|车辆段|二院|一院|三院|中心医院|人民医院|造船厂|"
    "水泥厂|棉纺厂|健身房|舞蹈室|茶楼|咖啡店|奶茶店|面包房|市场|电厂|煤矿|三矿|二矿|一矿"
)
_WORK = (
    "上班|打工|当|做(?!了|什么|生意|完|好)|干(?!嘛|什么|啥)|教|工作|任职|就职|画图|下井|"
    "切菜|报到|离职|值班|实习|跑(?!了|路)|开车|的班主任|的员工|的会计|的保安|的老师|发的|"
    "人事|财务|前台|领工资|门口"
)
_NAME = (
    rf"(?P<name>[一-鿿a-z0-9·&]{{1,14}}?(?:{_SUFFIX})(?:(?![一-鿿]{{0,2}}[上下加夜]班)[一-鿿]{{1,3}}(?:部|科|组|系|车间|班|"
    rf"店|处|室))?)"
)
_TAIL = (
    r"(?P<tail>，?(?:[一-鿿]{2,6}(?:店|站|部|校区|分店|分公司|支行))(?=[的切当做上，。]|$|"
    r"[一-鿿]{0,3}站))?"
)
_BEFORE = (
    r"(?:我|他|她|本人|老公|老婆|爱人|儿子|女儿|丈夫|女婿|妹|姐|弟|哥|爸|妈|现在|之前|"
    r"以前|刚|就|还)?(?:在|给|去|到|于|从)",
    r"(?:单位|公司|厂|东家|老东家|学校|店)(?:是|叫|就是|写的|在|[?？，])",
    r"(?:就职|任职|供职|受雇|挂靠)(?:于|在)",
    r"(?:工资|薪水)(?:是|由)",
    r"跑的是",
    r"填表那会儿写的",
    r"你打到",
    r"我是|我就是|他是|女婿是|我给|[你您]们?(?:单位|公司)(?!是|叫|在|就|写|的)",
)
_LEADING = re.compile(rf"(?:{'|'.join(_BEFORE)})\s?{_NAME}{_TAIL}")
_WORKING = re.compile(rf"(?:在|给|去|到|从|是){_NAME}{_TAIL}(?=(?:里)?(?:{_WORK}))")
_CALLER = re.compile(r"我(?:是|这边是|这里是|们是)|这(?:里|边)是|这是|您好|你好")
_OF_WORK = re.compile(_WORK)
_ALONE = re.compile(
    r"(?:^|[，。！？,.!?\s])(?P<name>[一-鿿]{2,10}(?:供电所|会计所|研究所|设计院|物业公司|"
    r"有限公司|托管班|幼儿园|五金厂|电子厂|合作社|美容院|卫生院|制衣厂|中学|货运|制衣|"
    r"模具))(?=的|管|在|$|[，。？?]|人力|人事|财务)"
)
_OWN = re.compile(
    r"我是(?P<name>[一-鿿]{3,8}?)的(?=会计|财务|采购|出纳|老板|经理|员工|司机|店长|仓管|"
    r"负责人|[一-鿿]{2,3}[，,。])"
)
_NO_HOUSE = re.compile(
    r"银行|平台|客户|学员|客服|店主|机主|用户|儿子|女儿|老婆|老公|专员|网商|花呗|借呗|分期|贷|"
    r"单位|公司$|大爷|大妈|邻居|同事|朋友|家属"
)
_WHOLE = re.compile(
    "(?P<name>[一-鿿]{2,10}(?:机床厂|[一-鿿]厂|公司|集团|医院|学校|中学|小学|幼儿园|大学|学院|"
    "研究所|设计院|事务所|供电所))[。！？]?"
)
_SOMEBODY_AT = re.compile(
    "(?:我?(?:孩子|儿子|女儿|闺女|老公|老婆|爸|妈|弟弟?|妹妹?|哥哥?|姐姐?)|[我他她])(?:刚|还|要|想|都|没|正)?[在去上到进读考]"
)
"""孩子在学校: somebody is somewhere, and no house is named."""

_GENERIC = re.compile(
    r"^(?:这|那|你们?|您|我们?|他们?|她们?|咱们?|哪|一|两|几|什么|某|各|别的|其他|大|小|"
    r"老|新|本|贵|总|外|全|每|该|第.|同|自己|原来|以前|现在)?(?:个|家|的|"
    r"些)?(?:的)?(?:公司|单位|集团|工厂|厂|医院|学校|中学|小学|幼儿园|大学|学院|超市|商场|"
    r"酒店|宾馆|饭店|餐厅|火锅|食堂|派出所|法院|"
    r"检察院|科技|教育|物流|快递|货运|物业|保险|装修|市场|网吧|药房|药店|门诊|加油站|"
    r"工作室|贸易|电子|培训班|建材|地产|食品|广告|机械|子公司|分公司|煤矿|事务所|诊所|"
    r"美容院|[一-鿿]厂|当局|邮局|百货公司|单位食堂|菜市场|成衣厂|双语幼儿园|公安局|税务局|"
    r"超商|呼叫中心|客服中心|"
    r"社保局|工商局|房管局|车管所|信访办|街道办|居委会|村委会|民政局|司法局|教育局|劳动局|人社局|仲裁院)$"
)
_TIME_FIRST = re.compile(
    "(?:[0-9零一二三四五六七八九十]{1,4}(?:月份?|年|号)|[今去前明]年|[上这下本]个?(?:月|周|礼拜|星期|半年)|[年月][初底]|后来|最近)+"
)
"""九月份|厂子: when something happened to a workplace is no part of its name."""

_KIND = re.compile(
    "(?:[一两几某]?[家个间])?(?:火锅|烧烤|早餐|奶茶|咖啡|面包|美容|美发|理发|五金|电子|模具|制衣|服装|服饰|汽修|修车|洗车|建材|"
    "家具|家电|电器|食品|水产|印刷|包装|塑胶|机械|化工|纺织|玩具|米粉|水果|手机|便利|小吃|快餐|烤肉|串串|麻辣烫|母婴|"
    "干洗|眼镜|房产|装修|装饰|烤鱼|拉面|足浴|软件|科技|贸易|教育|培训|物流|快递|广告|传媒|中介|外贸|家政|保洁|保安|外卖|[一-鿿](?=[店厂馆铺]))+(?:[店厂馆铺摊城行]|公司|市场)?"
)
"""火锅店, 一家服装厂: a trade and no name."""

_ORG = (
    f"(?:{_SUFFIX}|五金|农资|板材|钢材|门窗|印刷|水产|服装|纺织|园艺|家具|家电|汽配|灯饰|石材|"
    f"水暖|粮油|酒业|茶业|"
    "乳业|饲料|织造|包装|塑胶|电机|仪表|重工|文具|图文|眼镜|制药)"
)
_BARE = re.compile(
    r"(?<![现正还])在(?P<name>[一-鿿a-z0-9]{2,8}?)(?:里头|里)?"
    r"(?:干活|开[一-鿿]{1,2}车|上班|上夜班|打工|任职|就职|教书|当(?!时|然|天|面|年|场|初|着|众|"
    r"成|月|地|下|日|晚|期)[一-鿿])"
)
"""在海底捞上班: no suffix tells that it is a house, only the work does."""

_SERVES = re.compile(
    "(?:站|食品|保险|餐厅|超市|咖啡店|奶茶店|电器|制造|学校|医院|市场|营业部|网吧|饭店|酒店|公司)$"
)
"""Houses that people go to for other things than work."""

_BRAND = (
    "富士康|比亚迪|美团|饿了么|滴滴|顺丰|京东|华为|海底捞|沃尔玛|永辉|盒马|菜鸟|"
    "中建[一二三四五六七八]局|中铁[一二三四五六七八九十]{1,3}局|"
    "格力|美的|海尔|联想|腾讯|阿里|字节|百度|拼多多|中通|圆通|韵达|申通|德邦|麦当劳|肯德基|"
    "星巴克|宁德时代|立讯|蓝思|一汽|上汽|"
    "广汽|国家电网|中石油|中石化|移动|联通|电信|铁路"
)
_FAMOUS = re.compile(
    rf"(?:在|给|进了?|是)(?P<name>(?:{_BRAND})(?:[一-鿿]{{1,6}}?(?:店|站|厂|部|仓))?)"
    r"(?=(?:里)?(?:上班|打工|干|做(?!了)|当|送|跑|工作|开车|的?(?:员工|骑手|司机|快递|外卖|保安|"
    r"店长)|吗|吧|[，。,.]))"
)
"""Large employers that everybody names without a suffix."""

_AT_PHONE = re.compile(rf"^(?:喂)?[，,]?(?P<name>[一-鿿]{{2,8}}?{_ORG})[，,]?(?:您好|你好)")
"""A third party picks up with the name of the house."""

_PERSONNEL = re.compile(
    rf"(?:是|到|找|问问)(?P<name>[一-鿿]{{2,8}}?{_ORG})(?:的)?(?=人力资源|人事|行政部?[吗吧？]|员工|职工)"
)
_SCHOOL_OF = re.compile(
    r"(?P<name>(?:市|县|区|镇|附属|实验)?(?:第?[一二三四五六七八九十]|附|"
    r"实验)(?:中学|小学|中|小|高))"
    r"(?=的?(?:校长|老师|教师|教导主任|班主任|当老师|教书|教[语数英体美]))"
)
_CALLED = re.compile(
    rf"(?:厂|公司|店|单位|学校|医院)(?:里)?(?:上班|打工|"
    rf"工作)?[，,]?(?:名字)?叫(?P<name>[一-鿿]{{2,8}}?{_ORG})"
)
_NAMED_HOUSE = re.compile(
    r"(?:厂子?|公司|单位|店名?|厂名|饭馆|馆子)(?:的?(?:名字|全称))?(?:就?叫)(?P<name>(?![我你您他她它咱大人去来什啥停不没开加过做别先让])"
    r"[一-鿿]{2,6}?)(?=[，。,.！!]|$|的[，。]|嘛|啦)"
)
"""厂子叫宏顺: what a works is called is its name."""

_OFFICE = re.compile(
    "我是(?P<name>[一-鿿]{1,8}?(?:政府|办公室|管理局|税务局|公安局|教育局|卫生局|街道办|居委会|"
    "村委会|开发区|管委会))的"
)
_OWN_TRADE = re.compile(rf"我是(?P<name>[一-鿿]{{2,8}}?{_ORG})(?=[小老阿][一-鿿](?:[，。]|$))")
_PLACES = re.compile(
    "^(?:北京|上海|天津|重庆|广州|深圳|东莞|佛山|杭州|苏州|宁波|温州|义乌|南京|无锡|武汉|成都|"
    "西安|郑州|长沙|合肥|厦门|福州|"
    "泉州|青岛|济南|大连|沈阳|哈尔滨|长春|石家庄|太原|昆明|贵阳|南宁|海口|兰州|乌鲁木齐|台北|"
    "新北|台中|高雄|香港|澳门|广东|"
    "广西|浙江|江苏|福建|山东|河南|河北|湖南|湖北|江西|安徽|四川|云南|贵州|山西|陕西|甘肃|青海|"
    "宁夏|新疆|西藏|内蒙古?|"
    "吉林|辽宁|黑龙江|海南|外地|外面|外头|老家|工地|家里|村里|镇上|县城|县里|城里|市里|市区|"
    "国外|网上|这里|这边|那里|那边|"
    "哪里|哪儿|哪个|什么|路上|车上|船上|店里|厂里|单位|公司|学校|医院|附近|楼下|本地|当地|夜里|晚上|"
    "白天|现在|同一)"
)
_CREDITOR = re.compile(
    r"银行|信用卡|消费金融|小贷|分期|贷款|催收|客服|消金|信贷|金融|法务|委托|资产管理|代表|"
    r"方面|平台|律所|律师所|事务所"
)
_FUNCTION = re.compile(
    r"在|躺|自称|提到|联系|缴纳|一些|弟弟|哥哥|姐姐|妹妹|儿子|女儿|闺女|孩子|老公|老婆|"
    r"上(?=幼儿园|大学|小学|中学)|地里|山上|海上|"
    r"装(?=法院)|开(?=[一-鿿]{2}$)|寄|跑|做|找|关心|"
    r"[们个的了有只边到趟吗呢吧我你您他她这那哪谁说把被跟和去就都也还没很]|"
    r"一个|打工|上班|工作|电话"
)


def employers(text: str, *, of_agent: bool = False) -> list[Found]:
    """The employers of a text; ``of_agent`` leaves out the caller's own house."""
    folded = fold(text)
    found: list[Found] = []
    for pattern, sure in ((_WORKING, 0.86), (_LEADING, 0.78), (_ALONE, 0.6)):
        for match in pattern.finditer(folded):
            start, end = match.span("name")
            if pattern is not _ALONE and match["tail"]:
                end = match.end("tail")
            start = _after_function_words(folded, start, match.end("name"))
            end += bool(_HOUSE_END.match(folded, end))
            name = folded[start:end]
            if len(name) < 3 or _is_unnamed(name) or _CREDITOR.search(name):
                continue
            served = _SERVES.search(name) and not _OF_WORK.search(
                folded, match.end("name"), match.end("name") + 6
            )
            if served and pattern is _LEADING and folded[match.start("name") - 1] in "在给去到于从":
                continue
            if of_agent and _CALLER.search(folded[max(0, match.start() - 6) : start]):
                continue
            found.append(Found(PiiType.EMPLOYER, Span(start, end), sure))
    if not of_agent:
        found += _of_other_side(folded)
    for pattern, sure in ((_FAMOUS, 0.72), (_PERSONNEL, 0.66), (_SCHOOL_OF, 0.62)):
        found += [_found(match, sure) for match in pattern.finditer(folded) if _is_house(match["name"])]
    return [*found, *_by_work(folded)]


_HOUSE_END = re.compile("(?<![厂店站院])[厂店](?![家面里长员])")
"""福瑞达食品|厂: the house goes on to the character that says what it is."""


def _found(match: re.Match[str], sure: float) -> Found:
    return Found(PiiType.EMPLOYER, Span(*match.span("name")), sure)


def _is_house(name: str) -> bool:
    return not (_is_unnamed(name) or _CREDITOR.search(name) or _FUNCTION.search(name))


def _is_unnamed(name: str) -> bool:
    """Whether it is a mere kind of workplace, perhaps with the time at which somebody worked there."""
    time = _TIME_FIRST.match(name)
    kind = name[time.end() :] if time else name
    return len(kind) < 2 or _GENERIC.match(kind) is not None or _KIND.fullmatch(kind) is not None


def _of_other_side(folded: str) -> Iterator[Found]:
    """What the customer or somebody who picked up says of himself."""
    whole = _WHOLE.fullmatch(folded)
    if whole is not None and not (_GENERIC.match(whole["name"]) or _SOMEBODY_AT.match(whole["name"])):
        yield _found(whole, 0.6)
    for match in _OWN.finditer(folded):
        if not _NO_HOUSE.search(match["name"]) and not _FUNCTION.search(match["name"]):
            yield _found(match, 0.6)
    for match in _NAMED_HOUSE.finditer(folded):
        if _is_house(match["name"]):
            yield _found(match, 0.75)
    for pattern in (_AT_PHONE, _OWN_TRADE, _CALLED, _OFFICE):
        for match in pattern.finditer(folded):
            if _is_house(match["name"]) and not _NO_HOUSE.search(match["name"]):
                yield _found(match, 0.66)


def is_somebodys(folded: str, span: Span, *, of_agent: bool) -> bool:
    """Whether it can be a customer's workplace: no lender, no mere "factory", not the caller's house."""
    name = span.of(folded)
    if _is_unnamed(name) or _CREDITOR.search(name):
        return False
    if is_on_the_way(folded, span) or folded.startswith("的地址", span.end):
        return False
    return not (of_agent and _CALLER.search(folded[max(0, span.start - 6) : span.start]))


def is_on_the_way(folded: str, span: Span) -> bool:
    """Whether somebody only sets out from there."""
    return folded.startswith("从", span.start - 1) and _ON_THE_WAY.match(folded, span.end) is not None


_ON_THE_WAY = re.compile("到|下车|出发|坐|怎么走")
"""从幸福站到地铁站怎么走: a way, and nobody's work."""


def _by_work(folded: str) -> Iterator[Found]:
    for match in _BARE.finditer(folded):
        name = match["name"]
        if len(name) >= 2 and not (_PLACES.match(name) or is_wide(name) or is_city(name)) and _is_house(name):
            yield _found(match, 0.6)


def _after_function_words(folded: str, start: int, end: int) -> int:
    """A name begins behind the last particle within what was matched."""
    for particle in _FUNCTION.finditer(folded, start, end):
        if particle.end() <= end - 2 and not folded.startswith("区的", particle.start() - 1):
            start = particle.end()
    return start
