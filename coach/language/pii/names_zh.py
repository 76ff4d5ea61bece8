"""Names of persons in Mandarin: by surname, title and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.spans import Found

COMPOUND_SURNAMES = (
    "欧阳|司马|上官|诸葛|司徒|东方|尉迟|令狐|皇甫|慕容|宇文|长孙|公孙|夏侯|南宫|轩辕|澹台|万俟|亓官|独孤|端木|百里|呼延|东郭|西门|申屠|闻人|公冶|太史|濮阳|钟离|拓跋|单于"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段"
    "龙陶黎史贺毛郝顾龚邵万覃武钱戴莫孔向常汤康易乔赖文阎苗樊岳齐殷庄章鲁倪庞邢俞翟蓝聂丰关焦柳祁骆娄兰辛管柴欧鲍霍路华葛甘詹冷符柯阮桂祝霞左涂谷宁喻褚裘尤季裴"
    "凌盛傅申毕温项车屈靳游卓包费单卜屠盘滕简牛边房冉耿艾米景连卞司宫芦封衡冼阚逄禤仉郗厍笪宓缪乜邝鞠曲苟麦官解纪舒池商佟迟商戚栾燕蒲荆晏仝巫茅计强应宗储沙"
    "匡苍穆萧查巴蔺丛候臧闻木丘伍瞿竺明慕庾奚郁邬杭洪诸"
)
_SURNAME = f"(?:{COMPOUND_SURNAMES}|[{_SURNAMES}])"
_WEAK_SURNAMES = frozenset("关于应向常明易文方万连路温石金白高华江管计单强车解游商木查官边房包沙和何时那从成安全平")
_TITLES = (
    "先生|女士|小姐|太太|经理|总监|总经理|老板娘|老板|老师|师傅|主任|主管|会计|校长|院长|园长|阿姨|叔叔|大爷|大妈|大叔|大姐|大哥|大嫂|大伯|大娘|嫂子|奶奶|爷爷|"
    "医生|大夫|护士|律师|法官|警官|局长|处长|科长|厂长|店长|队长|组长|班长|部长|书记|董事长|董|总|工|姐|哥|叔|姨|婶|嫂|伯|爷|妈妈|爸爸|教授|博士|同学|同志|顾问|专员|秘书|助理|导|教练|村长|镇长|站长|行长|所长|阿伯|阿嬷|伯伯|妹|妈|爸|少爷"
)
_SHORT_TITLES = frozenset(("工", "总", "董", "姐", "哥", "叔", "姨", "婶", "嫂", "伯", "爷", "导", "妹", "妈", "爸"))
_BAD_GIVEN = frozenset(
    "的了吗呢吧是在有不我你您他她它们这那个到要说和来去就都也还没会很上下多少么哪什谁吃请把被给让跟从对能可以先再才又只但而或与及并等嘛哦啊呀哎喂嗯呃咱俺款钱账卡单期号元块天月年日点分秒"
    "姓名叫找问打电话机主户您岁次位条件家公司银行贷借欠还付交逾催收信用消费金融平台客服科技务部门"
)
_TITLED = re.compile(f"(?P<title>{_TITLES})")
_LEFT_OK = re.compile(
    r"(?:^|[^一-鿿]|是|叫|找|问|给|跟|和|与|让|请|替|喊|对|向|把|被|的|得|了|我|你|您|他|她|这|那|位|吗|啊|哦|喂|哎|嘿|嗯|好|有|着|等|来|说|个|机主|户主|本人|因为|就|欠|认识|记得|告诉|麻烦|转告|谢谢|感谢|见|管|姓|到|在|边|方|面|见过|"
    r"人|里|去|还|也|不|没|拜托|联系|通知|陪|帮|由|归|交给|儿子|女儿|老公|老婆|妈妈|爸爸|弟弟|妹妹|哥哥|姐姐)$"
)
_STOP_TITLED = frozenset(
    ("老总", "万一", "高总", "任何", "江湖", "方面", "安全", "车主", "常总", "白开", "和解", "查查", "应该", "石头", "关总", "手工")
)
_NOT_WORDS = re.compile(
    "小(?:时|区|孩|姐|额|贷|票|事|心|吃|店|伙|数|于|说|米|平|学|组|朋友|子|本|心|微|程|橙|额|康|车|型|计|商|店|城|镇|路|木|白|费|钱|金|任何|卡|明白|常|高|花|众)|"
    "老(?:师|板|婆|公|家|人|大|百|实|乡|赖|是|样|早|总|爷|奶|太|头|了|底|天|妈|爸|伴|年|家伙|本|房|账|客|户|规|毛病|高|关|包|车|路|万|石|连|解|师傅|同学|同事|朋友|丈|汉|外|爹|娘|话|号|板娘|方|公公|板凳|龙|街|城|马)|"
    "阿(?:姨|婆|伯|公|嬷|弟|妹|里|哥|姐|叔|妈|爸|的|啊|拉|嫲|奶|爷|胶)"
)
_NICK = re.compile(rf"(?P<prefix>[小老])(?P<surname>{_SURNAME})(?P<child>子)?|阿(?P<any>[一-鿿])(?=[，。,.！？!?、 ]|[说讲来去在跟和那打接给就也找知的]|$)|[一-鿿]燕子")
_NICK_LEFT = re.compile(r"(?:^|[^一-鿿]|[是叫找问给跟和与让请替喊对的了我你您他她吗啊哦喂哎嗯好说个位门口师傅司机同事姓那这见先就管工行务告诉由])$")
_NICK_RIGHT = re.compile(
    r"[，。,.！？!?、；;：:… ]|$|[你您我他她在说跟给来这那啊呀哦吧吗呢是打找的就也都和接帮不今昨明下上先去师总要想会已还哥姐同经有叫把]"
)
_CUED = (
    (re.compile(r"(?:我(?:就)?叫|名叫|叫做|叫作|姓名(?:是|叫|为)?|名字(?:是|叫)?|户主(?:写的)?(?:是)?|户名(?:是|叫)?|本人|机主(?:是|叫)?|收件(?:人)?(?:的)?(?:是|写的?)?|联系人(?:是|叫|填的)?|大名|签字的是|法人(?:是|叫)?|"
                r"敝姓|真名|汉名|曾用名|登记的(?:是|名字是)?|(?:儿子|女儿|闺女|丈夫|妻子|前夫|前妻|老公|老婆|媳妇|弟弟|妹妹|哥哥|姐姐|爸|妈|孩子|孩子他爹|朋友|同事|室友|担保人|介绍人|负责人)(?:就)?叫)[，,：:是]?\s?"), 0.93),
    (re.compile(r"(?:请问(?:您|你)?(?:是|找)?|您(?:是|就是)|你(?:就)?是|我(?:就|这边)?是|这(?:是|里是|边是)|这里|找一?下|我找|找|是不是|喂[，,]?|麻烦(?:叫|找|让|转告)?|转告|告诉|跟|和|让|替|叫|喊|给|由|还有|联系|认识|等)\s?"), 0.82),
)
_NAME_BODY = re.compile(rf"(?P<name>(?:{COMPOUND_SURNAMES})[一-鿿]{{1,2}}|[{_SURNAMES}][一-鿿]{{1,2}})")
_NAME_RIGHT = re.compile(
    r"$|[^一-鿿]|本人|先生|女士|小姐|吗|吧|么|在|不|是|您|你|的|呢|啊|呀|哦|嘛|没|这|那|有|接|他|她|他们|我|和|跟|就|也|现在|今天|还|已|老师|师傅|同学|欠|借|拖|来|到|说|去|名下|给|家|太|名|打|伐|妹|兄|上|两|退|担|合"
)
_SURNAME_SAID = re.compile(rf"(?:免贵|敝|我|他|她|本人|律师|您|贵|都|是|叫|位|，|,|^)\s?姓(?P<surname>{_SURNAME})(?![名氏什谁])")
_DOTTED = re.compile(r"[一-鿿]{2,6}(?:·[一-鿿]{1,6}){1,3}")
_MINORITY_TITLED = re.compile(r"(?:^|[，。！？,.!?\s是叫找])(?P<name>[一-鿿]{3,5})(?=大姐|大哥|大妈|大叔)")
_FREE = re.compile(
    rf"(?:^|[，。！？,.!?：:；;…\s])(?P<name>(?:{COMPOUND_SURNAMES})[一-鿿]{{1,2}}|[{_SURNAMES}][一-鿿]{{2}})(?=[，。！？,.!?：:；;…\s]|$|吗|是吗|是吧|女士|先生)"
)


def names(text: str) -> list[Found]:
    """The names of a text; a title belongs to the name."""
    folded = fold(text)
    return [*_titled(folded), *_nicknames(folded), *_after_cues(folded), *_surnames(folded), *_foreign(folded), *_free(folded)]


def _found(start: int, end: int, sure: float) -> Found:
    return Found(PiiType.NAME, Span(start, end), sure)


def _titled(folded: str) -> Iterator[Found]:
    """王女士, 欧阳经理, 陈立先生."""
    for match in _TITLED.finditer(folded):
        start = _start_of_name(folded, match.start(), match["title"])
        if start is not None:
            yield _found(start, match.end(), 0.9)


def _start_of_name(folded: str, end: int, title: str) -> int | None:
    """Where the name that ends at ``end`` begins: a surname with up to two characters behind it."""
    for length in (4, 3, 2, 1):
        start = end - length
        if start < 0:
            continue
        name = folded[start:end]
        if _is_name(name, titled=True) and _LEFT_OK.search(folded, max(0, start - 4), start):
            weak = length == 1 and name in _WEAK_SURNAMES and title in _SHORT_TITLES
            if not weak and name + title not in _STOP_TITLED:
                return start
    return None


def _is_name(name: str, *, titled: bool = False) -> bool:
    compound = name[:2] in COMPOUND_SURNAMES.split("|")
    if not compound and name[:1] not in _SURNAMES:
        return False
    given = name[2:] if compound else name[1:]
    if len(given) > 2 or (not given and not titled):
        return False
    return not any(char in _BAD_GIVEN for char in given)


def _nicknames(folded: str) -> Iterator[Found]:
    """小李, 老周, 阿芬."""
    for match in _NICK.finditer(folded):
        start, end = match.start(), match.end()
        if match["any"]:
            if not _NOT_WORDS.match(folded, start):
                yield _found(start, end, 0.8)
            continue
        if match["surname"] is None or _NOT_WORDS.match(folded, start):
            continue
        if _NICK_LEFT.search(folded, max(0, start - 2), start) and _NICK_RIGHT.match(folded, end):
            yield _found(start, end, 0.85)


def _after_cues(folded: str) -> Iterator[Found]:
    for cue, sure in _CUED:
        for match in cue.finditer(folded):
            body = _NAME_BODY.match(folded, match.end())
            if body is None:
                continue
            name = _cut(folded, body.start(), body["name"], strict=sure < 0.9)
            if name is not None:
                yield _found(body.start(), body.start() + len(name), sure)


def _cut(folded: str, start: int, name: str, *, strict: bool) -> str | None:
    """The longest beginning of ``name`` that is a name and ends where a name may end."""
    for length in range(len(name), 1, -1):
        part = name[:length]
        if not _is_name(part):
            continue
        if part[0] in _WEAK_SURNAMES and strict and length == 2:
            continue
        if _NAME_RIGHT.match(folded, start + length):
            return part
    return None


def _surnames(folded: str) -> Iterator[Found]:
    """我姓林, 免贵姓欧阳."""
    for match in _SURNAME_SAID.finditer(folded):
        yield _found(match.start("surname"), match.end("surname"), 0.92)


def _foreign(folded: str) -> Iterator[Found]:
    """阿依古丽·买买提."""
    for match in _DOTTED.finditer(folded):
        yield _found(*match.span(), 0.85)
    for match in _MINORITY_TITLED.finditer(folded):
        if match["name"][0] not in _SURNAMES and not any(char in _BAD_GIVEN for char in match["name"]):
            yield _found(match.start("name"), match.end("name"), 0.6)


def _free(folded: str) -> Iterator[Found]:
    """A name that stands by itself between pauses: 杨建国，你儿子…."""
    for match in _FREE.finditer(folded):
        name = match["name"]
        if _is_name(name) and name[0] not in _WEAK_SURNAMES and all(char in GIVEN for char in name[-1:]):
            yield _found(match.start("name"), match.end("name"), 0.7)


GIVEN = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉力健永林志义兴良海山仁波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子俊峰浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾"
    "楠榕风航弘琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉慧巧美茜淑惠珠翠雅芝萍娥玲芬燕彩春菊凤洁琴岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思"
    "婷婉怡彤倩轩昊天宇博雨诗涵梓萱语嫣依诺梦瑶雯颖璐琪蕾薇瑜琦宝庆光耀远成康震振民友裕河哲江浪安岩中茂进有坚和彪诚先敬厚东南北西松柏桐森柳杨雷斯阳昌盼鑫铭铁钢锋银金锦锐培坤城均圣培堂壮坦"
    "贤发义川州洲渊清源溪涵润泉沛沁沅泓洪浩淼济瀚灿炜炳烨煜煊熙燃照熠然理玮玥珂珊珺琛琳瑾璇璟甜田申略男畅白百皓盈睿瞳石硕碧磬祎祖祺禄禾秋科程稳立童笑竣笛策笙箫简粤系纪纬绍绪继缘罡群翠耘聆肖胤腊臣航舟艾芊芮花苗苹茵荷莎莹菁菱萌葵蒙蓉蓓蓝蔓蔚蕊薰藤虎虹衡裴西觉言"
    "诏诗谊谦谨豪贝贞贤赫越跃路轶达迅远迪逸道邦郁采重野钊钰铃铎锴键镇长闯阔陆隆雁雄雅霖霜靖青鞠韬韶音顶顺项颂风飞香馨驰骏高鸿鹃鹤鹭麒麟黎默齐宗宪宾家寅寿小少尔尚展峥嵘崇嵩川工巍帆帅幸庭开异弟强彦彰微心必忠怀恒恩悟情惜愉意慈懿成房扬抒拓振捷搏攀敏文斐斯方旗旺昂易星映晋晓晖晗晴智暖曙更曼月朔木末朵杏村杭果柯柱栩根格梨棋棠楚楷榆槐权次欧正武殊毅毓水永汉汝池沐沙治法泊波泽洁洛津流浦浩海涓涌润深清渝湘满滨漫澄火灵烈焕爱牧物特狄玄率环玺珑珠现班球琢瑛璞瓦生用电留登盛直相真眉知矢石礼社福秀秉稷穗立端竞竹章贵"
)
"""Characters that given names end in; used only where nothing else says that it is a name."""
