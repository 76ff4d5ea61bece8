"""Countries, provinces, states and large cities: too wide for an address, and no name or workplace."""

from __future__ import annotations

import re
from functools import cache

from coach.language.words import words

_ZH = words(
    "中国 大陆 内地 台湾 香港 澳门 美国 英国 日本 韩国 朝鲜 法国 德国 俄罗斯 加拿大 澳洲 澳大利亚 "
    "新西兰 新加坡 马来西亚 泰国 越南 缅甸 老挝 柬埔寨 菲律宾 印尼 印度 迪拜 非洲 欧洲 美洲 东南亚 "
    "北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 内蒙 东北 西北 华北 华东 华南 江浙 "
    "云贵 广州 深圳 东莞 佛山 珠海 中山 惠州 汕头 湛江 杭州 宁波 温州 绍兴 台州 嘉兴 金华 义乌 苏州 "
    "南京 无锡 常州 南通 徐州 扬州 盐城 武汉 襄阳 宜昌 荆州 长沙 株洲 衡阳 岳阳 成都 绵阳 德阳 南充 "
    "宜宾 西安 咸阳 宝鸡 郑州 洛阳 开封 新乡 南阳 合肥 芜湖 蚌埠 阜阳 厦门 福州 泉州 漳州 青岛 济南 "
    "烟台 潍坊 临沂 淄博 大连 沈阳 鞍山 哈尔滨 大庆 长春 石家庄 唐山 保定 邯郸 太原 大同 昆明 大理 "
    "贵阳 遵义 南宁 柳州 桂林 海口 三亚 兰州 西宁 银川 乌鲁木齐 拉萨 呼和浩特 包头 南昌 赣州 九江 台北 "
    "新北 桃园 台中 台南 高雄 新竹 基隆 九龙 新界"
)
_EN = words(
    "england scotland wales ireland britain france germany spain italy portugal poland romania ukraine "
    "russia turkey greece holland belgium sweden norway denmark finland switzerland austria hungary "
    "china india pakistan bangladesh nepal vietnam thailand philippines malaysia singapore japan korea "
    "australia canada mexico brazil colombia cuba jamaica haiti nigeria ghana kenya uganda zimbabwe "
    "somalia ethiopia egypt morocco iran iraq syria dubai america europe africa asia english british "
    "scottish welsh irish french german spanish italian portuguese polish romanian ukrainian russian "
    "turkish greek dutch chinese indian pakistani nigerian jamaican mexican american canadian "
    "australian mandarin cantonese arabic urdu hindi punjabi alabama alaska arizona arkansas "
    "california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas "
    "kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri nebraska "
    "nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming london "
    "manchester birmingham liverpool leeds sheffield bristol newcastle nottingham leicester coventry "
    "hull glasgow edinburgh aberdeen dundee cardiff swansea belfast dublin chicago houston "
    "philadelphia boston detroit memphis baltimore milwaukee albuquerque tucson fresno sacramento "
    "atlanta omaha miami oakland minneapolis tulsa cleveland orlando pittsburgh cincinnati toledo "
    "seattle portland toronto montreal vancouver sydney melbourne"
)
_ANY_ZH = "|".join(sorted(_ZH, key=len, reverse=True))
_WHOLE_ZH = re.compile(f"(?:在|从|去|回)?(?:(?:{_ANY_ZH})[省市]?)+(?:那边|这边|那|老家)?")
_WIDE_EN = frozenset(_EN)


def is_wide(text: str) -> bool:
    """Whether the words are nothing but countries, provinces, states or large cities.

    >>> is_wide("湖南湖北"), is_wide("湖南路"), is_wide("Ohio"), is_wide("Ohio Street")
    (True, False, True, False)
    """
    if _WHOLE_ZH.fullmatch(text):
        return True
    said = re.findall(r"[^\W\d_]+", text.lower())
    return bool(said) and all(word in _WIDE_EN for word in said)


_CITY = re.compile("(?:[在从去回是])?(?P<name>[一-鿿]{2,6}?)市?(?:那边|这边|那|老家|人)?")
_ENDS_CITY = re.compile("(?:\\[[0-9-]*\\])?([一-鿿]{2,5})(?:市|地区)$")


def is_city(text: str) -> bool:
    """Whether the words are nothing but a Chinese city with districts of its own, large or small.

    >>> is_city("景德镇"), is_city("秦皇岛市那边"), is_city("景德镇珠山区"), is_city("李家镇")
    (True, True, False, False)
    """
    said = _CITY.fullmatch(text)
    return said is not None and said["name"] in _cities()


def is_within_city(text: str, start: int, end: int) -> bool:
    """Whether a city of three characters or more stands where a name would: 鄂尔多|斯, 张家口."""
    lengths = range(max(end - start, 3), min(_LONGEST_CITY, len(text) - start) + 1)
    return any(text[start : start + length] in _cities() for length in lengths)


_LONGEST_CITY = 5


@cache
def _cities() -> frozenset[str]:
    """The cities that identity numbers of China begin with (those whose code ends in two zeros)."""
    from stdnum import numdb

    codes = numdb.get("cn/loc")
    named = (
        part["county"]
        for province in range(11, 66)
        for city in range(1, 91)
        for _, part in codes.info(f"{province}{city:02}00")[1:2]
        if "county" in part
    )
    return frozenset(
        match[1] for names in named for name in names.split(",") if (match := _ENDS_CITY.match(name))
    )
