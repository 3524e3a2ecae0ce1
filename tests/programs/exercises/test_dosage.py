"""Doses: structured numbers, bounds, words and minutes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.exercises.dosage import BOUNDS, RANGE_FIELDS, Dosage, DosageError
from programs.exercises.easing import eased
from tests.every_row import every


def words(**fields: Any) -> str:
    return Dosage.from_dict(fields).words


@every(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"reps": 10}, "10 times"),
        ({"reps": 1}, "Once"),
        ({"reps": [4, 6], "hold_s": [2, 3]}, "4 to 6 times, hold 2 to 3 seconds each"),
        ({"hold_s": 30}, "Hold 30 seconds"),
        ({"hold_s": 1}, "Hold 1 second"),
        ({"hold_s": [1, 60], "reps": 1}, "Once, hold up to 60 seconds each"),
        ({"sets": 3, "reps": 10}, "3 sets of 10"),
        ({"sets": 1, "reps": 10}, "10 times"),
        (
            {"sets": [2, 3], "duration_s": 30, "rest_s": 30},
            "2 to 3 sets of 30 seconds, rest 30 seconds between sets",
        ),
        ({"duration_s": [300, 600]}, "5 to 10 minutes"),
        ({"duration_s": 60}, "1 minute"),
        ({"duration_s": 90}, "90 seconds"),
        ({"reps": 60, "per_position": True}, "60 times, at each place"),
        ({"reps": 5, "per_side": True}, "5 times, on each side"),
        ({"reps": 5, "times_per_day": 1, "days_per_week": 7}, "5 times, once a day, every day"),
        (
            {"reps": 5, "times_per_day": [2, 3], "days_per_week": [3, 5], "weeks": 4},
            "5 times, 2 to 3 times a day, 3 to 5 days a week, for 4 weeks",
        ),
        ({"reps": 5, "days_per_week": 1, "weeks": 1}, "5 times, 1 day a week, for 1 week"),
        (
            {"sets": 3, "reps": 12, "resistance": "band", "step": "red", "spare": True},
            "3 sets of 12, with a red band, stop two before you must",
        ),
        (
            {
                "sets": 3,
                "reps": 8,
                "resistance": "weight",
                "step": "2 kg",
                "effort": [5, 6],
                "pace": "3 seconds up, 3 seconds down",
                "days_per_week": 3,
                "progress": "when 3 sets of 12 are easy, add 1 kg",
            },
            "3 sets of 8, with 2 kg, 3 seconds up, 3 seconds down, effort 5 to 6 out of 10, "
            "3 days a week, when 3 sets of 12 are easy, add 1 kg",
        ),
        ({"reps": 10, "resistance": "band"}, "10 times, with a band"),
        ({"reps": 10, "resistance": "weight"}, "10 times, with a weight"),
    ],
)
def test_words(fields: dict[str, Any], expected: str) -> None:
    assert words(**fields) == expected


@every(
    ("fields", "where", "message"),
    [
        ({"reps": 0}, "reps", "must lie between 1 and 100"),
        ({"reps": 101}, "reps", "must lie between 1 and 100"),
        ({"reps": [6, 4]}, "reps", "the smallest number must come first"),
        ({"reps": [1, 2, 3]}, "reps", "must be a whole number"),
        ({"reps": 2.5}, "reps", "must be a whole number"),
        ({"reps": True}, "reps", "must be a whole number"),
        ({"effort": 11}, "effort", "must lie between 0 and 10"),
        ({"resistance": "rope"}, "resistance", "'rope' is not known"),
        ({"step": "x" * 41}, "step", "must be at most 40"),
        ({"reps": "5"}, "reps", "must be a whole number"),
        ({"hops": 5}, "hops", "is not known"),
        ({"per_side": 1}, "per_side", "must be true or false"),
        ({"therapist_sets": ["hops"]}, "therapist_sets", "must list fields among"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    fields: dict[str, Any], where: str, message: str
) -> None:
    with pytest.raises(DosageError) as error:
        Dosage.from_dict(fields)
    assert error.value.key == where
    assert error.value.reason.startswith(message)


def test_what_the_therapist_sets_is_missing_until_it_is_there() -> None:
    open_dose = {"hold_s": 20, "therapist_sets": ["reps"]}
    assert Dosage.from_dict(open_dose).missing == ("reps",)
    assert Dosage.from_dict({**open_dose, "reps": 3}).missing == ()
    assert Dosage.from_dict({"times_per_day": 2}).missing == ("reps",)
    assert Dosage.from_dict({"duration_s": 60}).missing == ()


@every(
    ("fields", "seconds"),
    [
        ({"reps": 10}, 60),
        ({"reps": 10, "times_per_day": 2}, 120),
        ({"reps": 2, "hold_s": 30}, 84),
        ({"duration_s": 60, "sets": 3, "rest_s": 30}, 260),
        ({"duration_s": 60, "per_side": True}, 140),
    ],
)
def test_seconds_a_day(fields: dict[str, Any], seconds: int) -> None:
    assert Dosage.from_dict(fields).seconds_per_day == seconds


spans = {
    name: st.tuples(st.integers(*BOUNDS[name]), st.integers(*BOUNDS[name])).map(sorted)
    for name in RANGE_FIELDS
}
doses = st.fixed_dictionaries(
    {},
    optional={
        **spans,
        **dict.fromkeys(("per_side", "per_position", "spare"), st.booleans()),
        "resistance": st.sampled_from(["", "band", "weight"]),
        "step": st.sampled_from(["", "red", "2 kg"]),
        "pace": st.sampled_from(["", "slow"]),
        "progress": st.sampled_from(["", "add when it is easy"]),
    },
).map(Dosage.from_dict)


@given(doses)
def test_a_dose_comes_back_as_it_went(dose: Dosage) -> None:
    assert Dosage.from_dict(dose.to_dict()) == dose
    assert "None" not in dose.words
    assert dose.seconds_per_day > 0


@every(
    ("fields", "expected"),
    [({"reps": 5}, False), ({"reps": 5, "times_per_day": 2}, True), ({"days_per_week": 3}, True)],
)
def test_whether_a_dose_says_how_often(fields: dict[str, Any], expected: bool) -> None:
    assert Dosage.from_dict(fields).says_how_often is expected


@every(
    ("dose", "words"),
    [
        ({"sets": [3, 3], "reps": [10, 10]}, "2 sets of 10"),
        ({"sets": [2, 3], "reps": [8, 12]}, "1 to 2 sets of 8 to 12"),
        ({"sets": [1, 1], "reps": [10, 10]}, "8 times"),
        ({"reps": [4, 6], "hold_s": [3, 3]}, "3 to 5 times, hold 3 seconds each"),
        ({"reps": [2, 2], "hold_s": [30, 30]}, "Once, hold 30 seconds each"),
        ({"reps": [1, 1], "hold_s": [30, 30]}, "Once, hold 20 seconds each"),
        ({"hold_s": [15, 30]}, "Hold 11 to 20 seconds"),
        ({"hold_s": [60, 60]}, "Hold 45 seconds"),
        ({"duration_s": [600, 600]}, "7 minutes"),
        ({"duration_s": [300, 600], "times_per_day": [2, 2]}, "3 to 7 minutes, 2 times a day"),
        ({"reps": [1, 1], "times_per_day": [3, 3]}, "Once, 2 times a day"),
        ({"hold_s": [5, 5], "days_per_week": [5, 5]}, "Hold 5 seconds, 4 days a week"),
    ],
)
def test_a_dose_is_eased_by_one_step(dose: dict[str, Any], words: str) -> None:
    lower = eased(Dosage.from_dict(dose))
    assert lower is not None
    assert lower.words == words


@every("dose", [{}, {"reps": [1, 1]}, {"sets": [1, 1], "reps": [1, 1], "hold_s": [3, 5]}])
def test_the_smallest_dose_is_not_eased(dose: dict[str, Any]) -> None:
    assert eased(Dosage.from_dict(dose)) is None


@given(doses)
def test_easing_keeps_within_bounds_and_ends(dose: Dosage) -> None:
    """Every step is a dose that can be, takes no longer, and some day there is none left."""
    now = dose
    for _ in range(400):
        lower = eased(now)
        if lower is None:
            return
        assert Dosage.from_dict(lower.to_dict()) == lower != now
        assert lower.seconds_per_day <= now.seconds_per_day
        now = lower
    raise AssertionError("easing never ends")
