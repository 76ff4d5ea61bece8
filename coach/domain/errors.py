"""Errors that a user can do something about; their texts never hold the words of a call."""

from __future__ import annotations


class CoachError(Exception):
    """Base of all errors that are the user's to mend; the text says what, where and what to do.

    ``kind`` names what is wrong where a page has words of its own for it.
    """

    def __init__(self, message: str = "", *, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind

    @property
    def name(self) -> str:
        """The class, with the kind where there is one: ``RecordingError.empty``."""
        return f"{type(self).__name__}.{self.kind}" if self.kind else type(self).__name__


class RecordingError(CoachError):
    """The recording cannot be read: broken, empty, no audio, too long."""


class TranscriptError(CoachError):
    """The transcript file does not have the expected shape."""


class ModelError(CoachError):
    """Weights are missing, damaged or not obtainable."""


class PlaybookError(CoachError):
    """A playbook has a mistake; the text names file, line and the nearest valid key."""


class DeviceError(CoachError):
    """No sound device, or it failed."""


class StoreError(CoachError):
    """The store cannot be read or written."""


class NoSuchCall(StoreError):
    """There is no such call, or not for him who asks: the two are told alike."""


class NotAllowed(StoreError):
    """The account may not do this."""


class Cancelled(CoachError):
    """The user stopped the work."""
