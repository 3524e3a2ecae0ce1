"""The calendar file: what calendar programs make of it, over the days the clocks change."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from programs.reminders.calendar import Times, calendar_bytes
from programs.reminders.plan import Plan, due_between, moment
from tests.every_row import every

LINK = "https://physio.example/p/q1Vb0mYx7Yc3kT5uN8wZr2LhJ4dG6sPaEfRiOoKtXyU/"
DAY = dt.timedelta(days=1)
TIMES = Times(
    secret="s",
    link=LINK,
    times=(dt.time(9), dt.time(18, 30)),
    days=(0, 2, 4),
    zone=ZoneInfo("Europe/London"),
    starts=dt.date(2026, 10, 20),
    until=dt.datetime(2027, 5, 1, 22, 59, 59, tzinfo=dt.UTC),
    minutes=12,
    changed_at=dt.datetime(2026, 10, 20, 8, 15, 30, 999, tzinfo=dt.UTC),
)
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


def read(times: Times) -> Any:
    found: Any = Calendar.from_ical(calendar_bytes(times))
    assert [part.errors for part in found.walk()] == [[] for _ in found.walk()]
    return found


def offset_at(table: Any, wall: dt.datetime) -> Any:
    """What the file's own table says of a time on the wall, by the latest change before it."""
    parts = [part for part in table.subcomponents if part["dtstart"].dt <= wall]
    latest = max(parts, key=lambda part: part["dtstart"].dt)
    return latest["tzoffsetto"].td


def happenings(calendar: Any) -> list[dt.datetime]:
    """Every event, in UTC, by an expander and a zone table that are not ours."""
    (table,) = calendar.walk("VTIMEZONE")
    found = []
    for event in calendar.walk("VEVENT"):
        start = event["dtstart"].dt.replace(tzinfo=None)
        # The end is in UTC, the repetition by the clock: cut it by hand.
        rule = event["rrule"]
        (until,) = rule["until"]
        plain = f"RRULE:FREQ=WEEKLY;BYDAY={','.join(rule['byday'])}"
        for wall in rrulestr(plain, dtstart=start).xafter(start, inc=True):
            at = (wall - offset_at(table, wall)).replace(tzinfo=dt.UTC)
            if at > until:
                break
            found.append(at)
    return sorted(found)


def test_the_events_come_when_the_e_mails_would() -> None:
    start = moment(TIMES.starts, dt.time(), TIMES.zone)
    wanted = [
        due.at
        for at in TIMES.times
        for due in due_between(Plan(at, frozenset(TIMES.days)), TIMES.zone, start, TIMES.until)
    ]
    found = happenings(read(TIMES))
    assert found == sorted(wanted)
    assert len(found) == 166
    assert {at.astimezone(TIMES.zone).time() for at in found} == set(TIMES.times)


@given(
    st.sampled_from(ZONES).map(ZoneInfo),
    st.dates(dt.date(2024, 1, 1), dt.date(2034, 1, 1)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_in_every_zone_the_day_of_a_change_aside(
    zone: ZoneInfo, starts: dt.date, at: dt.time, days: frozenset[int]
) -> None:
    """On such a day programs differ in what they make of an hour that is not or comes twice."""
    until = moment(starts + 200 * DAY, dt.time(), zone)
    times = replace(TIMES, zone=zone, starts=starts, times=(at,), days=days, until=until)
    dues = due_between(Plan(at, days), zone, moment(starts, dt.time(), zone) - DAY / 86400, until)

    def is_plain(moment: dt.datetime) -> bool:
        near = [(moment + n * dt.timedelta(hours=2)).astimezone(zone) for n in (-1, 0, 1)]
        return len({value.utcoffset() for value in near}) == 1

    found = [value for value in happenings(read(times)) if is_plain(value)]
    assert found == [due.at for due in dues if is_plain(due.at)]


def test_the_zone_changes_when_the_law_says() -> None:
    (table,) = read(TIMES).walk("VTIMEZONE")
    assert table["tzid"] == "Europe/London"
    assert [
        (part.name, part["dtstart"].dt.isoformat(), part["tzname"]) for part in table.subcomponents
    ] == [
        ("DAYLIGHT", "2026-10-19T00:00:00", "BST"),
        ("STANDARD", "2026-10-25T02:00:00", "GMT"),
        ("DAYLIGHT", "2027-03-28T01:00:00", "BST"),
    ]


def test_it_says_when_and_nothing_else() -> None:
    text = calendar_bytes(TIMES).decode().replace("\r\n ", "")
    first = text[text.index("BEGIN:VEVENT") : text.index("END:VEVENT")].splitlines()
    assert sorted(line for line in first if not line.startswith("UID:")) == [
        "ACTION:DISPLAY",
        "BEGIN:VALARM",
        "BEGIN:VEVENT",
        "CLASS:PRIVATE",
        "DESCRIPTION:Your home programme",
        f"DESCRIPTION:{LINK}",
        "DTSTAMP:20261020T081530Z",
        "DTSTART;TZID=Europe/London:20261021T090000",
        "DURATION:PT15M",
        "END:VALARM",
        "RRULE:FREQ=WEEKLY;UNTIL=20270501T225959Z;BYDAY=MO,WE,FR;WKST=MO",
        "SUMMARY:Your home programme",
        "TRANSP:TRANSPARENT",
        "TRIGGER:P0D",
        f"URL:{LINK}",
    ]


def test_it_is_valid_for_those_who_look_closely() -> None:
    raw = calendar_bytes(TIMES)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    calendar = read(TIMES)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Homeward//Reminders//EN")
    names = [event["uid"] for event in calendar.walk("VEVENT")]
    assert len(set(names)) == len(names) == 2
    assert raw == calendar_bytes(TIMES)


@every(("minutes", "taken"), [(0, 10), (12, 15), (15, 15), (240, 60)])
def test_a_round_takes_up_a_sensible_time(minutes: int, taken: int) -> None:
    (event, _) = read(replace(TIMES, minutes=minutes)).walk("VEVENT")
    assert event["duration"].dt == dt.timedelta(minutes=taken)


def test_one_that_has_ended_before_it_began_has_no_events() -> None:
    over = replace(TIMES, until=dt.datetime(2026, 10, 19, tzinfo=dt.UTC))
    assert read(over).walk("VEVENT") == []
