"""Many of a kind tried in one world."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is gone after it, so that each of many begins alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
