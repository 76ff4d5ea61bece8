"""What was heard against what was said: errors, terms, parties, roles, raised voices; counts first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.domain.call import Role, Turn
from coach.domain.time import Interval
from coach.language.normalise import fold, to_script
from coach.speech import floor
from models.turn_classifier.augment import write_numeral
from sample_audio.recipe.listen import distance

_LISTED = (
    "逾期 还款 还清 分期 账单 欠款 借款 贷款 尾款 罚息 滞纳金 违约金 利息 本金 手续费 征信 "
    "减免 宽限 延期 展期 协商 催收 结清 核对 核实 身份证 后四位 转账 到账 入账 扣款 信用卡 "
    "银行卡 客服 工号 短信 录音 投诉 起诉 律师 法院 裁员 失业 工资 周转 抵押 担保 合同 "
    "发票 付清 拖欠 失信 黑名单 上门 通讯录 联系人 单位 最低还款 账户 贷后 本息 诉讼 仲裁 冻结 "
    "执行"
)
TERMS = tuple(_LISTED.split())
"""Terms of the trade, written down without looking at the recogniser's lexicon."""
_MOST_DIGITS_OF_A_NUMBER = 5
LEAST_OVERLAP = 0.199
"""0.2 s, as a difference of two times."""
_TOUCHES = 0.1
_TOUCHING = 0.05
_MAJORITY = 0.5


def units(text: str, language: str) -> list[str]:
    """Characters (zh: Simplified, numbers as they are spoken) or words (en: lower case)."""
    if language == "en":
        return re.findall(r"[a-z0-9']+", text.lower().replace(",", ""))
    simplified = fold(to_script(re.sub(r"(?<=\d),(?=\d)", "", text), "simplified"))
    spoken = re.sub(r"([\d.]+)[%％]", r"百分之\1", simplified)
    spoken = re.sub(r"\d+", lambda number: _read_out(number[0]), spoken)
    return list(re.sub(r"[\W_]", "", spoken.replace("两", "二").replace("幺", "一")))


def _read_out(digits: str) -> str:
    if len(digits) <= _MOST_DIGITS_OF_A_NUMBER and not digits.startswith("0"):
        return write_numeral(int(digits))
    return "".join("零一二三四五六七八九"[int(digit)] for digit in digits)


def errors(said: str, heard: str, language: str) -> tuple[int, int]:
    """Edits, and the length of what was said."""
    written = units(said, language)
    return distance(written, units(heard, language)), len(written)


def terms(said: str, heard: str) -> tuple[int, int]:
    """How often ``TERMS`` were heard, and how often they were said."""
    said, heard = ("".join(units(text, "zh")) for text in (said, heard))
    spoken = {term: said.count(term) for term in TERMS}
    return sum(min(n, heard.count(term)) for term, n in spoken.items()), sum(spoken.values())


@dataclass(frozen=True, slots=True)
class Parties:
    """Characters given to the right party, all characters, and whether every party got its role."""

    right: int
    length: int
    roles_right: bool


def parties(turns: Sequence[Turn], key: Sequence[Mapping[str, Any]]) -> Parties:
    """Who was heard to say what.

    A word belongs to the party that speaks in its middle; while both speak, to the one whose words it is in.
    The party is right when it is the one that the word's speaker says most of; the role when it is named so.
    """
    given: Counter[tuple[Role, str]] = Counter()
    shared: list[tuple[Role, set[str], int]] = []
    for turn in turns:
        for word in turn.words:
            size = len(re.sub(r"\W", "", word.text))
            middle = (word.interval.start + word.interval.end) / 2 + _TOUCHING
            owners = _owners(key, middle, word.text)
            if size:
                shared.append((turn.role, owners, size))
                for owner in owners:
                    given[turn.role, owner] += size
    speaks_for = {role: _most(given, role) for role, _ in list(given)}
    right = sum(size for role, owners, size in shared if speaks_for[role] in owners)
    named = all(speaks_for.get(Role(party)) == party for party in _main_parties(key))
    return Parties(right, sum(size for *_, size in shared), named)


