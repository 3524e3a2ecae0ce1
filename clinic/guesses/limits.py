"""How many guesses there are at each door, and what they are worth.

Pure. A limit is ``tries`` within a time. Whoever is at it waits: for ``wait`` after the latest try,
or, without one, until the oldest of them is that long ago. ``within=None`` means in all. The table
in ``docs/security.md`` is made of these numbers, and a test compares it with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final


@dataclass(frozen=True, slots=True)
class GuessLimit:
    """``tries`` within ``within`` close a door."""

    tries: int
    within: dt.timedelta | None
    wait: dt.timedelta | None = None

    @property
    def a_day(self) -> int:
        """The most tries in 24 hours; of one in all, the first day takes them all."""
        if self.within is None:
            return self.tries
        # With a wait there is a pause after each round; without, each window holds a round.
        round_takes = max(self.within, self.wait or self.within)
        return self.tries * ceil(_DAY / round_takes)


_QUARTER: Final = dt.timedelta(minutes=15)
_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)

Limits = Sequence[GuessLimit]
_BURST: Final = GuessLimit(5, _QUARTER, _QUARTER)

# --- Signing in: 100 wrong passwords a day on one account, from everywhere together ---------------
FROM_STRANGERS: Final = (GuessLimit(60, _DAY),)
"""On one account, from all devices that it has not been used on."""
FROM_ONE_PLACE: Final = (_BURST,)
"""On one account, from one network."""
FROM_KNOWN_DEVICES: Final = (_BURST, GuessLimit(20, _DAY))
"""On one account, from devices that have signed in to it before; strangers cannot use these up."""
WHEN_SIGNED_IN: Final = (_BURST, GuessLimit(20, _DAY))
"""The password asked for again of somebody who is signed in."""
OF_ANY_ACCOUNT: Final = (GuessLimit(50, _QUARTER, _QUARTER),)
"""From one network, whatever the account; devices known to the account are not held up by it."""

# --- The second factor, after a right password ----------------------------------------------------
SECOND_FACTOR: Final = (_BURST, GuessLimit(20, _DAY))
"""On one account, once for strangers together and once for known devices."""

# --- Letters that anybody can have sent -----------------------------------------------------------
RESETS_TO_ONE: Final = (GuessLimit(1, dt.timedelta(minutes=5)), GuessLimit(6, _DAY))
"""Letters with a link for a new password, to one address, whether it has an account or not."""
RESETS_FROM_ONE_PLACE: Final = (GuessLimit(20, _HOUR),)
INVITATIONS_TO_ONE: Final = (GuessLimit(5, _DAY),)
INVITATIONS_OF_ONE: Final = (GuessLimit(50, _DAY),)
WRONG_INVITATIONS: Final = (GuessLimit(20, _QUARTER, _QUARTER),)
"""Links of invitations that nobody has, from one network."""
TELL_OWNER: Final = (GuessLimit(1, _DAY),)
"""Letters that say an account is being guessed at."""
USED_CODES: Final = (GuessLimit(1, dt.timedelta(minutes=2)),)
"""One code of an authenticator app, which the next process must not take again while it shows."""

# --- The patient's door ---------------------------------------------------------------------------
YEARS_AT_A_LINK: Final = (_BURST, GuessLimit(10, None))
"""A year of birth is one of some eighty. After ten wrong ones only a new link opens the door."""
YEARS_FROM_ONE_PLACE: Final = (GuessLimit(20, _QUARTER, _QUARTER),)
"""Wide, since a clinic, a care home or a whole mobile network may share one address."""
CODES_FROM_ONE_PLACE: Final = (GuessLimit(10, _QUARTER, _QUARTER), GuessLimit(50, _DAY))
"""For codes nobody has."""
CODES_FROM_EVERYWHERE: Final = (GuessLimit(200, _HOUR),)
"""The same over the whole server. Links and remembered devices need no code."""


def a_day(limits: Limits) -> int:
    """The most tries in 24 hours under all of these."""
    return min(limit.a_day for limit in limits)


PASSWORD_TRIES_A_DAY: Final = (
    a_day(FROM_STRANGERS) + a_day(FROM_KNOWN_DEVICES) + a_day(WHEN_SIGNED_IN)
)
"""On one account, from everywhere together."""
