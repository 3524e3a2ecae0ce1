"""What takes long is begun first, by every worker, and nothing is lost on the way."""

import random

from tests.every_row import every
from tests.long_first import long_first

FILES = [f"{file}{number}" for file in "abcdefgh" for number in range(10)]
LONG = {"b", "e", "h"}


@every("workers", [1, 2, 3])
def test_each_worker_begins_with_what_is_long(workers: int) -> None:
    ordered = long_first(FILES, lambda i: i[0] in LONG, lambda i: i[0], workers)
    assert sorted(ordered) == FILES
    begun = [ordered[len(FILES) * n // workers][0] for n in range(workers)]
    assert set(begun) <= LONG
    assert len(set(begun)) == workers


def test_a_files_tests_stay_together_and_the_rest_as_it_was() -> None:
    mixed = random.Random(7).sample(FILES, len(FILES))
    whole = sorted(mixed, key=lambda i: "cahgbfed".index(i[0]))
    ordered = long_first(whole, lambda i: i[0] in LONG, lambda i: i[0], 2)
    # h, b and e come in this order; one worker begins with h and e, the other with b.
    assert "".join(dict.fromkeys(i[0] for i in ordered if i[0] in LONG)) == "heb"
    assert ordered[40:50] == [i for i in whole if i[0] == "b"]
    short = [i for i in ordered if i[0] not in LONG]
    assert short == [i for i in whole if i[0] not in LONG]


@every("long", ["", "a", "bcdefgh", "abcdefgh"])
@every("workers", [3, 11, 200])
def test_nothing_is_lost_or_there_twice(long: str, workers: int) -> None:
    ordered = long_first(FILES, lambda i: i[0] in long, lambda i: i[0], workers)
    assert sorted(ordered) == FILES
