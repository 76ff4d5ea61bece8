"""Find personal data in the turns of a call, also where a number runs over several of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.observations import PiiSpan
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.corrections import corrections, counts_something
from coach.language.pii.numbers import is_harmless, number_in, without_lead
from coach.language.pii.questions import asked_for, bare_answers
from coach.language.pii.repeats import add_repeated_names
from coach.language.pii.runs import Run, digit_runs
from coach.language.pii.spans import Found, surest
from coach.language.pii.tagger import Tagger
from coach.language.pii.together import joined_with

_HAN = re.compile("[一-鿿]")
_CUE_TURNS = 2
_CONTEXT = 40
_LEAST_REPEATED = 8
"""Digits that a number must have for parts of it to be known again."""


@dataclass(frozen=True, slots=True)
class _Joined:
    """A number whose digits lie in several turns: the turn and run of each piece."""

    pieces: tuple[tuple[int, Run], ...]
    digits: str


class RulePiiDetector:
    """Personal data by rules, in Mandarin and English, and by ``tagger`` if given; a port of the pipeline."""

    def __init__(self, tagger: Tagger | None = None) -> None:
        self._tagger = tagger

    def detect(self, turns: Sequence[Turn], *, language: str) -> tuple[tuple[PiiSpan, ...], ...]:
        """Spans of each turn in the order of ``turns``.

        A number may begin in one turn and end in the next but one; a name that was recognised once is found
        wherever it is said again.
        """
        runs = [digit_runs(turn.text) for turn in turns]
        found = [self._in_turn(turns, index, runs[index], language) for index in range(len(turns))]
        for index in range(1, len(turns)):
            if turns[index].role is not turns[index - 1].role:
                found[index] += bare_answers(turns[index].text, asked_for(turns[index - 1].text))
        if self._tagger is not None:
            read = self._tagger.read(turns)
            before = ("", *(turn.text for turn in turns))
            found = [
                joined_with(rules, tagged, turn, asked=asked_for(last) if tagged.found else frozenset())
                for rules, tagged, turn, last in zip(found, read, turns, before, strict=False)
            ]
        for joined in _over_turns(turns, runs):
            _add_joined(turns, found, joined, language)
        _add_parted_emails(turns, found)
        _add_repeated_numbers(turns, runs, found)
        for index, one in list(corrections(turns, runs, found)):
            found[index].append(one)
        add_repeated_names(turns, found)
        return tuple(
            tuple(PiiSpan(one.type, one.span, one.confidence) for one in surest(of_turn)) for of_turn in found
        )

    def _in_turn(self, turns: Sequence[Turn], index: int, runs: Sequence[Run], language: str) -> list[Found]:
        from coach.language.pii.codes import handles, identity_codes, plates
        from coach.language.pii.emails import emails

        text = turns[index].text
        found = [*emails(text), *plates(text), *identity_codes(text), *handles(text)]
        found += _numbers(turns, index, runs, language)
        found += _chinese(turns[index]) if _HAN.search(text) else _english(turns, index)
        return found


def _chinese(turn: Turn) -> list[Found]:
    from coach.language.pii import employers_zh, names_zh, places_zh

    return [
        *names_zh.names(turn.text),
        *places_zh.addresses(turn.text),
        *places_zh.hints(turn.text),
        *employers_zh.employers(turn.text, of_agent=turn.role is Role.AGENT),
    ]


def _english(turns: Sequence[Turn], index: int) -> list[Found]:
    from coach.language.pii import names_en, places_en

    text, of_agent = turns[index].text, turns[index].role is Role.AGENT
    asked = index > 0 and places_en.asks_for_zip(turns[index - 1].text)
    return [
        *names_en.names(text),
        *places_en.addresses(text, asked_for_zip=asked),
        *places_en.employers(text, of_agent=of_agent),
    ]


def _numbers(turns: Sequence[Turn], index: int, runs: Sequence[Run], language: str) -> list[Found]:
    folded = fold(turns[index].text)
    earlier = " ".join(fold(turn.text) for turn in turns[max(0, index - _CUE_TURNS) : index])
    english = not _is_chinese(folded, language)
    found: list[Found] = []
    start = 0
    for run in runs:
        before = folded[start : run.span.start]
        context = f"{_as_asked(earlier)} {before}" if _answers(before, earlier) else before
        behind = folded[run.span.end : run.span.end + 12]
        one = number_in(folded, run, before=context, behind=behind, english=english)
        if one is not None:
            found.append(one)
        start = run.span.end
    return found


def _answers(before: str, earlier: str) -> bool:
    """Whether a number answers what was said earlier: nothing but a lead before it, or "it's" at the end."""
    told = without_lead(before)
    return not told.strip("，,。. ") or (told != before and not is_harmless(_as_asked(earlier)))


def _as_asked(earlier: str) -> str:
    """The end of what was said before, without the stop that closes a question."""
    return earlier[-_CONTEXT:].rstrip("，,。.？?！! ")


def _is_chinese(folded: str, language: str) -> bool:
    return bool(_HAN.search(folded)) or (language == "zh" and not re.search("[a-z]{2}", folded))


def _over_turns(turns: Sequence[Turn], runs: Sequence[Sequence[Run]]) -> list[_Joined]:
    """Digits at the end of a turn that go on at the start of the same party's next one."""
    joined: list[_Joined] = []
    goes_on: set[int] = set()
    for index in range(len(turns)):
        pieces = [] if index in goes_on else _follow(turns, runs, index)
        if len(pieces) > 1:
            goes_on.update(at for at, _ in pieces[:-1])
            joined.append(_Joined(tuple(pieces), "".join(run.digits for _, run in pieces)))
    return joined


