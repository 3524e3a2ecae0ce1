"""Tries are counted one by one, whoever takes them, and given back where they were right."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from clinic.guesses.counting import FOR_GOOD, Budget, Closed, Taken, guess_key, take, tries_left
from clinic.guesses.limits import GuessLimit
from clinic.models import Guess
from tests.clock import NOW, SetClock
from tests.waiting import PATIENCE_S

HOUR = timedelta(hours=1)
KEY = guess_key("test", "one")


def budget(*limits: GuessLimit, key: str = KEY) -> Budget:
    return Budget(key, limits)


def end_of(answer: Taken | Closed) -> object:
    """To the second: the clock of a test ticks."""
    return answer.until.replace(microsecond=0) if isinstance(answer, Closed) else "taken"


@pytest.mark.django_db
def test_a_window_slides(clock: SetClock) -> None:
    two_an_hour = budget(GuessLimit(2, HOUR))
    take(two_an_hour)
    clock(NOW + timedelta(minutes=40))
    assert tries_left(KEY, two_an_hour.limits) == 1
    take(two_an_hour)
    assert end_of(take(two_an_hour)) == NOW + HOUR
    clock(NOW + timedelta(minutes=61))
    assert end_of(take(two_an_hour)) == "taken"
    assert end_of(take(two_an_hour)) == NOW + timedelta(minutes=100)


@pytest.mark.django_db
def test_a_wait_begins_with_the_last_try(clock: SetClock) -> None:
    waiting = budget(GuessLimit(2, HOUR, HOUR))
    take(waiting)
    clock(NOW + timedelta(minutes=40))
    take(waiting)
    assert end_of(take(waiting)) == NOW + timedelta(minutes=100)


@pytest.mark.django_db
def test_what_is_limited_in_all_stays_closed(clock: SetClock) -> None:
    in_all = Budget(KEY, (GuessLimit(1, None),), kept=timedelta(days=800))
    take(in_all)
    clock(NOW + timedelta(days=400))
    assert end_of(take(in_all)) == FOR_GOOD.replace(microsecond=0)


@pytest.mark.django_db
def test_one_budget_used_up_takes_nothing_of_the_others() -> None:
    other = guess_key("test", "two")
    narrow, wide = budget(GuessLimit(1, HOUR)), budget(GuessLimit(9, HOUR), key=other)
    take(narrow, wide)
    assert isinstance(take(narrow, wide), Closed)
    assert Guess.objects.filter(key=other).count() == 1


@pytest.mark.django_db
def test_a_right_try_is_given_back() -> None:
    once = budget(GuessLimit(1, HOUR))
    taken = take(once)
    assert isinstance(taken, Taken)
    taken.give_back()
    assert end_of(take(once)) == "taken"


@pytest.mark.django_db
def test_what_is_counted_is_not_to_be_read() -> None:
    take(Budget(guess_key("sign-in", "alice@example.org"), (GuessLimit(1, HOUR),)))
    assert "alice" not in str(Guess.objects.values())


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_are_five() -> None:
    start = Barrier(16, timeout=PATIENCE_S)

    def one(_: int) -> bool:
        start.wait()
        try:
            return isinstance(take(budget(GuessLimit(5, HOUR, HOUR))), Taken)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(one, range(16))) == 5
