"""Signs that would print as boxes are found wherever they stand, and nothing else is."""

import dataclasses

from programs.exercises.pictures.figure import Figure
from programs.prescriptions.boxes import Box, boxes_of
from programs.prescriptions.handout.coverage import covered
from programs.prescriptions.prescription import Caution, PracticeCard
from programs.prescriptions.sheet import sheet_of
from tests.every_row import every
from tests.programs.samples import sample_exercise, sample_prescription

LATIN = frozenset({*range(0x20, 0x2100), ord("▪")})


def found(**changes: object) -> list[tuple[str, str]]:
    prescription = sample_prescription(1, figures=False, **changes)
    return [(box.sign, box.place) for box in boxes_of(sheet_of(prescription), LATIN)]


def test_our_own_words_have_none() -> None:
    assert found() == []


@every(
    ("changes", "place"),
    [
        ({"title": "腰"}, "Title"),
        ({"note": "so: 腰, 腰"}, "Note"),
        ({"patient_name": "腰"}, "Patient's name"),
        ({"clinician_name": "腰"}, "Clinician's name"),
        ({"clinician_credentials": "腰"}, "Clinician's profession"),
        ({"practice": PracticeCard(name="Quay", address_lines=("1", "腰"))}, "Letterhead"),
        ({"practice": PracticeCard(name="Quay", out_of_hours="腰")}, "Letterhead"),
        ({"stop_rules": ("one", "腰")}, "When to stop"),
    ],
)
def test_a_sign_without_a_font_is_found_with_its_place(
    changes: dict[str, object], place: str
) -> None:
    assert found(**changes) == [("腰", place)]


@every(
    ("changes", "part"),
    [
        ({"steps": ("Lie down.", "腰")}, "steps"),
        ({"feel": "腰"}, "what you should feel"),
        ({"avoid": ("腰",)}, "avoid"),
        ({"stop": ("腰",)}, "stop"),
        ({"note": "腰"}, "note"),
        ({"modification": "腰"}, "do it this way"),
        ({"cautions": (Caution(text="腰"),)}, "take care"),
        ({"transient_when": "腰"}, "a short rise"),
        ({"figures": (Figure(svg="<svg/>", alt="A back", caption="腰"),)}, "pictures"),
    ],
)
def test_it_is_found_in_every_part_of_an_exercise(changes: dict[str, object], part: str) -> None:
    item = dataclasses.replace(sample_exercise(0, figures=False), name="Lift", **changes)  # type: ignore[arg-type]
    assert found(items=(item,)) == [("腰", f"1. Lift: {part}")]


def test_what_is_not_seen_needs_no_font() -> None:
    assert found(note="soft\u00adhyphen\u200d\ufe0f\U000e0101 \u3000 end\u202f") == []


def test_a_bullet_of_word_is_a_bullet_and_another_private_sign_a_box() -> None:
    assert found(note="\uf0b7 lift \uf0a7 hold") == []
    everything = frozenset(range(0x110000))
    sheet = sheet_of(sample_prescription(1, figures=False, note="\uf123"))
    (box,) = boxes_of(sheet, everything)
    assert (box.code, box.name) == ("U+F123", "a sign of one font's own")


def test_a_box_says_its_code_and_name() -> None:
    box = Box("\U0001f9ff", "Note")
    assert (box.code, box.name) == ("U+1F9FF", "nazar amulet")


def test_ranges_are_read_as_fontconfig_writes_them() -> None:
    assert covered("20-22 a0\n22-23 1f600\n") == {0x20, 0x21, 0x22, 0x23, 0xA0, 0x1F600}
