"""A review to JSON text and back, without loss, and to the bytes that are kept."""

from __future__ import annotations

import zlib
from functools import cache

from pydantic import TypeAdapter, ValidationError

from coach.domain.errors import StoreError
from coach.domain.review import Review


@cache
def _adapter() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


def to_json(review: Review) -> str:
    """The review as JSON text that ``from_json`` reads back to an equal value."""
    return _adapter().dump_json(review).decode()


def from_json(text: str) -> Review:
    """The review that ``to_json`` wrote; raises ``StoreError`` when the text is of another shape."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        kinds = sorted({item["type"] for item in error.errors(include_input=False)})
        raise StoreError(
            f"a stored review cannot be read ({', '.join(kinds)}); it was written by another version: "
            "review the recording again"
        ) from None


def packed(review: Review) -> bytes:
    """The review as it is kept: a tenth of its JSON."""
    return zlib.compress(to_json(review).encode())


def unpacked(body: bytes) -> Review:
    """The review that ``packed`` wrote; raises ``StoreError``."""
    return from_json(zlib.decompress(body).decode())
