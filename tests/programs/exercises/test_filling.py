"""Numbers of the dose stand in the steps, and what the dose has not is not asked for."""

from programs.exercises.catalogue_files import built_in
from programs.exercises.dosage import Dosage
from programs.exercises.filling import filled_steps
from tests.every_row import every

HELD = Dosage.from_dict({"reps": 10, "hold_s": [2, 3]})
EASY = Dosage.from_dict({"reps": 30})


@every(
    ("step", "held", "easy"),
    [
        ("Hold for {hold}.", "Hold for 2 to 3 seconds.", None),
        (
            "Hold for {hold}. Keep the {side} leg flat.",
            "Hold for 2 to 3 seconds. Keep the left leg flat.",
            "Keep the left leg flat.",
        ),
        ("Bend your {other} knee.", "Bend your right knee.", "Bend your right knee."),
    ],
)
def test_the_hold_is_told_as_it_is_or_not_at_all(step: str, held: str, easy: str | None) -> None:
    assert filled_steps((step,), "left", HELD) == (held,)
    assert filled_steps((step,), "left", EASY) == ((easy,) if easy else ())


def test_the_library_leaves_the_time_to_the_program() -> None:
    assert filled_steps(("Hold for {hold}.",), "", None) == (
        "Hold for the time your program says.",
    )


def test_no_step_sends_a_patient_to_look_for_a_number() -> None:
    for definition in built_in().definitions.values():
        if definition.prescribable:
            for step in filled_steps(definition.steps, "", EASY):
                assert "your program" not in step, definition.slug
