"""Dates of birth and phone numbers, read from whatever was typed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from patients.identity import births, phones
from patients.identity.births import BirthSpan
from patients.identity.regions import month_first, region_of
from patients.identity.wanted import read_wanted
from tests.every_row import every

DAYS = st.dates(date(1890, 1, 1), date(2026, 11, 20))
IN_FIGURES = [
    "%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d . %m . %Y",
    "%d%m%Y", "%d%m%y", "%d/%m/%y",
]  # fmt: skip
IN_WORDS = ["%d %b %Y", "%d %B %Y", "%d%b%Y", "%d-%b-%y", "%B %d, %Y", "%b %d %Y", "%dth of %B '%y"]


@given(DAYS, st.sampled_from(IN_FIGURES + IN_WORDS))
def test_a_day_is_read_in_every_spelling(day: date, spelling: str) -> None:
    [part, *others] = read_wanted(day.strftime(spelling), region="GB", month_first=False).parts
    assert others == []
    assert BirthSpan(day, day, 0) in part.births


@given(DAYS)
def test_day_and_month_may_change_places_and_the_rank_says_which_is_likelier(day: date) -> None:
    text = day.strftime("%m/%d/%Y")
    here = births.in_figures(text, month_first=True)
    abroad = births.in_figures(text, month_first=False)
    assert BirthSpan(day, day, 0) in here
    assert {(span.first, span.last) for span in here} == {(s.first, s.last) for s in abroad}
    if day.day != day.month:
        assert BirthSpan(day, day, 1) in abroad


@given(st.text(max_size=100), st.sampled_from(["GB", "US", "IT", ""]), st.booleans())
def test_nothing_that_is_typed_breaks_the_reading(text: str, region: str, first: bool) -> None:
    for part in read_wanted(text, region=region, month_first=first).parts:
        assert part.word or part.births or part.numbers


@every(
    ("text", "spans"),
    [
        ("02/03/48", ["1948-03-02", "2048-03-02", "1948-02-03", "2048-02-03"]),
        ("03/03/1948", ["1948-03-03"]),
        ("31/12/95", ["1995-12-31", "2095-12-31", "1895-12-31"]),
        ("30/02/1948", []),
        ("1889-01-01", []),
        ("00/00/0000", []),
    ],
)
def test_what_figures_mean(text: str, spans: list[str]) -> None:
    found = births.in_figures(text, month_first=False)
    assert [span.first.isoformat() for span in found] == spans
    assert all(span.first == span.last for span in found)


def test_a_month_and_a_year_are_all_their_days() -> None:
    assert births.in_figures("12/1948", month_first=False) == (
        BirthSpan(date(1948, 12, 1), date(1948, 12, 31)),
    )
    assert births.in_figures("1948", month_first=True) == (
        BirthSpan(date(1948, 1, 1), date(1948, 12, 31)),
    )


def test_names_that_are_months_stay_names() -> None:
    wanted = read_wanted("April June 1948", region="GB", month_first=False)
    assert wanted.words == "april june"


@given(st.text("0123456789", min_size=9, max_size=9), st.data())
def test_a_number_is_one_however_it_is_grouped(digits: str, data: st.DataObject) -> None:
    plain = f"7{digits}"
    grouped = plain[0] + "".join(
        data.draw(st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "\u2011"])) + digit
        for digit in plain[1:]
    )
    [wanted] = phones.numbers(f"0{plain}", "GB")
    for written in (f"+44 {grouped}", f"0044 {grouped}", f"+44 (0){grouped}", f"0{grouped}"):
        read = phones.readings(written, "GB")
        assert any(phones.same_number(wanted, one) for one in read), (written, read)


@every(
    ("one", "other", "same"),
    [
        ("442079460018", "2079460018", True),
        ("442079460018", "460018", True),
        ("442079460018", "60018", False),
        ("442079460018", "442079460019", False),
        ("442079460018", "12079460018", False),
    ],
)
def test_an_ending_is_enough(one: str, other: str, same: bool) -> None:
    assert phones.same_number(one, other) is same
    assert phones.same_number(other, one) is same


def test_the_country_is_told_by_the_time_zone() -> None:
    zones = ("Europe/London", "America/Chicago", "Asia/Manila", "Europe/Rome", "Etc/UTC")
    assert [region_of(zone) for zone in zones] == ["GB", "US", "PH", "IT", ""]
    assert [month_first(region_of(zone)) for zone in zones] == [False, True, True, False, False]
