"""A bucket on this machine that answers byte by byte: nobody waits for all of them."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from clinic.storehouse import bucket as storehouse
from clinic.storehouse.bucket import Bucket, in_time
from clinic.storehouse.place import StoreAwayError
from tests.dripping import (
    drip_encrypted,
    drip_the_body,
    drip_the_head,
    drip_the_second_time,
    dripping,
)
from tests.waiting import PATIENCE_S, until

SECONDS = 1
Use = Callable[[Bucket], object]
ASKS: dict[str, Use] = {
    "fetch": lambda bucket: bucket.fetch("practices/1/a"),
    "put": lambda bucket: bucket.put("practices/1/a", b"%PDF"),
    "remove": lambda bucket: bucket.remove("practices/1/a"),
}


@pytest.fixture(autouse=True)
def _soon(settings: Any) -> None:
    settings.FILES_SECONDS = SECONDS


def bucket_at(address: str) -> Bucket:
    """What speaks to the bucket there."""
    keys = {"access_key": "ours", "secret_key": "secret"}
    return Bucket(bucket_name="files", endpoint_url=address, region_name="us-east-1", **keys)


def nobody_is_left() -> bool:
    """Whether every thread that asked a bucket has ended."""
    return all(thread.name != "bucket" for thread in threading.enumerate())


def takes_too_long(ask: Use, bucket: Bucket, left: list[bytes]) -> None:
    """Whoever asks is let go, and the line is cut long before the drips are over."""
    with pytest.raises(StoreAwayError, match="took too long"):
        ask(bucket)
    until(nobody_is_left, "the threads that asked have ended")
    until(lambda: left, "the bucket was hung up on")
    assert set(left) == {b""}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_head_that_drips(ask: Use) -> None:
    with dripping(drip_the_head) as (address, left):
        takes_too_long(ask, bucket_at(address), left)


def test_a_file_that_drips() -> None:
    with dripping(drip_the_body) as (address, left):
        takes_too_long(ASKS["fetch"], bucket_at(address), left)


def test_a_greeting_that_drips() -> None:
    with dripping(drip_encrypted) as (address, left):
        takes_too_long(ASKS["fetch"], bucket_at(address.replace("http:", "https:")), left)


def test_a_line_that_was_good_before() -> None:
    with dripping(drip_the_second_time) as (address, left):
        bucket = bucket_at(address)
        assert bucket.fetch("practices/1/a") == b"2" * 2000
        takes_too_long(ASKS["fetch"], bucket, left)


def test_the_wait_for_a_turn_is_part_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes when all turns are taken waits no longer than anybody else."""
    monkeypatch.setattr(storehouse, "_asking", threading.BoundedSemaphore(1))
    taken, never = threading.Event(), threading.Event()

    def keeps_its_turn() -> None:
        taken.set()
        never.wait(PATIENCE_S)

    ends = threading.Thread(target=pytest.raises, args=[StoreAwayError, in_time, keeps_its_turn])
    ends.start()
    try:
        assert taken.wait(PATIENCE_S)
        with pytest.raises(StoreAwayError):
            in_time(lambda: b"here")
    finally:
        never.set()
    ends.join(PATIENCE_S)
    until(nobody_is_left, "the thread that asked has ended")
    assert in_time(lambda: b"here") == b"here"
