"""Putting bytes into the bucket, and getting the very same out again."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.storage import storages


class StoreAwayError(OSError):
    """The bucket does not answer, or not with what was put there; trying again may help."""


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
        raise StoreAwayError("the bucket gave other bytes than were put there")
    return content


def remove(practice: int, digest: str) -> None:
    """Take it away; what is not there is no trouble."""
    _bucket().remove(key_of(practice, digest))


def _bucket() -> Any:
    if not is_named():
        raise StoreAwayError("FILES_BUCKET names no bucket")
    return storages["files"]
