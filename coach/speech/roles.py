"""Name the speakers: agent, customer or somebody else, by what they say, confirmed by place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coach.domain.call import Role, Turn
from coach.domain.time import Seconds
from coach.language.normalise import fold
from coach.speech import habits
from coach.speech.align import SpokenTurn
from coach.speech.cues import Cue, cues

Scores = dict[Role, float]
Named = tuple[Role, float]
Met = tuple[Cue, int]
"""A cue, and how often it counts."""
Said = Mapping[str, Sequence[str]]
"""The texts of each speaker's turns."""

_PARTIES = tuple(Role)
_LEAST_THIRD = 3.0
_HABIT_WEIGHT = 0.5
_CUE_WEIGHT = 0.25
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


def name_roles(
    turns: Sequence[SpokenTurn],
    *,
    coached: Role,
    language: str,
    agent_channel: str = "auto",
) -> tuple[Turn, ...]:
    """Turns with roles, numbered; neighbours of one role whose voices were split are one turn again.

    ``agent_channel`` is ``left`` or ``right`` to fix the agent of a recording with two channels, or ``auto``.
    A role is ``unknown`` where nothing tells.
    """
    if not turns:
        return ()
    said = {
        speaker: [turn.text for turn in turns if turn.speaker == speaker]
        for speaker in sorted({turn.speaker for turn in turns})
    }
    met = {speaker: tuple(_met("。".join(texts), language)) for speaker, texts in said.items()}
    cued = {speaker: _cued(found) for speaker, found in met.items()}
    lead = _agent_lead(said, cued, turns[0].speaker, coached, language)
    scores = {speaker: _with_habits(cued[speaker], texts, language) for speaker, texts in said.items()}
    _addressed(scores, met)
    roles = _third_parties(said, _assigned(scores, lead, agent_channel), coached, language)
    joined = _joined(turns, roles)
    named = [roles[turn.speaker] for turn in joined]
    return _numbered(joined, _handed_over(joined, named))


def _cued(met: Iterable[Met]) -> Scores:
    found: Scores = dict.fromkeys(_PARTIES, 0.0)
    for cue, times in met:
        if not cue.of_others:
            found[cue.role] += cue.weight * times
    return found


def _with_habits(cued: Scores, texts: Sequence[str], language: str) -> Scores:
    found = dict(cued)
    for text in texts:
        for name, odds in zip(habits.ROLES, habits.odds(text, language), strict=True):
            found[Role(name)] += _HABIT_WEIGHT * float(odds)
    return found


def _met(text: str, language: str) -> Iterator[Met]:
    """The cues that a text holds, and how often each counts."""
    written = fold(text)
    sounds = _syllables(text) if language == "zh" else ""
    for cue in cues(language):
        times = sum(1 for _ in cue.pattern.finditer(sounds if cue.by_sound else written))
        if times:
            yield cue, min(times, cue.most)


def _addressed(scores: Mapping[str, Scores], met: Mapping[str, Sequence[Met]]) -> None:
    """What is said to somebody tells who he is: only a third party is asked to pass a message on.

    Among three voices, one that speaks as an agent is not the one who is spoken to.
    """
    spoken_to = [s for s in scores if len(scores) < 3 or _agent_margin(scores[s]) < _LEAST_AGENT_TOO]
    for speaker in scores:
        for cue, times in met[speaker]:
            for other in spoken_to if cue.of_others else ():
                if other != speaker:
                    scores[other][cue.role] += cue.weight * times


def _syllables(text: str) -> str:
    from pypinyin import lazy_pinyin

    return " ".join(part for part in lazy_pinyin(re.sub(r"\W", "", text)) if part.isascii())


def _agent_lead(
    said: Said, cued: Mapping[str, Scores], first: str, coached: Role, language: str
) -> dict[str, float]:
    """How much each speaker talks as the agent: by all that he says, and by cues."""
    lead = {s: _CUE_WEIGHT * (2 * found[Role.AGENT] - sum(found.values())) for s, found in cued.items()}
    for speaker, texts in said.items():
        lead[speaker] += habits.agent_score(texts, opens=speaker == first, coached=coached, language=language)
    return lead


def _assigned(
    scores: Mapping[str, Scores], lead: Mapping[str, float], agent_channel: str
) -> dict[str, tuple[Role, float]]:
    """The role of each speaker and how sure it is: one agent, the others customer or third party."""
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


def _third_parties(said: Said, roles: Mapping[str, Named], coached: Role, language: str) -> dict[str, Named]:
    """The only other party of a collection call is a third one, where all that is said says so."""
    agents = [speaker for speaker, (role, _) in roles.items() if role is Role.AGENT]
    others = [speaker for speaker in roles if speaker not in agents]
    if coached is not Role.AGENT or len(agents) != 1 or len(others) != 1:
        return dict(roles)
    known = "zh" if language == "zh" else "en"
    score = habits.third_score(said[others[0]], said[agents[0]], known)
    if score <= habits.LEAST_THIRD[known]:
        return dict(roles)
    return {**roles, others[0]: (Role.THIRD_PARTY, roles[others[0]][1])}


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
