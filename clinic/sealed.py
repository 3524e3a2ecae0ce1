"""Text that waits in the database and that only this installation can read.

The keys are those of ``SECRET_KEY`` and, to read, of ``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal(text: str) -> bytes:
    """The text, unreadable to whoever has the row alone."""
    return _keys().encrypt(text.encode())


def unsealed(sealed: bytes | memoryview) -> str | None:
    """The text again; None where it was sealed with a key that is gone."""
    try:
        return _keys().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    return MultiFernet([_key(s) for s in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    digest = hashlib.sha256(b"homeward.sealed:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
