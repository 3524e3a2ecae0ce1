"""A dose typed as one line: what it means, what is refused, and that it reads back as it went."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.exercises.dosage import Dosage
from programs.exercises.dose_line import OFTEN_LINES, DoseLineError, read_line
from programs.exercises.dose_writing import line_of
from tests.every_row import every
from tests.programs.exercises.test_dosage import doses


@every(
    ("line", "words"),
    [
        ("", ""),
        ("3x10", "3 sets of 10"),
        ("3 × 10-12, hold 5 s, 2/day", "3 sets of 10 to 12, hold 5 seconds each, 2 times a day"),
        (
            "30s x 3 each side, daily",
            "3 times, hold 30 seconds each, on each side, once a day, every day",
        ),
        ("10 min", "10 minutes"),
        ("2x8 3/wk", "2 sets of 8, 3 days a week"),
        ("hold 5-10 s", "Hold 5 to 10 seconds"),
        ("10x, every other day", "10 times, 3 to 4 days a week"),
        ("10 reps for 6 weeks", "10 times, for 6 weeks"),
        ("3 sets of 8 to 12 reps, rest 60 s", "3 sets of 8 to 12, rest 1 minute between sets"),
        ("3 sets of 30 s", "3 sets of 30 seconds"),
        ("3 x 2 min", "3 sets of 2 minutes"),
        ("3x30s", "3 times, hold 30 seconds each"),
        ("10 reps x 3 sets", "3 sets of 10"),
        ("10 x 5 s hold twice a day", "10 times, hold 5 seconds each, 2 times a day"),
        ("10x 2/day", "10 times, 2 times a day"),
        ("10 times a day", "10 times a day"),
        ("Ten, once a day", "10 times, once a day"),
        ("5 reps 2x daily", "5 times, 2 times a day"),
        ("5 reps 5x/week", "5 times, 5 days a week"),
        ("5 reps, 2-3 times a week, 6/52", "5 times, 2 to 3 days a week, for 6 weeks"),
        ("2/day every day, 8 reps", "8 times, 2 times a day, every day"),
        ("3x12 red band, leave 2", "3 sets of 12, with a red band, stop two before you must"),
        ("3x8 with 2,5 kg at effort 5-6/10", "3 sets of 8, with 2.5 kg, effort 5 to 6 out of 10"),
        ("5 each leg", "5 times, on each side"),
        ("60x at each place", "60 times, at each place"),
        ("20-30 min; 5 days per week", "20 to 30 minutes, 5 days a week"),
    ],
)
def test_what_a_line_means(line: str, words: str) -> None:
    assert read_line(line).words == words


@every(
    ("line", "reason"),
    [
        (
            "3x10, slowly",
            "“slowly” is not understood. Write it like “3x10, hold 5 s, 2/day”.",
        ),
        ("3x10 8x", "Repetitions: there twice. Keep one of them."),
        ("daily, 5 days/wk", "Days a week: there twice. Keep one of them."),
        ("3x200", "Repetitions: from 1 to 100."),
        ("hold 400 s", "Hold (seconds): from 1 to 300 seconds."),
        ("12-10 reps", "Repetitions: write the smaller number first."),
        (
            "3x10/day",
            "“3x10/day” can mean two things. Write “3x10, daily” or “3 times, 10/day”.",
        ),
        ("5 days", "“days” is not understood. Write it like “3x10, hold 5 s, 2/day”."),
        ("3x10.5", "Repetitions: there twice. Keep one of them."),
        ("x" * 201, "Use 200 characters or fewer."),
    ],
)
def test_what_is_no_dose_is_refused_in_words(line: str, reason: str) -> None:
    with pytest.raises(DoseLineError) as error:
        read_line(line)
    assert error.value.reason == reason


def test_timed_work_stays_timed_work() -> None:
    before = Dosage.from_dict({"duration_s": 60})
    assert read_line("3x30s", before).words == "3 sets of 30 seconds"


def test_what_has_no_place_in_a_line_stays_as_it_was() -> None:
    before = Dosage.from_dict(
        {
            "reps": 8,
            "resistance": "band",
            "step": "two thin ones as a",
            "pace": "3 seconds up",
            "progress": "add 1 kg when it is easy",
            "therapist_sets": ["reps"],
        }
    )
    after = read_line("3x10, band", before)
    assert after.words == (
        "3 sets of 10, with a two thin ones as a band, 3 seconds up, add 1 kg when it is easy"
    )
    assert after.therapist_sets == ("reps",)
    assert read_line("3x10, 2 kg", before).step == "2 kg"
    assert read_line("3x10", before).step == ""


@given(doses)
def test_the_line_of_a_dose_reads_back_as_the_dose(dose: Dosage) -> None:
    assert read_line(line_of(dose), dose) == dose


@given(st.text(max_size=60))
def test_any_text_is_a_dose_or_refused(text: str) -> None:
    with suppress(DoseLineError):
        dose = read_line(text)
        assert read_line(line_of(dose), dose) == dose


@every(
    ("line", "words"),
    [
        ("daily", "Once a day, every day"),
        ("2/day, every day", "2 times a day, every day"),
        ("every other day", "3 to 4 days a week"),
    ],
)
def test_each_button_is_a_line(line: str, words: str) -> None:
    assert line in OFTEN_LINES
    assert read_line(line).words == words