def _most(given: Counter[tuple[Role, str]], role: Role) -> str:
    own = {party: size for (heard, party), size in given.items() if heard is role}
    return max(own, key=lambda party: own[party])


def _owners(key: Sequence[Mapping[str, Any]], middle: float, word: str) -> set[str]:
    apart = [max(turn["start"] - middle, middle - turn["end"], 0.0) for turn in key]
    near = [turn for turn, gap in zip(key, apart, strict=True) if gap <= min(apart) + _TOUCHING]
    bare = re.sub(r"\W", "", fold(word))
    saying = [turn for turn in near if bare in fold(turn["text"])]
    return {str(turn["speaker"]) for turn in saying or near}


def _parties(key: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted({str(turn["speaker"]) for turn in key})


def _main_parties(key: Sequence[Mapping[str, Any]]) -> list[str]:
    """The parties that say more than a few words."""
    length = {p: sum(len(turn["text"]) for turn in key if turn["speaker"] == p) for p in _parties(key)}
    return [party for party, size in length.items() if size >= 0.1 * sum(length.values())]


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Overlaps of ``LEAST_OVERLAP`` and more that were found, all such, and what was heard where none is.

    ``cut_in`` are the interruptions told of the right party, those told, and those of the key.
    """

    found: int
    planted: int
    false: int
    cut_in: tuple[int, int, int]


def at_once(heard: Sequence[Interval], turns: Sequence[Turn], key: Sequence[Mapping[str, Any]]) -> AtOnce:
    """What was heard of two who speak at once in one channel."""
    said = [
        Turn(i, Role(turn["speaker"]), turn["text"], Interval(turn["start"], turn["end"]))
        for i, turn in enumerate(key)
    ]
    meant = [meeting.interval for meeting in floor.meetings(said)]
    planted = [both for both in meant if both.duration >= LEAST_OVERLAP]
    return AtOnce(
        sum(any(both.overlap(one) > 0 for one in heard) for both in planted),
        len(planted),
        sum(not any(both.padded(_TOUCHES).overlap(one) > 0 for both in meant) for one in heard),
        _cut_in(_interruptions(turns, heard), _interruptions(said, None)),
    )


def _interruptions(turns: Sequence[Turn], at_once: Sequence[Interval] | None) -> list[tuple[Role, Interval]]:
    met = floor.meetings(turns, at_once)
    cut_in = [(turn.role, floor.interrupts(turns, met, i)) for i, turn in enumerate(turns)]
    return [(role, at) for role, at in cut_in if at is not None]


def _cut_in(
    told: Sequence[tuple[Role, Interval]], meant: Sequence[tuple[Role, Interval]]
) -> tuple[int, int, int]:
    right = sum(any(role is who and at.overlap(both) > 0 for who, both in meant) for role, at in told)
    return right, len(told), len(meant)


@dataclass(frozen=True, slots=True)
class Effort:
    """A heard turn's effort, who spoke, and whether the shouting was planted."""

    speaker: str
    effort: float
    planted: bool


def raised(
    turns: Sequence[Turn], efforts: Sequence[float | None], key: Sequence[Mapping[str, Any]]
) -> list[Effort]:
    """The heard turns that lie for the most part in one turn of the key."""
    found = []
    for turn, effort in zip(turns, efforts, strict=True):
        if turn.interval is None or effort is None:
            continue
        shares = [turn.interval.overlap(Interval(said["start"], said["end"])) for said in key]
        best = max(range(len(key)), key=lambda i: shares[i])
        if shares[best] > _MAJORITY * turn.interval.duration:
            said = key[best]
            found.append(Effort(said["speaker"], effort, bool(said.get("raised_voice"))))
    return found


def pairs_in_order(efforts: Sequence[Effort]) -> tuple[float, int]:
    """Pairs of a raised and a calm turn of one speaker that lie in order (a tie is half), and all pairs."""
    found, count = 0.0, 0
    for speaker in {one.speaker for one in efforts}:
        own = [one for one in efforts if one.speaker == speaker]
        for loud in (one.effort for one in own if one.planted):
            for calm in (one.effort for one in own if not one.planted):
                found += (loud > calm) + 0.5 * (loud == calm)
                count += 1
    return found, count
