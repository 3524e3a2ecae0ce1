"""The last seven days in a sentence: none, one, contradicting and a year of reports."""

import datetime as dt

from programs.followup.progress.sentence import Sessions, week_words
from programs.followup.progress.series import ChartDay
from tests.every_row import every

TODAY = dt.date(2026, 11, 20)


def day(
    ago: int, pain: int | None = None, left: int | None = None, right: int | None = None
) -> ChartDay:
    return ChartDay(
        TODAY - dt.timedelta(days=ago),
        pains=() if pain is None else (pain,),
        lefts=() if left is None else (left,),
        rights=() if right is None else (right,),
    )


CASES = {
    "as in the brief": (
        Sessions(8, 14),
        [day(8, 4, 0, 5), day(3, 6, 0, 5), day(0, 5, 0, 4)],
        "8 of 14 sessions; right side moved up from the lower leg to the thigh; pain 4 → 5 of 10.",
    ),
    "back pain where it is only in the back": (
        Sessions(8, 14),
        [day(8, 4, 1, 5), day(0, 5, 1, 1)],
        "8 of 14 sessions; left side still in the middle of the low back; right side moved up from "
        "the lower leg to the middle of the low back; back pain 4 → 5 of 10.",
    ),
    "down, new and gone": (
        Sessions(1, 1),
        [day(5, 2, 0, 3), day(4, 2, 4, 5)],
        "1 of 1 session; left side new in the thigh; right side moved down from the buttock to the "
        "lower leg; pain still 2 of 10.",
    ),
    "gone": (
        Sessions(7, 7),
        [day(9, 3, 4, 0), day(0, 0, 0, 0)],
        "7 of 7 sessions; left side free, before in the thigh; pain 3 → 0 of 10.",
    ),
    "no symptoms": (
        Sessions(7, 7),
        [day(9, 0, 0, 0), day(0, 0, 0, 0)],
        "7 of 7 sessions; no symptoms on either side; pain still 0 of 10.",
    ),
    "nothing issued": (Sessions(0, 0, begun=False), [], "No program has been issued yet."),
    "no report": (Sessions(0, 14), [], "0 of 14 sessions; nothing reported yet."),
    "one report": (
        Sessions(1, 14),
        [day(2, 4, 0, 5)],
        "1 of 14 sessions; right side in the lower leg; pain 4 of 10.",
    ),
    "one report without numbers": (
        Sessions(1, 14),
        [day(2)],
        "1 of 14 sessions; neither pain nor place reported.",
    ),
    "only long ago": (
        Sessions(0, 14),
        [day(40, 4, 0, 5)],
        "0 of 14 sessions; nothing reported since 11 Oct 2026.",
    ),
    "not compared with something old": (
        Sessions(1, 14),
        [day(60, 9, 0, 6), day(1, 4, 0, 5)],
        "1 of 14 sessions; right side in the lower leg; pain 4 of 10.",
    ),
    "before anything is asked for": (
        Sessions(1, 0),
        [day(0, 4)],
        "1 session done, none asked for; pain 4 of 10.",
    ),
    "the day of issue": (Sessions(0, 0), [], "No session asked for; nothing reported yet."),
    "days to come are left out": (
        Sessions(0, 7),
        [day(-1, 9, 6, 6), day(1, 4)],
        "0 of 7 sessions; pain 4 of 10.",
    ),
}


@every("name", CASES)
def test_sentence(name: str) -> None:
    sessions, days, words = CASES[name]
    assert week_words(sessions, days, TODAY) == words
    assert week_words(sessions, days[::-1], TODAY) == words


def test_reports_that_contradict_each_other_are_read_in_their_order() -> None:
    told = ChartDay(TODAY, pains=(2, 8, 2), lefts=(0, 6, 1), rights=(5, 0, 5))
    assert week_words(Sessions(3, 7), [told], TODAY) == (
        "3 of 7 sessions; left side new in the middle of the low back; right side still in the "
        "lower leg; pain still 2 of 10."
    )


def test_a_year_reads_like_a_week() -> None:
    year = [day(n, 5 if n > 6 else 3, 0, 5 if n > 6 else 3) for n in range(365)]
    assert week_words(Sessions(7, 7), year, TODAY) == (
        "7 of 7 sessions; right side moved up from the lower leg to the buttock; pain 5 → 3 of 10."
    )


def test_the_last_report_may_be_older_than_the_days_at_hand() -> None:
    words = week_words(Sessions(0, 7), [], TODAY, last_report=dt.date(2026, 3, 3))
    assert words == "0 of 7 sessions; nothing reported since 3 Mar 2026."
