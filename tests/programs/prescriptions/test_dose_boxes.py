"""A dose as boxes with large numbers."""

from programs.exercises.dosage import Dosage
from programs.prescriptions.dose_boxes import dose_boxes, dose_more, every_day
from tests.every_row import every


@every(
    ("dose", "boxes"),
    [
        ({"reps": [10, 10], "hold_s": [5, 5], "times_per_day": [2, 2]},
         "10 times|hold 5 seconds|2× a day"),
        ({"sets": [2, 3], "duration_s": [60, 60], "rest_s": [30, 30], "times_per_day": [1, 1]},
         "2–3 sets|1 minute each|rest 30 seconds|once a day"),
        ({"sets": [1, 1], "reps": [1, 1], "per_side": True}, "1 time|on each side"),
        ({"hold_s": [1, 60], "days_per_week": [5, 7]}, "hold up to 60 seconds|5–7 days a week"),
        ({"duration_s": [300, 600], "times_per_day": [1, 2], "days_per_week": [7, 7]},
         "5–10 minutes|1–2× a day"),
        ({"reps": [8, 12], "per_position": True, "times_per_day": [1, 1], "days_per_week": [3, 5],
          "weeks": [4, 4]}, "8–12 times|at each place|once a day, 3–5 days a week, for 4 weeks"),
        ({"reps": [5, 5], "weeks": [1, 1]}, "5 times|for 1 week"),
        ({"reps": 8, "resistance": "band", "step": "red", "effort": [4, 6]},
         "8 times|with a red band|effort 4–6 out of 10"),
        ({}, ""),
    ],
)  # fmt: skip
def test_every_number_of_the_dose_has_its_unit(dose: dict[str, object], boxes: str) -> None:
    found = dose_boxes(Dosage.from_dict(dose))
    assert "|".join(box.words for box in found) == boxes
    assert [box.often for box in found] == sorted(box.often for box in found)


def test_what_needs_a_sentence_is_one() -> None:
    dose = {"reps": 8, "pace": "2 seconds up, 2 down", "spare": True, "progress": "add a band"}
    more = dose_more(Dosage.from_dict(dose))
    assert more.startswith("2 seconds up, 2 down; ")
    assert more.endswith("; add a band.")
    assert dose_more(Dosage()) == ""


def test_every_day_is_for_the_whole_program() -> None:
    daily, some = Dosage.from_dict({"days_per_week": 7}), Dosage.from_dict({"days_per_week": 3})
    assert every_day([some, daily])
    assert not every_day([some, Dosage()])
    assert dose_boxes(daily) == ()
