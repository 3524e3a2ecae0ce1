"""An S3-compatible bucket, through django-storages. Loaded when the first file is asked for.

Nothing here makes an address that somebody else could open: files are private, and this site hands
them out itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any, Final, TypeVar, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from storages.backends.s3 import S3Storage

from clinic.storehouse.place import StoreAwayError

CONNECT_SECONDS: Final = 2
READ_SECONDS: Final = 10
"""Somebody may be waiting for a page meanwhile."""
WHOLE_SECONDS: Final = 20
"""For one file altogether: a time limit for each read ends nothing where bytes drip in."""
_MOST_ASKED: Final = 16
"""Files that one process asks for at a time, those that were given up and still drip among them."""
_TROUBLES: Final = (
    *(BotoCoreError, ClientError, ResponseParserError, OSError),
    # A head of the answer that is no number or day, and a proxy that leads round in a circle.
    *(ValueError, RecursionError),
)


_Found = TypeVar("_Found")
_lines: Final = BoundedSemaphore(_MOST_ASKED)


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
        in_time(lambda: self.bucket.Object(key).put(Body=content))

    def fetch(self, key: str) -> bytes:
        """All that lies under this key."""
        return in_time(lambda: bytes(self.bucket.Object(key).get()["Body"].read()))

    def remove(self, key: str) -> None:
        """Nothing lies under this key any more."""
        in_time(lambda: self.bucket.Object(key).delete())


@contextmanager
def told() -> Iterator[None]:
    """Whatever goes wrong between here and the bucket is told as one thing."""
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        raise StoreAwayError(type(error).__name__, answered=400 <= status < 500) from error
    except _TROUBLES as error:
        raise StoreAwayError(type(error).__name__) from error


def in_time(work: Callable[[], _Found], seconds: float = WHOLE_SECONDS) -> _Found:
    """What the work gives, or ``StoreAwayError`` when it has taken too long.

    It goes on in a thread of its own, which whoever waits can leave behind: nothing else ends a
    read that something comes for now and then. It ends with the line, or with the process.
    """
    if not _lines.acquire(timeout=seconds):
        raise StoreAwayError("the bucket is still busy with other files")
    said: SimpleQueue[tuple[_Found | None, BaseException | None]] = SimpleQueue()

    def ask() -> None:
        try:
            with told():
                said.put((work(), None))
        except BaseException as error:
            # Told to whoever waits.
            said.put((None, error))
        finally:
            _lines.release()

    Thread(target=ask, daemon=True, name="bucket").start()
    try:
        found, trouble = said.get(timeout=seconds)
    except Empty:
        raise StoreAwayError("the bucket took too long") from None
    if trouble is not None:
        raise trouble
    return cast(_Found, found)
