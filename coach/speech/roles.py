"""Name the speakers: agent, customer or somebody else, by what they say, confirmed by place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.domain.time import Seconds
from coach.language.normalise import fold
from coach.speech import habits
from coach.speech.align import SpokenTurn
from coach.speech.cues import Cue, cues

Scores = dict[Role, float]
Named = tuple[Role, float]

_PARTIES = tuple(Role)
_LEAST_THIRD = 3.0
_HABIT_WEIGHT = 0.5
_LEAST_LEAD_ALONE = 3.0
_LEAST_AGENT_TOO = 0.5
"""Measured on four calls with three voices: parts of the agent 1.0 to 7.1, the others below 0."""
_FIXED = {"left": Role.AGENT, "right": Role.AGENT}
_HANDS_OVER = re.compile(
    r"转(接|过去|给)|(帮|给)(您|你)(转|叫|找)|(去|来)?叫(他|她|一下)|让(他|她)(来)?(接|听)|(他|她)来了|"
    r"put you through|transfer|let me (get|find)|get (him|her)|here (he|she) is|(he|she)('s| is) right here"
)
_GREETS = re.compile(r"\W*(喂|为|未|你好|您好|哪位|谁|我是|hello|hi\b|yes\b|speaking|this is)")
_LEAST_WAIT: Seconds = 3.0
_HANDOVER_SURE = 0.9
_LABEL_CUES: Mapping[LabelId, tuple[Role, float]] = {
    LabelId.IDENTIFY: (Role.AGENT, 1.0),
    LabelId.HARDSHIP: (Role.CUSTOMER, 1.5),
    LabelId.REFUSAL: (Role.CUSTOMER, 1.0),
    LabelId.DISPUTE: (Role.CUSTOMER, 0.8),
    LabelId.PROMISE: (Role.CUSTOMER, 1.0),
}


def name_roles(
    turns: Sequence[SpokenTurn],
    *,
    playbook: str,
    language: str,
    agent_channel: str = "auto",
    labels: Sequence[Sequence[LabelHit]] | None = None,
) -> tuple[Turn, ...]:
    """Turns with roles, numbered; neighbours of one role whose voices were split are one turn again.

    ``agent_channel`` is ``left`` or ``right`` to fix the agent of a recording with two channels, or ``auto``.
    ``labels`` (by turn) help where the classifier has run. A role is ``unknown`` where nothing tells.
    """
    if not turns:
        return ()
    speakers = sorted({turn.speaker for turn in turns})
    scores = {speaker: _scores(turns, speaker, language, labels) for speaker in speakers}
    _addressed(scores, turns, language)
    if len(speakers) > 1:
        _place(scores, turns, playbook)
    roles = _assigned(scores, agent_channel)
    joined = _joined(turns, roles)
    named = [roles[turn.speaker] for turn in joined]
    return _numbered(joined, _handed_over(joined, named))


def _scores(
    turns: Sequence[SpokenTurn],
    speaker: str,
    language: str,
    labels: Sequence[Sequence[LabelHit]] | None,
) -> Scores:
    own = [(i, turn) for i, turn in enumerate(turns) if turn.speaker == speaker]
    text = "。".join(turn.text for _, turn in own)
    found: Scores = dict.fromkeys(_PARTIES, 0.0)
    for _, turn in own:
        for name, odds in zip(habits.ROLES, habits.odds(turn.text, language), strict=True):
            found[Role(name)] += _HABIT_WEIGHT * float(odds)
    for cue, times in _met(text, language):
        if not cue.of_others:
            found[cue.role] += cue.weight * times
    for i, _ in own:
        for hit in labels[i] if labels is not None else ():
            if hit.label in _LABEL_CUES:
                role, weight = _LABEL_CUES[hit.label]
                found[role] += weight * hit.confidence
    return found


def _met(text: str, language: str) -> Iterator[tuple[Cue, int]]:
    """The cues that a text holds, and how often each counts."""
    written = fold(text)
    sounds = _syllables(text) if language == "zh" else ""
    for cue in cues(language):
        times = sum(1 for _ in cue.pattern.finditer(sounds if cue.by_sound else written))
        if times:
            yield cue, min(times, cue.most)


def _addressed(scores: Mapping[str, Scores], turns: Sequence[SpokenTurn], language: str) -> None:
    """What is said to somebody tells who he is: only a third party is asked to pass a message on.

    Among three voices, one that speaks as an agent is not the one who is spoken to.
    """
    spoken_to = [s for s in scores if len(scores) < 3 or _agent_margin(scores[s]) < _LEAST_AGENT_TOO]
    for speaker in scores:
        text = "。".join(turn.text for turn in turns if turn.speaker == speaker)
        for cue, times in _met(text, language):
            for other in spoken_to if cue.of_others else ():
                if other != speaker:
                    scores[other][cue.role] += cue.weight * times


def _syllables(text: str) -> str:
    from pypinyin import lazy_pinyin

    return " ".join(part for part in lazy_pinyin(re.sub(r"\W", "", text)) if part.isascii())


def _place(scores: Mapping[str, Scores], turns: Sequence[SpokenTurn], playbook: str) -> None:
    """Place in the call confirms content: who answers the telephone, and who speaks more."""
    first = turns[0]
    answers = re.match(r"\W*(喂|hello|hi\b|yes\b)", fold(first.text)) is not None and len(first.text) <= 8
    if playbook == "collection" and answers:
        scores[first.speaker][Role.CUSTOMER] += 0.8
    else:
        scores[first.speaker][Role.AGENT] += 0.6
    length = {speaker: sum(len(turn.text) for turn in turns if turn.speaker == speaker) for speaker in scores}
    scores[max(length, key=lambda speaker: length[speaker])][Role.AGENT] += 0.4


def _assigned(scores: Mapping[str, Scores], agent_channel: str) -> dict[str, tuple[Role, float]]:
    """The role of each speaker and how sure it is: one agent, the others customer or third party."""
    lead = {s: 2 * found[Role.AGENT] - sum(found.values()) for s, found in scores.items()}
    ranked = sorted(lead, key=lambda speaker: -lead[speaker])
    if agent_channel in lead:
        agent, sure = agent_channel, 1.0
    elif agent_channel in _FIXED and set(scores) <= set(_FIXED):
        return {speaker: (_other(found), 1.0) for speaker, found in scores.items()}
    elif len(ranked) == 1:
        return {ranked[0]: _alone(lead[ranked[0]], scores[ranked[0]])}
    else:
        agent, sure = ranked[0], _sigmoid(lead[ranked[0]] - lead[ranked[1]])
    agents = {agent, *_agents_too(scores, ranked)}
    return {
        speaker: (Role.AGENT, sure) if speaker in agents else (_other(found), sure)
        for speaker, found in scores.items()
    }


def _agents_too(scores: Mapping[str, Scores], ranked: Sequence[str]) -> list[str]:
    """Of three voices or more, those that also speak as the agent does: his own, raised, or a colleague's."""
    return [speaker for speaker in ranked[1:-1] if _agent_margin(scores[speaker]) >= _LEAST_AGENT_TOO]


