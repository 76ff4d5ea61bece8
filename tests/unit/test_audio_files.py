"""Foreign files: what is decoded, what is refused and with which words."""

from __future__ import annotations

import resource
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from coach.audio.files import SAMPLE_RATE, decode, probe
from coach.audio.samples import read
from coach.domain.errors import Cancelled, RecordingError
from coach.domain.recording import DecodedAudio

LEFT_HZ, RIGHT_HZ = 440.0, 700.0


def quiet(_share: float) -> None:
    """Nobody asks for progress."""


def tones(seconds: float, rate: int, channels: int) -> np.ndarray:
    """A tone of its own in each channel, shape (frames, channels)."""
    t = np.arange(round(seconds * rate)) / rate
    pitches = [LEFT_HZ + k * (RIGHT_HZ - LEFT_HZ) for k in range(channels)]
    return np.stack([0.3 * np.sin(2 * np.pi * hz * t) for hz in pitches], axis=1)


def write(
    path: Path, samples: np.ndarray, *, codec: str = "pcm_s16le", rate: int = 16_000, layout: str = ""
) -> Path:
    """Encode samples (frames, channels) with any encoder of FFmpeg."""
    layout = layout or ("stereo" if samples.shape[1] == 2 else "mono")
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        stream.bit_rate = 12_200 if "amr" in codec else 96_000
        packed = np.ascontiguousarray((samples * 32_767).astype(np.int16)).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, "s16", layout)
        frame.sample_rate = rate
        resampler = av.AudioResampler(
            stream.format.name, layout, rate, stream.codec_context.frame_size or 1024
        )
        for one in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(one))
        container.mux(stream.encode(None))
    return path


def decoded(path: Path, tmp_path: Path, *, max_hours: float = 1.0) -> DecodedAudio:
    return decode(probe(path), tmp_path / "work" / "samples", report=quiet, max_hours=max_hours)


def loudest_hz(audio: DecodedAudio, channel: int | None) -> float:
    samples = read(audio, audio.whole, channel)
    return float(np.abs(np.fft.rfft(samples)).argmax() * audio.sample_rate / len(samples))


@pytest.mark.parametrize(
    ("name", "codec", "rate", "channels"),
    [
        ("pcm.wav", "pcm_s16le", 8_000, 1),
        ("alaw.wav", "pcm_alaw", 8_000, 2),
        ("mulaw.wav", "pcm_mulaw", 8_000, 1),
        ("adpcm.wav", "adpcm_ima_wav", 8_000, 1),
        ("high.wav", "pcm_s24le", 48_000, 2),
        ("call.mp3", "libmp3lame", 44_100, 2),
        ("call.m4a", "aac", 44_100, 2),
        ("call.opus", "libopus", 48_000, 2),
        ("call.ogg", "libopus", 16_000, 2),
        ("call.flac", "flac", 22_050, 2),
        ("call.webm", "libopus", 48_000, 1),
        ("call.mka", "ac3", 48_000, 2),
        ("call.wma", "wmav2", 44_100, 2),
        ("call.aiff", "pcm_s16be", 32_000, 1),
        ("call.au", "pcm_mulaw", 8_000, 1),
        ("call.mov", "aac", 44_100, 1),
        ("call.caf", "pcm_s16le", 16_000, 2),
        ("call.amr", "libopencore_amrnb", 8_000, 1),
    ],
)
def test_what_ffmpeg_decodes_becomes_16_khz_samples(
    name: str, codec: str, rate: int, channels: int, tmp_path: Path
) -> None:
    path = write(tmp_path / name, tones(2.0, rate, channels), codec=codec, rate=rate)
    audio = decoded(path, tmp_path)
    assert audio.sample_rate == SAMPLE_RATE
    assert audio.channels == channels
    assert audio.duration == pytest.approx(2.0, abs=0.15)
    assert audio.complete
    assert audio.path.stat().st_size == audio.frames * audio.channels * 2
    assert loudest_hz(audio, 0) == pytest.approx(LEFT_HZ, abs=3)
    assert loudest_hz(audio, channels - 1) == pytest.approx(RIGHT_HZ if channels == 2 else LEFT_HZ, abs=3)


def test_the_id_is_the_digest_of_the_bytes_and_not_of_the_name(tmp_path: Path) -> None:
    one = write(tmp_path / "one.wav", tones(0.5, 16_000, 1))
    two = tmp_path / "two.wav"
    two.write_bytes(one.read_bytes())
    other = write(tmp_path / "other.wav", tones(0.6, 16_000, 1))
    assert probe(one).id == probe(two).id != probe(other).id
    assert (probe(two).name, probe(two).codec, probe(two).channels) == ("two.wav", "pcm_s16le", 1)


@pytest.mark.parametrize(
    ("second_channel", "channels"),
    [
        (lambda left: left, 1),
        (lambda left: 0.25 * left, 1),
        (lambda left: -left, 1),
        (lambda left: 0.0 * left, 1),
        (lambda left: np.roll(left, 4_000) * np.linspace(1, 0, len(left)), 2),
    ],
    ids=["the same", "the same, quieter", "the same, inverted", "silence", "another voice"],
)
def test_two_channels_stay_two_only_where_each_carries_its_own(
    second_channel, channels: int, tmp_path: Path
) -> None:
    left = np.random.default_rng(1).normal(size=32_000) * 0.1
    path = write(tmp_path / "call.wav", np.stack([left, second_channel(left)], axis=1))
    audio = decoded(path, tmp_path)
    assert audio.channels == channels
    assert audio.path.stat().st_size == audio.frames * channels * 2
    assert np.corrcoef(read(audio, audio.whole, 0), left[: audio.frames])[0, 1] > 0.99


