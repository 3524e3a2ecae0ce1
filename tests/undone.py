"""Many inputs in one test, each as if it were the first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is taken back: an input that slips through spoils no other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