def _agent_margin(found: Scores) -> float:
    return found[Role.AGENT] - max(found[Role.CUSTOMER], found[Role.THIRD_PARTY])


def _alone(lead: float, found: Scores) -> tuple[Role, float]:
    if abs(lead) < _LEAST_LEAD_ALONE:
        return Role.UNKNOWN, 0.0
    return (Role.AGENT, _sigmoid(lead)) if lead > 0 else (_other(found), _sigmoid(-lead))


def _other(found: Scores) -> Role:
    third, customer = found[Role.THIRD_PARTY], found[Role.CUSTOMER]
    return Role.THIRD_PARTY if third >= _LEAST_THIRD and third > customer else Role.CUSTOMER


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-0.4 * x))


def _joined(turns: Sequence[SpokenTurn], roles: Mapping[str, tuple[Role, float]]) -> list[SpokenTurn]:
    """One turn for neighbours of one role that only the clustering of voices had parted."""
    joined: list[SpokenTurn] = []
    for turn in turns:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.speaker != turn.speaker
            and roles[before.speaker][0] is roles[turn.speaker][0]
            and before.interval.gap(turn.interval) < 1.0
        ):
            sure = min(before.speaker_confidence, turn.speaker_confidence)
            joined[-1] = SpokenTurn(before.speaker, (*before.words, *turn.words), sure)
        else:
            joined.append(turn)
    return joined


def _handed_over(turns: Sequence[SpokenTurn], named: Sequence[Named]) -> list[Named]:
    """On the customer's side, whoever puts the call through is a third party, and who comes after is not."""
    found = list(named)
    for i, turn in enumerate(turns):
        if named[i][0] is Role.AGENT or not _HANDS_OVER.search(fold(turn.text)):
            continue
        after = next((j for j in range(i + 1, len(turns)) if named[j][0] is not Role.AGENT), None)
        if after is None or not _somebody_new(turn, turns[after]):
            continue
        for j, (role, sure) in enumerate(named):
            if role is not Role.AGENT:
                found[j] = (Role.THIRD_PARTY if j <= i else Role.CUSTOMER, sure * _HANDOVER_SURE)
        break
    return found


def _somebody_new(before: SpokenTurn, after: SpokenTurn) -> bool:
    """Whether the next to speak on this side greets, after a wait."""
    waited = before.interval.gap(after.interval) >= _LEAST_WAIT
    return waited and _GREETS.match(fold(after.text)) is not None


def _numbered(turns: Sequence[SpokenTurn], named: Sequence[Named]) -> tuple[Turn, ...]:
    return tuple(
        Turn(
            i=i,
            role=named[i][0],
            text=turn.text,
            interval=turn.interval,
            words=turn.words,
            confidence=turn.confidence,
            role_confidence=named[i][1] * turn.speaker_confidence,
        )
        for i, turn in enumerate(turns)
    )
