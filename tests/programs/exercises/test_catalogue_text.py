"""The words of the catalogue: complete, plain, short, and free of codes."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import textstat

from programs.exercises.definition import Definition, check_references, parse_definition
from tests.paths import CATALOGUE

FILES = sorted(CATALOGUE.glob("*.toml"))

STEPS_GRADE = 6.0
OTHER_TEXTS_GRADE = 7.0
LONGEST_SENTENCE = 20
"""Words in a step, and in any sentence a patient reads."""

SLUGS = {
    # Releases
    "quadratus-lumborum-ball-release",
    "latissimus-dorsi-roller-release",
    "oblique-fingertip-release",
    "psoas-release",
    # Stretches
    "quadratus-lumborum-hang-stretch",
    "latissimus-dorsi-wall-stretch",
    "oblique-standing-stretch",
    "psoas-lunge-stretch",
    "double-knee-to-chest",
    "double-knee-to-chest-head-lift",
    "bed-knee-hug",
    "seated-back-flexion",
    "standing-back-flexion",
    "childs-pose",
    "supine-hip-flexor-stretch",
    "wall-calf-stretch",
    "knees-side-to-side",
    "lower-trunk-rotation-hold",
    "half-kneeling-hip-flexor-stretch",
    "kneeling-lunge-stretch",
    "piriformis-stretch",
    "supine-hamstring-stretch",
    "quadriceps-stretch",
    "prayer-stretch",
    "hip-mobilisation-hooklying",
    # Easing pressure
    "transverse-process-self-mobilisation",
    "prone-ball-decompression",
    "assisted-leg-traction",
    "bench-traction",
    # Gentle movement
    "anterior-pelvic-tilt",
    "standing-side-bend",
    "standing-back-extension",
    # Strength
    "core-breathing",
    "dead-bug",
    "posterior-pelvic-tilt",
    "posterior-pelvic-tilt-sitting",
    "posterior-pelvic-tilt-standing",
    "posterior-pelvic-tilt-hands-and-knees",
    "curl-up",
    "hook-lying-march",
    # Aerobic
    "walking",
    "stationary-cycling",
    "incline-walking",
    # Clinic test
    "combined-movement-test",
    # Advice
    "cold-pack",
    "medicine-conversation",
    "core-engagement-daily",
    "pillow-under-knees",
    "pillow-under-waist",
    "sit-tall",
    "modify-repeated-bending",
    "keep-moving",
    "warm-safe-space",
    "stretching-well",
    "posture-hyperlordosis",
    "posture-anterior-pelvic-tilt",
    "posture-lateral-pelvic-tilt",
    "posture-scoliosis",
}

THERAPIST_SETS_REPS = {
    "posterior-pelvic-tilt",
    "supine-hip-flexor-stretch",
    "wall-calf-stretch",
    "lower-trunk-rotation-hold",
    "half-kneeling-hip-flexor-stretch",
}


def read(path: Path) -> Definition:
    with path.open("rb") as file:
        return parse_definition(tomllib.load(file))


@pytest.fixture(scope="module")
def definitions() -> list[Definition]:
    return [read(path) for path in FILES]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def entry(path: Path) -> Definition:
    return read(path)


def filled(text: str) -> str:
    """The text as a patient with a left treated side reads it."""
    return text.replace("{side}", "left").replace("{other}", "right")


def other_texts(entry: Definition) -> list[str]:
    """What a patient reads besides the steps."""
    texts = [entry.feel, *entry.avoid, *entry.stop, entry.transient_when]
    return [text for text in texts if text]


def shown_texts(entry: Definition) -> list[str]:
    """Everything a person can read of an entry, patient or clinician."""
    labels = [preset.label for preset in entry.presets]
    names = [entry.name, *entry.aliases, entry.summary, *entry.muscles, *labels]
    return [*names, *entry.steps, *other_texts(entry)]


def word_count(text: str) -> int:
    return len(text.split())


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def test_every_entry_of_the_decided_list_has_a_file_and_no_other() -> None:
    assert {path.stem for path in FILES} == SLUGS


def test_slug_is_the_file_name(path: Path, entry: Definition) -> None:
    assert entry.slug == path.stem


def test_names_are_unique(definitions: list[Definition]) -> None:
    counts = Counter(entry.name.casefold() for entry in definitions)
    assert [name for name, count in counts.items() if count > 1] == []


def test_variants_and_prerequisites_exist(definitions: list[Definition]) -> None:
    assert check_references(definitions) == []


def test_steps_are_easy_to_read(entry: Definition) -> None:
    grade = textstat.flesch_kincaid_grade(filled(" ".join(entry.steps)))
    assert grade <= STEPS_GRADE


def test_other_texts_are_easy_to_read(entry: Definition) -> None:
    grade = textstat.flesch_kincaid_grade(filled(" ".join(other_texts(entry))))
    assert grade <= OTHER_TEXTS_GRADE


def test_steps_are_short(entry: Definition) -> None:
    assert [step for step in entry.steps if word_count(step) > LONGEST_SENTENCE] == []


def test_sentences_are_short(entry: Definition) -> None:
    texts = [*entry.steps, *other_texts(entry)]
    every = [sentence for text in texts for sentence in sentences(text)]
    assert [sentence for sentence in every if word_count(sentence) > LONGEST_SENTENCE] == []


def test_patient_texts_are_whole_sentences(entry: Definition) -> None:
    """They start with a capital and end with a stop, so that the reading grade means something."""
    texts = [*entry.steps, *other_texts(entry)]
    assert [text for text in texts if not re.fullmatch(r"[A-Z].*[.!?]", text)] == []


def test_placeholders_name_only_the_two_sides(entry: Definition) -> None:
    found = {mark for text in shown_texts(entry) for mark in re.findall(r"[{][^}]*[}]?|[}]", text)}
    assert found - {"{side}", "{other}"} == set()
    assert entry.traits.sided or found == set()


def test_no_slug_or_code_shows(entry: Definition) -> None:
    """Short slugs such as ``curl-up`` are also plain words; the long ones are not."""
    slugs = "|".join(sorted(slug for slug in SLUGS if slug.count("-") >= 2))
    code = re.compile(rf"_|\b[A-Z]-?\d{{2}}\b|\b(?:{slugs})\b")
    assert [text for text in shown_texts(entry) if code.search(text)] == []


def test_all_but_advice_say_what_to_feel_what_to_avoid_and_when_to_stop(entry: Definition) -> None:
    assert entry.traits.kind == "advice" or (entry.feel and entry.avoid and entry.stop)


def test_repetitions_the_source_leaves_open_are_left_to_the_clinician(
    definitions: list[Definition],
) -> None:
    left_open = {
        entry.slug
        for entry in definitions
        for preset in entry.presets
        if preset.source == "S2" and "reps" in preset.dosage.missing
    }
    assert left_open == THERAPIST_SETS_REPS
