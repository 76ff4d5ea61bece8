"""The turns so far to cues and checklist, by the classifier, facts and rules of a whole review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.domain.call import Call, Role, Turn
from coach.domain.observations import LabelHit, ObservedCall
from coach.domain.playbook import Criterion, Playbook
from coach.domain.review import CriterionKind, Evidence, Finding, Outcome
from coach.domain.rule import Who
from coach.domain.time import Interval, Seconds
from coach.domain.words import count_words
from coach.language.second_look import reconsider
from coach.live.cues import MOMENTS, Cue, CueKind, Line, LineState, Moment, line_state
from coach.pipeline import JUDGED_LANGUAGES, Judges
from coach.rules.findings import find
from coach.rules.view import View

OPENING, RECENT = 20, 100
"""Turns that are looked at: the first (who is who was settled there) and the last; cost stays the same."""
_CONTEXT, _NARROW = 6, 2
_LEAST_WORDS = 4
_EDGE: Seconds = 0.05
"""The recogniser's times of a word may be off by so much."""
_REMIND_EVERY: Seconds = 6.0
_SAME_PLACE: Seconds = 1.0
CUED_FROM, CRITICAL_FROM = 0.5, 0.7
"""From this confidence on a cue (a critical one) is raised: what comes after the words is not known yet."""
AGAIN_AFTER: Seconds = 5.0
"""A fault that is said once more in the same turn, so long after the words that were cued, is cued again."""

