"""The frozen prescription: what is stored reads back equal, and damage is told, never guessed."""

import copy
import datetime as dt
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.exercises.dosage import BOUNDS, RANGE_FIELDS, Dosage, Span
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.prescription import (
    SCHEMA_VERSION,
    Caution,
    PracticeCard,
    PrescribedExercise,
    Prescription,
    PrescriptionError,
    RedFlagLine,
)
from tests.every_row import every
from tests.programs.nasty import nasty_prescription
from tests.programs.samples import sample_prescription

TEXT = st.text(max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)


def spans(field: str) -> st.SearchStrategy[Span | None]:
    numbers = st.integers(*BOUNDS[field])
    pairs = st.tuples(numbers, numbers).map(sorted)
    return st.none() | pairs.map(lambda pair: Span(*pair))


DOSAGES = st.builds(
    Dosage,
    **{field: spans(field) for field in RANGE_FIELDS},
    per_side=st.booleans(),
    per_position=st.booleans(),
    therapist_sets=st.lists(st.sampled_from(RANGE_FIELDS), max_size=2).map(tuple),
)
EXERCISES = st.builds(
    PrescribedExercise,
    **dict.fromkeys(("item", "exercise", "name", "kind", "phase", "phase_label"), TEXT),
    **dict.fromkeys(("side", "side_words", "dose_words", "feel", "note"), TEXT),
    **dict.fromkeys(("modification", "transient_rise", "transient_when"), TEXT),
    **dict.fromkeys(("steps", "avoid", "stop", "equipment_words", "sources"), TEXTS),
    dosage=DOSAGES,
    cautions=st.lists(st.builds(Caution, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    figures=st.lists(st.builds(Figure, TEXT, TEXT, TEXT), max_size=2).map(tuple),
)
PRESCRIPTIONS = st.builds(
    Prescription,
    schema_version=st.just(SCHEMA_VERSION),
    **dict.fromkeys(("program", "title", "patient_name", "note", "language"), TEXT),
    **dict.fromkeys(("clinician_name", "clinician_credentials"), TEXT),
    **{name: st.integers() for name in ("version", "minutes_per_day", "after_effect_minutes")},
    **{name: st.integers() for name in ("pain_green_max", "pain_amber_max")},
    issued_on=st.dates(),
    practice=st.builds(PracticeCard, name=TEXT, address_lines=TEXTS, phone=TEXT, logo_png=TEXT),
    items=st.lists(EXERCISES, max_size=3).map(tuple),
    review_weeks=st.tuples(st.integers(), st.integers()),
    review_on=st.none() | st.dates(),
    stop_rules=TEXTS,
    red_flags=st.lists(st.builds(RedFlagLine, TEXT, TEXT), max_size=2).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def stored(prescription: Prescription) -> Any:
    """What comes back from a JSON column."""
    return json.loads(json.dumps(prescription.to_dict()))


@given(PRESCRIPTIONS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_stored_reads_back_equal(prescription: Prescription) -> None:
    assert Prescription.from_dict(stored(prescription)) == prescription


@pytest.mark.parametrize("prescription", [sample_prescription(16), nasty_prescription()])
def test_real_and_nasty_programs_read_back_equal(prescription: Prescription) -> None:
    assert Prescription.from_dict(stored(prescription)) == prescription


def test_a_stored_form_without_the_optional_parts_still_reads() -> None:
    data = stored(sample_prescription(1))
    for key in ("review_on", "stop_rules", "red_flags", "note", "language"):
        del data[key]
    read = Prescription.from_dict(data)
    assert (read.review_on, read.stop_rules, read.language) == (None, (), "en")


@every("version", [None, 0, SCHEMA_VERSION + 1, "1", [1]])
def test_an_unknown_schema_version_is_named(version: object) -> None:
    data = stored(sample_prescription(1)) | {"schema_version": version}
    with pytest.raises(PrescriptionError) as caught:
        Prescription.from_dict(data)
    assert str(caught.value) == f"schema version {version!r} is not known"


@every("data", [None, [], "text", 7])
def test_what_is_no_object_is_no_prescription(data: Any) -> None:
    with pytest.raises(PrescriptionError, match="schema version None is not known"):
        Prescription.from_dict(data)


def broken(path: str, value: object) -> Any:
    data = copy.deepcopy(stored(sample_prescription(3)))
    *steps, last = path.split(".")
    place = data
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return data


@every(
    ("path", "value", "said"),
    [
        ("title", 7, "title: expected str, found int"),
        ("version", "1", "version: expected int, found str"),
        ("version", True, "version: expected int, found bool"),
        ("issued_on", "yesterday", "issued_on: Invalid isoformat string: 'yesterday'"),
        ("stop_rules", "Stop", "stop_rules: expected a list, found str"),
        ("review_weeks", [2], "review_weeks: expected 2 values, found 1"),
        ("practice", [], "practice: expected an object"),
        ("practice.fax", "1", "practice: unknown key 'fax'"),
        ("items.1.steps.0", None, "items.1.steps.0: expected str, found NoneType"),
        (
            "items.2.dosage",
            {"reps": [9, 2]},
            "items.2.dosage: reps: the smallest number must come first",
        ),
    ],
)
def test_damage_is_told_with_its_place(path: str, value: object, said: str) -> None:
    with pytest.raises(PrescriptionError) as caught:
        Prescription.from_dict(broken(path, value))
    assert str(caught.value) == f"the stored prescription is damaged: {said}"


def test_a_missing_part_is_told() -> None:
    data = stored(sample_prescription(1))
    del data["patient_name"]
    with pytest.raises(PrescriptionError, match="patient_name"):
        Prescription.from_dict(data)


@given(
    path=st.sampled_from(["title", "issued_on", "practice", "items", "items.0", "items.1.dosage"])
    | st.sampled_from(["review_weeks", "items.2.figures", "items.0.cautions", "red_flags"]),
    value=JSON,
)
@settings(max_examples=150)
def test_any_damage_is_an_error_of_ours_or_a_valid_prescription(path: str, value: object) -> None:
    try:
        read = Prescription.from_dict(broken(path, value))
    except PrescriptionError:
        return
    assert Prescription.from_dict(stored(read)) == read


def test_dates_are_stored_as_iso_days() -> None:
    data = stored(sample_prescription(1, issued_on=dt.date(2026, 1, 2), review_on=None))
    assert (data["issued_on"], data["review_on"]) == ("2026-01-02", None)


def test_a_prescription_needs_no_framework() -> None:
    script = (
        "import sys, programs.prescriptions.prescription, programs.prescriptions.sheet\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'django', 'psycopg', 'weasyprint'}))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
