"""Putting bytes into the bucket, and getting the very same out again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.files.storage import storages

_Found = TypeVar("_Found")
MOST_SILENCES: Final = 3
"""How often in a row the bucket may say nothing before no more is asked of it."""


class StoreAwayError(OSError):
    """The bucket does not answer, or not with what was put there; trying again may help.

    ``answered``: it said something about this file, so that asking for the next is worth a try.
    """

    def __init__(self, words: str, *, answered: bool = False) -> None:
        super().__init__(words)
        self.answered = answered


class FilesLeftError(StoreAwayError):
    """Of several files some could not be dealt with; ``counts``: what was done, and ``failed``."""

    def __init__(self, words: str, counts: Counter[str]) -> None:
        super().__init__(words)
        self.counts = counts


class Tries:
    """Several files, one after the other: one that cannot be had holds up no other.

    ``failed``: how many could not be had; ``last``: why the last of them was not.
    """

    def __init__(self) -> None:
        self.failed = 0
        self.last: StoreAwayError | None = None
        self._silences = 0

    @property
    def given_up(self) -> bool:
        """Whether the bucket is away: each further question would only wait for its time limit."""
        return self._silences >= MOST_SILENCES

    def one(self, work: Callable[[], _Found]) -> _Found | None:
        """What the work gives; None where the bucket failed, or is not asked any more."""
        if self.given_up:
            self.failed += 1
            return None
        try:
            found = work()
        except StoreAwayError as error:
            self.failed, self.last = self.failed + 1, error
            self._silences = 0 if error.answered else self._silences + 1
            return None
        self._silences = 0
        return found

    def tell(self, counts: Counter[str]) -> None:
        """Raise ``FilesLeftError`` where anything failed."""
        if self.failed:
            counts["failed"] = self.failed
            raise FilesLeftError(f"{self.failed} not done, the last for {self.last}", counts)


def is_named() -> bool:
    """Whether there is a bucket at all."""
    return bool(settings.FILES_BUCKET)


def takes_files() -> bool:
    """Whether files are to go there from now on."""
    return is_named() and not settings.FILES_STAY


def key_of(practice: int, digest: str) -> str:
    """The name of a file in the bucket; it says nothing about what is in it, or whose it is."""
    return f"practices/{practice}/{digest}"


def put(practice: int, content: bytes) -> str:
    """Put it there, read it back, and give its digest."""
    digest = hashlib.sha256(content).hexdigest()
    _bucket().put(key_of(practice, digest), content)
    fetch(practice, digest)
    return digest


def fetch(practice: int, digest: str) -> bytes:
    """The bytes of this SHA-256, and never others; ``StoreAwayError`` where they cannot be had."""
    content: bytes = _bucket().fetch(key_of(practice, digest))
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreAwayError("the bucket gave other bytes than were put there", answered=True)
    return content


def remove(practice: int, digest: str) -> None:
    """Take it away; what is not there is no trouble."""
    _bucket().remove(key_of(practice, digest))


def _bucket() -> Any:
    if not is_named():
        raise StoreAwayError("FILES_BUCKET names no bucket")
    return storages["files"]
