"""The table of guesses against chance in ``docs/security.md`` is what the limits say."""

import math

from clinic.guesses import limits
from clinic.guesses.limits import GuessLimit, a_day
from programs.access.models import CODE_ALPHABET, LINK_CODE_LENGTH
from tests.every_row import every
from tests.paths import ROOT

CODES = len(CODE_ALPHABET) ** LINK_CODE_LENGTH
LIVE = 10_000
"""Links with a program behind them, on a large server."""
YEARS = 80
TOTP = 1_000_000
#: Door, guesses a day from one address and from 10,000, and the chance of one right guess for each.
Row = tuple[str, int, int, float, float]


def together(limit_of_one: int, limit_of_all: int | None, addresses: int) -> int:
    """Guesses a day from so many addresses."""
    many = limit_of_one * addresses
    return many if limit_of_all is None else min(many, limit_of_all)


def rows() -> list[Row]:
    place, account = a_day(limits.FROM_ONE_PLACE), a_day(limits.FROM_STRANGERS)
    code, codes = a_day(limits.CODES_FROM_ONE_PLACE), a_day(limits.CODES_FROM_EVERYWHERE)
    year = limits.YEARS_AT_A_LINK[1].tries
    factor = a_day(limits.SECOND_FACTOR)
    sprayed = a_day(limits.OF_ANY_ACCOUNT)
    one_in = 10_000  # a password as common as the hundredth of a list that is refused
    many = together(code, codes, 10_000)
    return [
        ("One account's password", min(place, account), account,
         min(place, account) / one_in, account / one_in),
        ("One password on many accounts", sprayed, sprayed * 10_000,
         math.nan, math.nan),
        ("Second factor, password known", factor, factor, 3 * factor / TOTP, 3 * factor / TOTP),
        ("A patient's code", code, many, code * LIVE / CODES, many * LIVE / CODES),
        ("Year of birth at a known link", year, year, year / YEARS, year / YEARS),
    ]  # fmt: skip


def chance(value: float) -> str:
    return "–" if math.isnan(value) else f"1 in {round(1 / value):,}"


def test_the_table_is_what_the_limits_say() -> None:
    wanted = [
        f"| {door} | {one:,} | {many:,} | {chance(p1)} | {chance(p2)} |"
        for door, one, many, p1, p2 in rows()
    ]
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    section = text[text.index("## How many guesses") :]
    found = [line for line in section.splitlines() if line.startswith("| ")][1:]
    assert found[: len(wanted)] == wanted


def test_at_most_a_hundred_passwords_a_day_on_one_account() -> None:
    assert limits.PASSWORD_TRIES_A_DAY == 100


def test_strangers_leave_tries_to_the_devices_of_the_account() -> None:
    assert (a_day(limits.FROM_STRANGERS), a_day(limits.FROM_KNOWN_DEVICES)) == (60, 20)


@every(
    ("limit", "tries"),
    [
        (GuessLimit(5, limits._QUARTER, limits._QUARTER), 480),
        (GuessLimit(60, limits._DAY), 60),
        (GuessLimit(10, None), 10),
    ],
)
def test_a_limit_knows_what_it_lets_through_in_a_day(limit: GuessLimit, tries: int) -> None:
    assert limit.a_day == tries
