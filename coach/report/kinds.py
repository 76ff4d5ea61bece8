"""What a review can be written as."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of file made of a review; the sound with personal data covered is made from the recording."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    VTT = "vtt"
    SRT = "srt"
    VCON = "vcon"
    AUDIO = "audio"


ENDINGS = {
    Kind.TEXT: ".txt",
    Kind.JSON: ".json",
    Kind.HTML: ".html",
    Kind.PDF: ".pdf",
    Kind.XLSX: ".xlsx",
    Kind.CSV: ".csv",
    Kind.VTT: ".vtt",
    Kind.SRT: ".srt",
    Kind.VCON: ".vcon.json",
    Kind.AUDIO: ".mp3",
}
MEDIA_TYPES = {
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.JSON: "application/json",
    Kind.HTML: "text/html; charset=utf-8",
    Kind.PDF: "application/pdf",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.VTT: "text/vtt; charset=utf-8",
    Kind.SRT: "application/x-subrip; charset=utf-8",
    Kind.VCON: "application/vcon+json",
    Kind.AUDIO: "audio/mpeg",
}
BINARY = frozenset({Kind.PDF, Kind.XLSX, Kind.AUDIO})
"""Nothing for a terminal."""
