"""Employers in Mandarin: a name with the suffix of a workplace, next to words about work."""

from __future__ import annotations

import re

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found

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
    rf"(?P<name>[一-鿿a-z0-9·&]{{1,14}}?(?:{_SUFFIX})(?:[一-鿿]{{1,3}}(?:部|科|组|系|车间|班|"
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
    r"我是|我就是|他是|女婿是|我给|你们?(?:单位|公司)",
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
    "(?P<name>[一-鿿]{2,10}(?:机床厂|[一-鿿]厂|公司|集团|医院|学校|中学|小学|幼儿园|大学|学院|研究所|设计院|事务所|供电所))[。！？]?"
)
_GENERIC = re.compile(
    r"^(?:这|那|你们?|您|我们?|他们?|她们?|咱们?|哪|一|两|几|什么|某|各|别的|其他|大|小|"
    r"老|新|本|贵|总|外|全|每|该|第.|同|自己|原来|以前|现在)?(?:个|家|的|"
    r"些)?(?:的)?(?:公司|单位|集团|工厂|厂|医院|学校|中学|小学|幼儿园|大学|学院|超市|商场|"
    r"酒店|宾馆|饭店|餐厅|火锅|食堂|派出所|法院|"
    r"检察院|科技|教育|物流|快递|货运|物业|保险|装修|市场|网吧|药房|药店|门诊|加油站|"
    r"工作室|贸易|电子|培训班|建材|地产|食品|广告|机械|子公司|分公司|煤矿|事务所|诊所|"
    r"美容院|[一-鿿]厂|当局|邮局|百货公司|单位食堂|菜市场|成衣厂|双语幼儿园|公安局|税务局|"
    r"民政局|司法局|教育局|劳动局|人社局|仲裁院)$"
)
_CREDITOR = re.compile(
    r"银行|信用卡|消费金融|小贷|分期|贷款|催收|客服|消金|信贷|金融|法务|委托|资产管理|代表|"
    r"方面|平台|律所|律师所|事务所"
)
_FUNCTION = re.compile(
    r"寄|跑|做|找|关心|[们个的了有只边到吗呢吧我你您他她这那哪谁说把被跟和去就都也还没很]|"
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
            name = folded[start:end]
            if len(name) < 3 or _GENERIC.match(name) or _CREDITOR.search(name):
                continue
            if of_agent and _CALLER.search(folded[max(0, match.start() - 6) : start]):
                continue
            found.append(Found(PiiType.EMPLOYER, Span(start, end), sure))
    whole = _WHOLE.fullmatch(folded)
    if whole is not None and not of_agent and not _GENERIC.match(whole["name"]):
        found.append(Found(PiiType.EMPLOYER, Span(*whole.span("name")), 0.6))
    if not of_agent:
        found += [
            Found(PiiType.EMPLOYER, Span(*match.span("name")), 0.6)
            for match in _OWN.finditer(folded)
            if not _NO_HOUSE.search(match["name"]) and not _FUNCTION.search(match["name"])
        ]
    return found


def _after_function_words(folded: str, start: int, end: int) -> int:
    """A name begins behind the last particle within what was matched."""
    for particle in _FUNCTION.finditer(folded, start, end):
        if particle.end() <= end - 2 and not folded.startswith("区的", particle.start() - 1):
            start = particle.end()
    return start
