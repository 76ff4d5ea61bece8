"""The encoder behind the classifier: turns to raw scores, in windows, by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.domain.call import Role, Turn
from coach.domain.time import Span
from coach.language.model_folder import ModelFolder, open_folder
from coach.language.session import session
from coach.language.windows import Layout, Part, lay_out, parts_of, plan, stack

Floats = npt.NDArray[np.float32]
LONG_TOKENS = 48
"""A longer turn is also read stretch by stretch, since one clause is easily lost in a monologue."""
STRETCH_TOKENS = 32
STRETCH_MARGIN = 1.5
"""How much a stretch's score is lowered, for want of the words around it."""
PAST_TOKENS = 48
PAST_TURNS = 4
BATCH = 16


class TurnEncoder:
    """Opens and checks the model's files at the first use; scores have a column for each label."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        self._folder = folder
        self._threads = threads

    def scores(self, turns: Sequence[Turn], *, coached: Role) -> Floats:
        """Logits (turns, labels); a turn without words has minus infinity."""
        out = np.full((len(turns), len(self.model.labels)), -np.inf, np.float32)
        texts = self._tokens([turn.text for turn in turns])
        stops = self.model.marks.stops
        parts = [
            part
            for i, (turn, ids) in enumerate(zip(turns, texts, strict=True))
            if ids
            for part in parts_of(i, turn.role, ids, stops)
        ]
        for window in plan(parts, self.model.sizes):
            layout = lay_out(parts[window.start : window.end], coached, self.model.marks)
            rows = self.run([layout])[0]
            for place in range(window.first, window.last):
                turn = parts[place].turn
                out[turn] = np.maximum(out[turn], rows[place - window.start])
        for at, ids in enumerate(texts):
            if len(ids) > LONG_TOKENS:
                out[at] = np.maximum(out[at], self._closely(turns, at, coached) - STRETCH_MARGIN)
        return out

    def stretches(self, text: str) -> tuple[Span, ...]:
        """A long text in stretches that end with clauses; a short one whole."""
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        if len(coded.ids) <= LONG_TOKENS:
            return (Span(0, len(text)),)
        parts = parts_of(0, Role.UNKNOWN, coded.ids, self.model.marks.stops, size=STRETCH_TOKENS)
        starts = [0]
        for part in parts[:-1]:
            starts.append(starts[-1] + len(part.ids))
        edges = [coded.offsets[start][0] for start in starts] + [len(text)]
        return tuple(Span(a, max(a, b)) for a, b in pairwise(edges))

    def in_place(self, turns: Sequence[Turn], at: int, texts: Sequence[str], *, coached: Role) -> Floats:
        """Logits (texts, labels) of short ``texts`` in the place of turn ``at``, behind a short past."""
        past = self._past(turns[max(0, at - PAST_TURNS) : at])
        layouts = [
            lay_out([*past, Part(0, turns[at].role, ids)], coached, self.model.marks)
            for ids in self._tokens(texts)
        ]
        rows: list[Floats] = []
        for i in range(0, len(layouts), BATCH):
            rows.extend(self.run(layouts[i : i + BATCH])[:, len(past)])
        return np.stack(rows)

    def run(self, layouts: Sequence[Layout]) -> Floats:
        """Logits (windows, parts, labels)."""
        ids, roles, places = stack(layouts, self.model.marks.pad)
        scores: Floats = self._session.run(None, {"ids": ids, "roles": roles, "places": places})[0]
        return scores

    def _closely(self, turns: Sequence[Turn], at: int, coached: Role) -> Floats:
        text = turns[at].text
        rows = self.in_place(turns, at, [span.of(text) for span in self.stretches(text)], coached=coached)
        highest: Floats = rows.max(axis=0)
        return highest

    def _past(self, turns: Sequence[Turn]) -> list[Part]:
        past: list[Part] = []
        left = PAST_TOKENS
        for turn, ids in zip(turns[::-1], self._tokens([turn.text for turn in turns])[::-1], strict=True):
            if ids and left > 0:
                past.insert(0, Part(0, turn.role, ids[-left:]))
                left -= len(ids)
        return past

    def _tokens(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        coded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [tuple(one.ids) for one in coded]

    @cached_property
    def model(self) -> ModelFolder:
        """What the folder holds; raises ``ModelError`` when files are missing or damaged."""
        return open_folder(self._folder)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self.model.tokenizer))

    @cached_property
    def _session(self) -> Any:
        return session(self.model.weights, threads=self._threads)
