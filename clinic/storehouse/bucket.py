"""An S3-compatible bucket, through django-storages. Loaded when the first file is asked for.

Nothing here makes an address that somebody else could open: files are private, and this site hands
them out itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from storages.backends.s3 import S3Storage

from clinic.storehouse.place import StoreAwayError

CONNECT_SECONDS: Final = 2
READ_SECONDS: Final = 10
"""Somebody may be waiting for a page meanwhile."""
_TROUBLES: Final = (
    *(BotoCoreError, ClientError, ResponseParserError, OSError),
    # A head of the answer that is no number or day, and a proxy that leads round in a circle.
    *(ValueError, RecursionError),
)


class Bucket(S3Storage):
    """Whole files by their keys; every trouble is a ``StoreAwayError``."""

    def __init__(self, **given: Any) -> None:
        patience = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": 2},
            signature_version="s3v4",
            # Stores other than Amazon's have no name of their own for each bucket, and some do
            # not know the sums that newer clients add.
            s3={"addressing_style": "path" if given.get("endpoint_url") else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**given, client_config=patience)

    def put(self, key: str, content: bytes) -> None:
        """All of it under this key."""
        with told():
            self.bucket.Object(key).put(Body=content)

    def fetch(self, key: str) -> bytes:
        """All that lies under this key."""
        with told():
            return bytes(self.bucket.Object(key).get()["Body"].read())

    def remove(self, key: str) -> None:
        """Nothing lies under this key any more."""
        with told():
            self.bucket.Object(key).delete()


@contextmanager
def told() -> Iterator[None]:
    """Whatever goes wrong between here and the bucket is told as one thing."""
    try:
        yield
    except _TROUBLES as error:
        raise StoreAwayError(type(error).__name__) from error