Labels = tuple[LabelHit, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the new words changed: cues that were raised, and the whole checklist."""

    cues: tuple[Cue, ...]
    lines: tuple[Line, ...]


class LiveJudge:
    """Judges a session under ``playbook``; call it with all turns after every utterance."""

    def __init__(self, playbook: Playbook, judges: Judges, *, started_at: datetime | None = None) -> None:
        self.playbook = playbook
        self._judges = judges
        self._started_at = started_at
        self._labels: dict[tuple[float, Role, str], Labels] = {}
        self._met: set[str] = set()
        self._raised: list[Cue] = []
        self._cued: list[tuple[str, Interval]] = []
        self._reminded_at: Seconds = -_REMIND_EVERY

    def blank(self) -> tuple[Line, ...]:
        """The checklist before anything was said."""
        return tuple(
            Line(one.id, one.kind, one.title, one.critical, LineState.OPEN)
            for one in self.playbook.criteria
            if one.kind is not CriterionKind.MANNER
        )

    def judge(self, turns: Sequence[Turn], *, language: str, new: Interval, now: Seconds) -> Judgement | None:
        """Cues on ``new``, the words that were added, and the checklist; None where nothing can be judged."""
        if language not in JUDGED_LANGUAGES or self._judges.classifier is None:
            return None
        kept = _looked_at(turns)
        labels = self._labelled(kept)
        view = View(self._observed(kept, labels, language), self.playbook.trust)
        found = {
            criterion.id: find(criterion, view)
            for criterion in self.playbook.criteria
            if criterion.kind is not CriterionKind.MANNER
        }
        self._met |= {
            name for name, finding in found.items() if finding.outcome is Outcome.MET and self._is_do(name)
        }
        faults = [
            *self._faults(found, kept, language, new, now),
            *self._said_again(found, kept, language, new, now),
        ]
        self._cued.extend((cue.criterion, cue.at) for cue in faults)
        cues = [*self._reminders(found, view, now), *_worth_saying(faults)]
        self._raised.extend(cues)
        return Judgement(tuple(cues), tuple(self._lines(found)))

    def _labelled(self, turns: Sequence[Turn]) -> list[Labels]:
        """Labels by turn; only turns that are new or changed, and the one before them, are read again."""
        assert self._judges.classifier is not None
        keys = [(turn.interval.start if turn.interval else 0.0, turn.role, turn.text) for turn in turns]
        changed = next((at for at, key in enumerate(keys) if key not in self._labels), None)
        if changed is not None:
            again = max(0, changed - 1)
            first = max(0, again - _CONTEXT)
            read = self._judges.classifier.classify(
                turns[first:], playbook=self.playbook.id, coached=self.playbook.coached
            )
            fresh = dict(zip(keys[again:], read[again - first :], strict=True))
            self._labels = {key: fresh.get(key) or self._labels.get(key, ()) for key in keys}
        found = tuple(self._labels[key] for key in keys)
        return list(reconsider(turns, found, coached=self.playbook.coached))

    def _observed(self, turns: Sequence[Turn], labels: Sequence[Labels], language: str) -> ObservedCall:
        call = Call(
            id="live",
            source="live",
            playbook=self.playbook.id,
            coached=self.playbook.coached,
            language=language,
            turns=tuple(turns),
            started_at=self._started_at,
            duration=max((turn.interval.end for turn in turns if turn.interval), default=None),
        )
        return ObservedCall(
            call=call,
            labels=tuple(labels),
            pii=self._judges.pii.detect(call.turns, language=language),
            facts=self._judges.facts.find(call, labels),
        )

    def _faults(
        self, found: dict[str, Finding], turns: tuple[Turn, ...], language: str, new: Interval, now: Seconds
    ) -> list[Cue]:
        cues = []
        for name, finding in found.items():
            criterion = self.playbook.criterion(name)
            if criterion.kind is not CriterionKind.DONT or finding.outcome is not Outcome.NOT_MET:
                continue
            for evidence in finding.evidence:
                if evidence.confidence < (CRITICAL_FROM if criterion.critical else CUED_FROM):
                    continue
                if evidence.interval is None or self._known(name, evidence.interval):
                    continue
                if not criterion.critical or self._stands(criterion, turns[: evidence.turn + 1], language):
                    cues.append(_fault(criterion, finding, evidence, turns[evidence.turn], new, now))
        return cues

    def _stands(self, criterion: Criterion, turns: tuple[Turn, ...], language: str) -> bool:
        """Whether the last turn is the fault with little before it too: one fault colours what follows."""
        assert self._judges.classifier is not None
        narrow = tuple(replace(turn, i=at) for at, turn in enumerate(turns[-_NARROW:]))
        labels = self._judges.classifier.classify(
            narrow, playbook=self.playbook.id, coached=self.playbook.coached
        )
        seen = reconsider(narrow, labels, coached=self.playbook.coached)
        finding = find(criterion, View(self._observed(narrow, seen, language), self.playbook.trust))
        return finding.outcome is Outcome.NOT_MET and any(
            piece.turn == len(narrow) - 1 for piece in finding.evidence
        )

    def _known(self, criterion: str, at: Interval) -> bool:
        """Whether this turn already has its cue; a turn that grows or is cut anew keeps it."""
        wide = at.padded(_SAME_PLACE)
        return any(name == criterion and wide.overlap(said) > 0 for name, said in self._cued)

    def _said_again(
        self, found: dict[str, Finding], turns: tuple[Turn, ...], language: str, new: Interval, now: Seconds
    ) -> list[Cue]:
        """Cues for ``new`` words that repeat, in a turn that goes on, a fault that it was cued for before.

        They are judged by themselves, as a turn of their own: the words that were cued do not count again.
        """
        parted = _parted(turns, new, self.playbook.coached)
        if parted is None:
            return []
        repeated = [name for name in found if self._cued_before(name, parted[-2], new)]
        if not repeated:
            return []
        view = View(self._observed(parted, self._labelled(parted), language), self.playbook.trust)
        cues = []
        for criterion in map(self.playbook.criterion, repeated):
            finding = find(criterion, view)
            if finding.outcome is Outcome.NOT_MET:
                proofs = [piece for piece in finding.evidence if piece.turn == len(parted) - 1]
                cues += [_fault(criterion, finding, proof, parted[-1], new, now) for proof in proofs[:1]]
        return cues

    def _cued_before(self, criterion: str, head: Turn, new: Interval) -> bool:
        """Whether the turn has a cue of this fault, and that long enough ago."""
        assert head.interval is not None
        wide = head.interval.padded(_SAME_PLACE)
        ends = [said.end for name, said in self._cued if name == criterion and wide.overlap(said) > 0]
        return bool(ends) and new.end - max(ends) >= AGAIN_AFTER

    def _reminders(self, found: dict[str, Finding], view: View, now: Seconds) -> list[Cue]:
        if now - self._reminded_at < _REMIND_EVERY:
            return []
        for moment in MOMENTS:
            if moment.criterion not in found or self._reminded(moment.criterion):
                continue
            missed = _missed(moment, view)
            if missed is not None and moment.criterion not in self._met:
                self._reminded_at = now
                criterion = self.playbook.criterion(moment.criterion)
                return [_reminder(criterion, found[moment.criterion], missed, now)]
        return []

    def _reminded(self, criterion: str) -> bool:
        return any(cue.criterion == criterion and cue.kind is CueKind.REMINDER for cue in self._raised)

    def _is_do(self, name: str) -> bool:
        return self.playbook.criterion(name).kind is CriterionKind.DO

    def _lines(self, found: dict[str, Finding]) -> list[Line]:
        faults = {cue.criterion for cue in self._raised if cue.kind is CueKind.FAULT}
        lines = []
        for name, finding in found.items():
            criterion = self.playbook.criterion(name)
            state = line_state(criterion.kind, finding.outcome, float(finding.credit))
            if name in self._met:
                state = LineState.MET
            elif name in faults:
                state = LineState.FAULT
            lines.append(Line(name, criterion.kind, criterion.title, criterion.critical, state))
        return lines


def _looked_at(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The opening and the last turns, numbered by their place among them as rules and facts expect."""
    kept = turns if len(turns) <= OPENING + RECENT else [*turns[:OPENING], *turns[-RECENT:]]
    return tuple(replace(turn, i=at) for at, turn in enumerate(kept))


def _parted(turns: tuple[Turn, ...], new: Interval, coached: Role) -> tuple[Turn, ...] | None:
    """The turns up to ``new`` words, these in a turn of their own; None where they begin their turn."""
    for turn in reversed(turns):
        first = next((i for i, word in enumerate(turn.words) if word.interval.start >= new.start - _EDGE), 0)
        if not first or turn.role is not coached:
            continue
        head, tail = (
            replace(
                turn,
                i=turn.i + at,
                text="".join(word.text for word in words).strip(),
                interval=words[0].interval.hull(words[-1].interval),
                words=words,
                corrections=(),
            )
            for at, words in enumerate((turn.words[:first], turn.words[first:]))
        )
        return (*turns[: turn.i], head, tail)
    return None


def _fault(
    criterion: Criterion, finding: Finding, evidence: Evidence, turn: Turn, new: Interval, now: Seconds
) -> Cue:
    assert evidence.interval is not None
    quote, at = _new_words(turn, new)
    return Cue(
        kind=CueKind.FAULT,
        criterion=criterion.id,
        title=criterion.title,
        critical=criterion.critical,
        quote=quote or evidence.quote,
        at=at or evidence.interval,
        because=finding.because,
        advice=criterion.advice,
        better=criterion.better,
        raised_at=now,
        confidence=evidence.confidence,
    )


def _worth_saying(faults: Sequence[Cue]) -> list[Cue]:
    """The gravest last, where it is shown large; of several critical ones in the same words the surest only.

    What is heard live is heard less well, and two alarms at once for one sentence help nobody.
    """
    ordered = sorted(faults, key=lambda cue: (cue.critical, cue.confidence))
    return [
        cue
        for at, cue in enumerate(ordered)
        if not (cue.critical and any(later.at.overlap(cue.at) > 0 for later in ordered[at + 1 :]))
    ]


def _new_words(turn: Turn, new: Interval) -> tuple[str, Interval | None]:
    """The part of a turn that was just added to it."""
    words = [word for word in turn.words if new.start - _EDGE <= word.interval.start < new.end + _EDGE]
    if not words:
        return "", None
    return "".join(word.text for word in words).strip(), words[0].interval.hull(words[-1].interval)


def _missed(moment: Moment, view: View) -> Turn | None:
    """The turn that called for it, when the coached party had its turns since and did not do it."""
    labels = view.observed.labels or ()
    who = Who.COACHED if moment.by_coached else Who.OTHER
    for at, turn in enumerate(view.turns):
        called = any(hit.label in moment.after and hit.sure for hit in labels[at])
        if not called or not view.is_by(at, who) or view.doubt(at, who) is not None:
            continue
        since = range(at + 1, len(view.turns))
        own = [i for i in since if view.is_by(i, Who.COACHED) or view.turns[i].role is Role.UNKNOWN]
        if any(hit.label == moment.criterion for i in own for hit in labels[i]):
            return None
        over = [i for i in own if i + 1 < len(view.turns) and count_words(view.turns[i].text) >= _LEAST_WORDS]
        return turn if len(over) >= moment.patience else None
    return None


def _reminder(criterion: Criterion, finding: Finding, heard: Turn, now: Seconds) -> Cue:
    assert heard.interval is not None
    return Cue(
        kind=CueKind.REMINDER,
        criterion=criterion.id,
        title=criterion.title,
        critical=False,
        quote=heard.text,
        at=heard.interval,
        because=finding.because,
        advice=criterion.advice,
        better=criterion.better,
        raised_at=now,
    )
