"""Lay the lines of a script on a time line, one track a party, and join the tracks to channels."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from sample_audio.recipe import delivery, noises
from sample_audio.recipe.noises import Samples
from sample_audio.recipe.scripts import Script, WrittenTurn
from sample_audio.recipe.voices import SAMPLE_RATE, Reader

SPEECH_LEVEL_DB = -24.0
_LEAD_SECONDS, _TAIL_SECONDS = 0.6, 0.8


@dataclass(frozen=True, slots=True)
class PlacedTurn:
    """A turn and its place, in seconds from the start of the call."""

    written: WrittenTurn
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Mixed:
    """The sound of a call, (samples, 1 or 2 channels) at ``SAMPLE_RATE``, and where each turn lies."""

    samples: Samples
    turns: tuple[PlacedTurn, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of sound on a side of the line: ``agent`` or ``customer``."""

    side: str
    start: float
    samples: Samples


def mix(script: Script, reader: Reader) -> Mixed:
    """Render, place and join a whole call; the same script gives the same sound."""
    pieces, turns = _placed(script, reader)
    length = int((max(turn.end for turn in turns) + _TAIL_SECONDS) * SAMPLE_RATE)
    tracks = {side: np.zeros(length, np.float32) for side in ("agent", "customer")}
    for piece in pieces:
        at = int(piece.start * SAMPLE_RATE)
        tracks[piece.side][at : at + piece.samples.size] += piece.samples[: length - at]
    return Mixed(_channels(script, tracks), tuple(turns))


def _placed(script: Script, reader: Reader) -> tuple[list[_Piece], list[PlacedTurn]]:
    chance = np.random.default_rng(zlib.crc32(script.id.encode()))
    pieces: list[_Piece] = []
    turns: list[PlacedTurn] = []
    now = _LEAD_SECONDS
    for turn in script.turns:
        style = turn.style
        for side, sound in _before(turn, script):
            pieces.append(_Piece(side, now + 0.4, sound))
            now += 0.4 + sound.size / SAMPLE_RATE
        usual = float(chance.uniform(0.25, 0.75))  # drawn always, so that one turn's style moves no other
        pause = usual if style.pause is None else style.pause
        start = now - style.overlap if style.overlap else now + pause
        line = spoken(turn, script, reader)
        end = start + line.size / SAMPLE_RATE
        pieces.append(_Piece(_side(turn.speaker), start, line))
        turns.append(PlacedTurn(turn, round(start, 3), round(end, 3)))
        now = max(now, end)
    return pieces, turns


def _before(turn: WrittenTurn, script: Script) -> list[tuple[str, Samples]]:
    """Ringback comes from the line of the party that is called, hold music from the party that comes back."""
    called = "agent" if script.coached == "customer" else "customer"
    sounds: list[tuple[str, Samples]] = []
    if turn.style.ringback:
        country = {"en": "us"}.get(script.language, "tw" if script.script == "traditional" else "cn")
        sounds.append((called, noises.ringback(turn.style.ringback, SAMPLE_RATE, country=country)))
    if turn.style.hold_music:
        sounds.append((_side(turn.speaker), noises.hold_music(turn.style.hold_music, SAMPLE_RATE)))
    return sounds


def _side(speaker: str) -> str:
    return "agent" if speaker == "agent" else "customer"


def spoken(turn: WrittenTurn, script: Script, reader: Reader) -> Samples:
    """One line as it is said, at its level."""
    member = script.cast[turn.voice]
    speed = member.speed * turn.style.speed
    line = reader.read(turn.spoken, voice=member.voice, language=script.language, speed=speed)
    level = SPEECH_LEVEL_DB + member.level_db
    if turn.style.raised:
        effort = delivery.EFFORTS[turn.style.raised]
        line = delivery.raised(line, effort)
        level += effort.level_db
    return delivery.at_level(line, level)


def _channels(script: Script, tracks: dict[str, Samples]) -> Samples:
    sound = script.sound
    heard = [_line(track, script, seed) for seed, track in enumerate(tracks.values())]
    agent, customer = heard
    if sound.agent_channel is None:
        return delivery.limited(agent + customer)[:, None]
    if sound.bleed_db is not None:
        bleed = 10 ** (sound.bleed_db / 20)
        agent, customer = agent + bleed * customer, customer + bleed * agent
    pair = (agent, customer) if sound.agent_channel == "left" else (customer, agent)
    return delivery.limited(np.stack(pair, axis=1))


def _line(track: Samples, script: Script, seed: int) -> Samples:
    carried = delivery.telephone(track) if script.sound.band == "telephone" else track
    seconds = (track.size + 0.5) / SAMPLE_RATE  # half a sample more, so that rounding down loses none
    hiss = noises.line_noise(seconds, SAMPLE_RATE, level_db=script.sound.noise_db, seed=seed)
    return np.asarray(carried + hiss, np.float32)