def _follow(turns: Sequence[Turn], runs: Sequence[Sequence[Run]], index: int) -> list[tuple[int, Run]]:
    if not runs[index] or not _at_end(turns[index].text, runs[index][-1]):
        return []
    pieces = [(index, runs[index][-1])]
    at = index
    while len(pieces) < 6:
        following = next(
            (i for i in (at + 1, at + 2) if i < len(turns) and turns[i].role is turns[at].role), None
        )
        if (
            following is None
            or not runs[following]
            or not _at_start(turns[following].text, runs[following][0])
            or counts_something(fold(turns[following].text), runs[following][0])
        ):
            break
        said = "".join(run.digits for _, run in pieces)
        if any(not _lets_go_on(turns[i], runs[i], said) for i in range(at + 1, following)):
            break
        pieces.append((following, runs[following][0]))
        at = following
        if len(runs[following]) > 1 or not _at_end(turns[following].text, runs[following][0]):
            break
    return pieces


def _lets_go_on(turn: Turn, runs: Sequence[Run], said: str) -> bool:
    """Whether a turn in between is a short word, or reads back what was said so far."""
    return len(turn.text) <= 12 or (len(turn.text) <= 40 and bool(runs) and runs[0].digits in said)


def _at_end(text: str, run: Run) -> bool:
    return len(re.sub(r"[\W_]|呃|嗯|啊|那个|um|uh|[xX]|叉|埃克斯", "", text[run.span.end :])) == 0


def _at_start(text: str, run: Run) -> bool:
    return (
        len(re.sub(r"[\W_]|呃|嗯|啊|然后|后面|是|对|那个|um|uh|then|and", "", text[: run.span.start].lower()))
        == 0
    )


def _add_joined(turns: Sequence[Turn], found: list[list[Found]], joined: _Joined, language: str) -> None:
    """Mark every piece with what the whole number is."""
    first, run = joined.pieces[0]
    folded = fold(turns[first].text)
    before = folded[: run.span.start]
    if first > 0:
        before = f"{fold(turns[first - 1].text)[-_CONTEXT:]} {before}"
    whole = Run(
        joined.digits, Span(0, len(joined.digits)), tuple(len(run.digits) for _, run in joined.pieces)
    )
    last, end = joined.pieces[-1]
    behind = fold(turns[last].text)[end.span.end :][:12]
    one = number_in(
        joined.digits, whole, before=before, behind=behind, english=not _is_chinese(folded, language)
    )
    if one is None:
        return
    letter = _CHECK_LETTER.match(behind) if one.type is PiiType.ID_NUMBER else None
    for index, piece in joined.pieces:
        stop = piece.span.end + (letter.end() if letter and piece is end else 0)
        found[index].append(Found(one.type, Span(piece.span.start, stop), one.confidence))


_CHECK_LETTER = re.compile(r"[\s,，]{0,2}(?:x(?![a-z])|叉)")
"""An identity number may end in X, also where it is said in several turns."""


def _add_parted_emails(turns: Sequence[Turn], found: list[list[Found]]) -> None:
    """An e-mail address of which one party says the two halves in two turns."""
    from coach.language.pii.emails import over_turns

    for index, turn in enumerate(turns):
        last = next((at for at in (index - 1, index - 2) if at >= 0 and turns[at].role is turn.role), None)
        if last is None:
            continue
        asked = " ".join(one.text for one in turns[max(0, last - 2) : last])
        spans = over_turns(turns[last].text, turn.text, asked=asked)
        if spans is not None:
            for at, span in zip((last, index), spans, strict=True):
                found[at].append(Found(PiiType.EMAIL, span, 0.92))


def _add_repeated_numbers(
    turns: Sequence[Turn], runs: Sequence[Sequence[Run]], found: list[list[Found]]
) -> None:
    """A long part of a number that was recognised is read back: 幺三六五五零七，后面?"""
    known: dict[str, PiiType] = {}
    for index in range(len(turns)):
        for run in runs[index]:
            if len(run.digits) >= _LEAST_REPEATED:
                known.update((run.digits, one.type) for one in found[index] if one.span.overlaps(run.span))
    for index in range(len(turns)):
        for run in runs[index]:
            whole = [digits for digits in known if run.digits in digits and run.digits != digits]
            if len(run.digits) >= 7 and whole:
                found[index].append(Found(known[max(whole, key=len)], run.span, 0.985))
