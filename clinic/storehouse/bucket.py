"""An S3-compatible bucket, through django-storages. Loaded when the first file is asked for.

Nothing here makes an address that somebody else could open: files are private, and this site hands
them out itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Any, Final, TypeVar, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from django.conf import settings
from storages.backends.s3 import S3Storage

from clinic.lines import HeldLines, held_by, holding
from clinic.storehouse.place import StoreAwayError

CONNECT_SECONDS: Final = 2
READ_SECONDS: Final = 10
"""Somebody may be waiting for a page meanwhile."""
_MOST_ASKED: Final = 16
"""Files that one process asks for at a time."""
_TROUBLES: Final = (
    *(BotoCoreError, ClientError, ResponseParserError, OSError),
    # A head of the answer that is no number or day, and a proxy that leads round in a circle.
    *(ValueError, RecursionError),
)


_Found = TypeVar("_Found")
_asking: Final = BoundedSemaphore(_MOST_ASKED)


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

    @property
    def connection(self) -> Any:
        """What speaks to the bucket, over lines that can be cut."""
        found = super().connection
        pools = found.meta.client._endpoint.http_session._pool_classes_by_scheme
        for scheme, pool in pools.items():
            if not getattr(pool, "can_be_cut", False):
                pools[scheme] = holding(pool)
        return found

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


def in_time(work: Callable[[], _Found]) -> _Found:
    """What the work gives, or ``StoreAwayError`` after ``settings.FILES_SECONDS`` altogether.

    It is done in a thread of its own, which whoever waits can leave behind; its lines are cut then,
    so that it ends as well.
    """
    end = monotonic() + settings.FILES_SECONDS
    if not _asking.acquire(timeout=settings.FILES_SECONDS):
        raise StoreAwayError("the bucket is still busy with other files")
    said: SimpleQueue[tuple[_Found | None, BaseException | None]] = SimpleQueue()
    lines = HeldLines()

    def ask() -> None:
        try:
            with told(), held_by(lines):
                said.put((work(), None))
        except BaseException as error:
            # Told to whoever waits.
            said.put((None, error))
        finally:
            _asking.release()

    Thread(target=ask, daemon=True, name="bucket").start()
    try:
        found, trouble = said.get(timeout=max(end - monotonic(), 0))
    except Empty:
        lines.cut()
        raise StoreAwayError("the bucket took too long") from None
    if trouble is not None:
        raise trouble
    return cast(_Found, found)
