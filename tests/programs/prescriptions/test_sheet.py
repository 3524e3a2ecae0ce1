"""A prescription arranged for reading."""

import dataclasses
import datetime as dt

from clinic.formats import day_words
from programs.exercises.dosage import Dosage
from programs.prescriptions.sheet import sheet_of
from tests.every_row import every
from tests.programs.nasty import nasty_prescription
from tests.programs.samples import PRACTICE, sample_exercise, sample_prescription


def test_exercises_are_numbered_through_their_sections_in_program_order() -> None:
    sheet = sheet_of(sample_prescription(6))
    assert [(p.label, [e.number for e in p.exercises]) for p in sheet.sections] == [
        ("Release tight muscles", [1]),
        ("Stretch", [2]),
        ("Get moving", [3, 4]),
        ("Build strength", [5]),
        ("Walk, cycle, keep fit", [6]),
    ]


def test_the_order_of_the_clinician_is_kept_even_when_a_purpose_comes_back() -> None:
    items = tuple(sample_exercise(i) for i in (1, 2, 1))
    sheet = sheet_of(sample_prescription(items=items))
    assert [p.label for p in sheet.sections] == ["Stretch", "Get moving", "Stretch"]


@every(
    ("green", "amber", "words"),
    [
        (3, 5, ["0 to 3", "4 to 5", "6 to 10"]),
        (0, 1, ["0", "1", "2 to 10"]),
        (4, 9, ["0 to 4", "5 to 9", "10"]),
    ],
)
def test_pain_bands_cover_the_scale_once(green: int, amber: int, words: list[str]) -> None:
    bands = sheet_of(sample_prescription(1, pain_green_max=green, pain_amber_max=amber)).bands
    assert [band.words for band in bands] == words
    assert [n for b in bands for n in range(b.low, b.high + 1)] == list(range(11))


def test_warning_signs_are_sorted_by_what_to_do() -> None:
    sheet = sheet_of(sample_prescription(1))
    groups = (sheet.emergency, sheet.same_day, sheet.soon)
    assert [{f.route for f in group} for group in groups] == [{"emergency"}, {"same_day"}, {"soon"}]
    assert sum(map(len, groups)) == len(sheet.prescription.red_flags)


@every(
    ("day", "weeks", "words"),
    [
        (dt.date(2026, 12, 4), (2, 4), "on 4 Dec 2026"),
        (None, (2, 4), "in 2 to 4 weeks"),
        (None, (3, 3), "in 3 weeks"),
        (None, (1, 1), "in 1 week"),
    ],
)
def test_the_review_in_words(day: dt.date | None, weeks: tuple[int, int], words: str) -> None:
    sheet = sheet_of(sample_prescription(1, review_on=day, review_weeks=weeks))
    assert sheet.review_words == words


def test_what_how_often_and_how_many_minutes() -> None:
    sheet = sheet_of(sample_prescription(6, minutes_per_day=12))
    assert (sheet.count_words, sheet.minutes_words, sheet.often_words) == (
        "6 exercises",
        "About 12 minutes a day",
        "1 to 3 times a day, 3 to 7 days a week",
    )


def test_tips_are_counted_apart_and_not_ticked_off() -> None:
    tip = sample_exercise(14, dosage=Dosage(), dose_words="")
    sheet = sheet_of(sample_prescription(items=(sample_exercise(0), tip), minutes_per_day=1))
    assert (sheet.count_words, sheet.minutes_words) == (
        "1 exercise and 1 tip",
        "About 1 minute a day",
    )
    assert [e.number for e in sheet.chart] == [1]


def test_a_program_of_tips_says_nothing_about_minutes() -> None:
    tip = sample_exercise(14, dosage=Dosage(), dose_words="")
    sheet = sheet_of(sample_prescription(items=(tip,), minutes_per_day=0))
    assert (sheet.minutes_words, sheet.often_words, sheet.chart) == ("", "", ())


@every(
    ("exercises", "paper", "large", "weeks"),
    [
        (1, "A4", False, [1, 2, 3, 4]),
        (4, "A4", False, [1, 2, 3]),
        (8, "A4", False, [1, 2]),
        (8, "Letter", False, [1]),
        (8, "A4", True, [1]),
        (16, "A4", False, [1]),
    ],
)
def test_the_chart_holds_as_many_weeks_as_fit(
    exercises: int, paper: str, large: bool, weeks: list[int]
) -> None:
    practice = dataclasses.replace(PRACTICE, paper_size=paper)
    sheet = sheet_of(sample_prescription(exercises, practice=practice))
    assert list(sheet.chart_weeks(large_print=large)) == weeks


def test_dates_read_the_same_everywhere() -> None:
    assert day_words(dt.date(2026, 3, 1)) == "1 Mar 2026"


def test_every_text_is_printable_and_the_doses_are_untouched() -> None:
    typed = nasty_prescription()
    sheet = sheet_of(typed)
    str(sheet.prescription.to_dict()).encode()
    assert [e.item.dosage for e in sheet.exercises] == [i.dosage for i in typed.items]
    assert "nul bell escape half none bom override" in sheet.exercises[4].item.note
