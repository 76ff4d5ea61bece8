"""What is wrong with a playbook, in Chinese: the reader's own words are English.

A test holds every message that the reader can give against this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_TOLD: Final[Mapping[str, str]] = {
    # nodes.py: the file and its values
    "unknown key {}; {}": "不认识的键 {}；{}",
    "unknown value {}; {}": "不认识的值 {}；{}",
    "the key {} is missing": "缺少键 {}",
    "the key {} is missing (the rule that sees the fault)": "缺少键 {}（识别这个过错的规则）",
    "the key {} is missing (do, dont or manner)": "缺少键 {}（do、dont 或 manner）",
    "the key {} is given twice": "键 {} 写了两次",
    "a mapping of keys is needed here, not {}": "这里要写“键: 值”，而不是{}",
    "a list is needed here, not {}": "这里要写列表，而不是{}",
    "the list is empty": "列表是空的",
    "a single value is needed here, not {}": "这里要写单个值，而不是{}",
    "a value is needed here": "这里要写一个值",
    "a number from {} to {} is needed": "这里要写 {} 到 {} 之间的数",
    "a whole number of at least {} is needed here": "这里要写不小于 {} 的整数",
    "a number is needed here, such as 3, 0.5 or 1/3": "这里要写数字，例如 3、0.5 或 1/3",
    "a number is needed here, such as 3, 0.5 or 1/3, not {}": "这里要写数字，例如 3、0.5 或 1/3，而不是 {}",
    "true or false is needed here": "这里要写 true 或 false",
    "{} bytes are too many for a playbook; at most {} are read": "文件有 {} 字节，太大了；最多读 {} 字节",
    "byte {} is not UTF-8; save the file as UTF-8": "第 {} 个字节不是 UTF-8；请把文件存为 UTF-8",
    "it holds a character that YAML does not allow": "文件里有 YAML 不允许的字符",
    "the playbook is empty": "话术手册是空的",
    "aliases (*name) are not read; put the rule under 'define' and 'use' it": (
        "不支持别名（*name）；请把规则写在 define 下，再用 use 引用"
    ),
    "nested more than {} deep, or more than {} values": "嵌套超过 {} 层，或超过 {} 个值",
    "tags ({}) are not read; write a plain value": "不支持标签（{}）；请直接写值",
    "not YAML: {}; check indents, colons and quotes": "不是有效的 YAML：{}；请检查缩进、冒号和引号",
    # reader.py: the playbook
    "the coached party is 'agent' or 'customer'": "被辅导方只能是 agent 或 customer",
    "a name has letters, digits, '_' and '-' only, and at most 60 of them": (
        "名称只能用字母、数字、“_”和“-”，最多 60 个字符"
    ),
    "the order must be critical_cap < needs_work <= pass": "次序必须是 critical_cap < needs_work <= pass",
    "points lie between 0 and 100": "分数在 0 到 100 之间",
    "a share lies between 0 and 1": "比例在 0 到 1 之间",
    "the id {} is already used in line {}": "编号 {} 在第 {} 行已经用过",
    "at least one criterion with a weight is needed": "至少要有一个带权重的评分项",
    "a weight is more than 0": "权重必须大于 0",
    "'first' is more than 0, and 'at_most' not less than 'first'": "first 必须大于 0，at_most 不能小于 first",
    "either 'seen' (with 'done' and 'missing') or 'parts' is needed": (
        "需要 seen（连同 done 和 missing）或 parts 之一"
    ),
    "{} stands in each part when there are 'parts'": "有 parts 时，{} 要写在每一部分里",
    "a share is more than 0": "份额必须大于 0",
    # rule_reader.py: rules
    "a rule has one operator, here are {}; join them with 'all_of' or 'any_of'": (
        "一条规则只有一个运算，这里有 {} 个；请用 all_of 或 any_of 合并"
    ),
    "'sounds_like' needs a 'phrase'": "sounds_like 需要 phrase",
    "'except' needs a 'label', a 'phrase' or a 'regex'": "except 需要 label、phrase 或 regex",
    "'min_confidence' needs a 'label'": "min_confidence 需要 label",
    "the expression has {} characters, at most {} are read; split it": (
        "表达式有 {} 个字符，最多 {} 个；请拆开"
    ),
    "two backslashes look for a backslash; within single quotes write one": (
        "两个反斜杠找的是反斜杠本身；单引号里只写一个"
    ),
    "not a usable regular expression: {}": "不是可用的正则表达式：{}",
    "'at_least' is more than 'at_most'": "at_least 大于 at_most",
    "'at_least' or 'at_most' is missing": "缺少 at_least 或 at_most",
    "exactly one of {} is needed": "{} 中必须恰好写一个",
    "either 'after' or 'before' is needed": "需要 after 或 before 之一",
    "nothing is defined as {} above; {}": "上面没有定义 {}；{}",
    # example_reader.py: examples
    "a turn has exactly one speaker as a key: {}": "每一轮恰好有一个说话人作为键：{}",
    "{} cannot stand on a turn of the {}": "{} 不能用在 {} 的话上",
    "there are only turns 0 to {}": "只有第 0 到第 {} 轮",
    "a day is written 2026-11-20": "日期写成 2026-11-20",
    "a moment is written 2026-11-18T09:30:00+08:00": "时间写成 2026-11-18T09:30:00+08:00",
    # rules/examples.py: what an example came to
    "is {}, expected {}": "结果是 {}，应为 {}",
    "has credit {}, expected {}": "得分比例是 {}，应为 {}",
    "has evidence in turns {}, expected {}": "证据在第 {} 轮，应为 {}",
    # playbooks/__init__.py, edit.py and the store: the file as a whole
    "the playbook cannot be read: {}": "无法读取话术手册：{}",
    "it is not UTF-8; save the file as UTF-8": "不是 UTF-8；请把文件存为 UTF-8",
    "there is no playbook {}; {}, or give a .yaml file": "没有话术手册 {}；{}，或者给出 .yaml 文件",
    "there is no {}": "没有 {}",
    "{} is missing": "缺少 {}",
    "version {} is already there; give a new version": "版本 {} 已经存在；请用新的版本号",
}
_PARTS: Final[Mapping[str, str]] = {
    "did you mean {}?": "是不是 {}？",
    "use one of {}": "可用的有 {}",
    "it has no value; put a text with a comma in quotes": "它没有值；含逗号的文字要加引号",
    "define it": "请先定义",
    "a mapping": "一组键值",
    "a list": "列表",
    "a single value": "单个值",
    "any": "任意",
}
_WHERE: Final = re.compile(
    r"(?P<where>[^\s:]+\.ya?ml(?::\d+)?: )?(?P<path>(?:[\w.\-\[\]]+: )?)(?P<what>.*)", re.DOTALL
)


def in_chinese(mistake: str) -> str:
    """The mistake with its place; one that is not on the list stays as it is."""
    found = _WHERE.fullmatch(mistake)
    if found is None:
        return mistake
    for path, what in ((found["path"], found["what"]), ("", found["path"] + found["what"])):
        told = _told(what, _TOLD)
        if told is not None:
            return f"{found['where'] or ''}{path}{told}"
    return mistake


def _told(what: str, texts: Mapping[str, str]) -> str | None:
    for pattern, filled in _matching(what, texts):
        values = (value if (part := _told(value, _PARTS)) is None else part for value in filled)
        return texts[pattern].format(*values)
    return None


def _matching(what: str, texts: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fullest pattern first, so that a short one does not swallow what a longer one says."""
    for pattern in sorted(texts, key=lambda one: (-len(one.replace("{}", "")), one)):
        found = re.fullmatch(re.escape(pattern).replace(r"\{\}", "(.+?)"), what, re.DOTALL)
        if found is not None:
            yield pattern, found.groups()