def test_more_than_two_channels_become_one(tmp_path: Path) -> None:
    path = write(tmp_path / "surround.wav", tones(1.0, 16_000, 6), layout="5.1")
    assert decoded(path, tmp_path).channels == 1


def crc(page: bytes) -> int:
    """The checksum of an Ogg page (RFC 3533)."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
            value &= 0xFFFFFFFF
    return value


def with_short_clock(data: bytes) -> bytes:
    """The same Ogg file, every page of which claims to end within its first five seconds."""
    pages = [b"OggS" + page for page in data.split(b"OggS")[1:]]
    lying = []
    for page in pages:
        position = min(struct.unpack("<q", page[6:14])[0], 5 * 48_000)
        page = page[:6] + struct.pack("<q", position) + page[14:22] + b"\0\0\0\0" + page[26:]
        lying.append(page[:22] + struct.pack("<I", crc(page)) + page[26:])
    return b"".join(lying)


def test_a_recording_that_lies_about_its_length_is_measured_by_its_samples(tmp_path: Path) -> None:
    honest = write(tmp_path / "call.ogg", tones(40.0, 48_000, 1), codec="libopus", rate=48_000)
    lying = tmp_path / "lying.ogg"
    lying.write_bytes(with_short_clock(honest.read_bytes()))
    with pytest.raises(RecordingError, match="longer than"):
        decoded(lying, tmp_path, max_hours=20 / 3600)
    assert not list((tmp_path / "work").iterdir())


def broken(kind: str, folder: Path) -> Path:
    """A file that must be refused."""
    good = write(folder / "good.wav", tones(1.0, 16_000, 1))
    path = folder / {"session": "call.sdp", "playlist": "call.wav"}.get(kind, "call.mp3")
    match kind:
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("这不是录音。\n" * 100, encoding="utf-8")
        case "picture":
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4_000))
        case "noise":
            path.write_bytes(np.random.default_rng(3).bytes(50_000))
        case "zeros":
            path.write_bytes(bytes(20_000))
        case "header only":
            path.write_bytes(good.read_bytes()[:44])
        case "m4a without its end":
            whole = write(folder / "whole.m4a", tones(3.0, 16_000, 1), codec="aac").read_bytes()
            path.write_bytes(whole[: len(whole) // 2])
        case "playlist":
            path.write_text("ffconcat version 1.0\nfile good.wav\n")
        case "session":
            path.write_text(
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n"
            )
        case "folder":
            path.mkdir()
    return path


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("missing", "there is no such file"),
        ("folder", "there is no such file"),
        ("empty", r"empty \(0 bytes\)"),
        ("text", "is not a recording"),
        ("picture", "is not a recording|holds no audio"),
        ("noise", "is not a recording|holds no"),
        ("zeros", "is not a recording|holds no"),
        ("header only", "holds no sound|is not a recording"),
        ("m4a without its end", "is not a recording"),
        ("playlist", "is not a recording"),
        ("session", "is not a recording"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(kind: str, says: str, tmp_path: Path) -> None:
    path = broken(kind, tmp_path)
    with pytest.raises(RecordingError, match=says) as refused:
        decoded(path, tmp_path)
    assert str(tmp_path) not in str(refused.value)
    assert path.name in str(refused.value)
    assert not (tmp_path / "work").exists() or not list((tmp_path / "work").iterdir())


def test_a_film_without_sound_is_told_from_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(RecordingError, match="holds no audio"):
        probe(path)


@pytest.mark.parametrize(("name", "codec"), [("call.mp3", "libmp3lame"), ("call.wav", "pcm_s16le")])
def test_a_recording_that_breaks_off_is_decoded_as_far_as_it_goes(
    name: str, codec: str, tmp_path: Path
) -> None:
    whole = write(tmp_path / name, tones(10.0, 16_000, 1), codec=codec).read_bytes()
    cut = tmp_path / f"cut-{name}"
    cut.write_bytes(whole[: int(len(whole) * 0.6)])
    audio = decoded(cut, tmp_path)
    assert audio.duration == pytest.approx(6.0, abs=0.3)
    if codec == "libmp3lame":
        assert not audio.complete


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """A disk that is full after ``size`` bytes; the decoder inherits it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_named_and_nothing_half_written_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "call.flac", tones(30.0, 16_000, 1), codec="flac")
    with no_file_larger_than(300_000), pytest.raises(RecordingError, match=r"no space to decode call\.flac"):
        decoded(path, tmp_path)
    assert not list((tmp_path / "work").iterdir())


def test_stopping_ends_the_decoder_and_leaves_nothing(tmp_path: Path) -> None:
    def stop(_share: float) -> None:
        raise Cancelled

    path = write(tmp_path / "call.flac", tones(90.0, 16_000, 1), codec="flac")
    with pytest.raises(Cancelled):
        decode(probe(path), tmp_path / "work" / "samples", report=stop)
    assert not list((tmp_path / "work").iterdir())


def test_progress_grows_to_the_whole(tmp_path: Path) -> None:
    told: list[float] = []
    path = write(tmp_path / "call.flac", tones(100.0, 16_000, 1), codec="flac")
    decode(probe(path), tmp_path / "samples", report=told.append)
    assert len(told) >= 3
    assert told == sorted(told)
    assert told[-1] == 1.0
