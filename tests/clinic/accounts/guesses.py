"""Many guesses for the price of one."""

from clinic.models import Guess


def same_again(times: int) -> None:
    """As if what was guessed so far had been guessed ``times`` more: the rows that it left."""
    rows = Guess.objects.values("key", "place", "at", "expires_at")
    Guess.objects.bulk_create([Guess(**row) for row in rows for _ in range(times)])
