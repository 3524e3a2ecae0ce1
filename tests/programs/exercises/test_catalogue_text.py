"""The words of the catalogue: complete, plain, short, and free of codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import textstat

from programs.exercises.definition import Definition, check_references
from tests.programs.exercises.decided import FIRST, LATER
from tests.programs.shipped import CATALOGUE, read, shipped_definitions

STEPS_GRADE = 6.0
OTHER_TEXTS_GRADE = 7.0
LONGEST_SENTENCE = 20
"""Words in a step, and in any sentence a patient reads."""


THERAPIST_SETS_REPS = {
    "posterior-pelvic-tilt",
    "supine-hip-flexor-stretch",
    "wall-calf-stretch",
    "lower-trunk-rotation-hold",
    "half-kneeling-hip-flexor-stretch",
}


Texts = Iterator[tuple[str, str]]
"""Texts under the file and key where they are written."""


def filled(text: str) -> str:
    """The text as a patient with a left treated side and a short hold reads it."""
    sided = text.replace("{side}", "left").replace("{other}", "right")
    return sided.replace("{hold}", "5 seconds")


def listed(key: str, texts: tuple[str, ...]) -> Texts:
    for number, text in enumerate(texts, 1):
        yield f"{key}[{number}]", text


def other_texts(entry: Definition) -> Texts:
    """What a patient reads besides the steps."""
    if entry.feel:
        yield "feel", entry.feel
    yield from listed("avoid", entry.avoid)
    yield from listed("stop", entry.stop)
    if entry.transient_when:
        yield "transient_when", entry.transient_when


def patient_texts(entry: Definition) -> Texts:
    yield from listed("steps", entry.steps)
    yield from other_texts(entry)


def shown_texts(entry: Definition) -> Texts:
    """Everything a person can read of an entry, patient or clinician."""
    yield "name", entry.name
    yield "summary", entry.summary
    yield from listed("aliases", entry.aliases)
    yield from listed("muscles", entry.muscles)
    yield from listed("dosage.label", tuple(preset.label for preset in entry.presets))
    yield from patient_texts(entry)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def too_long(text: str) -> bool:
    return len(text.split()) > LONGEST_SENTENCE


def too_hard(grades: dict[str, float], most: float) -> dict[str, float]:
    return {place: grade for place, grade in grades.items() if grade > most}


def grade_of(texts: list[str]) -> float:
    return float(textstat.flesch_kincaid_grade(filled(" ".join(texts))))


FILES = {path.stem for path in CATALOGUE.glob("*.toml")}


def test_every_first_entry_has_a_file_and_no_file_was_not_decided() -> None:
    assert FILES - LATER == FIRST


def test_slugs_are_the_files_names() -> None:
    slugs = {path.stem: read(path)["slug"] for path in CATALOGUE.glob("*.toml")}
    assert {stem: slug for stem, slug in slugs.items() if slug != stem} == {}


def test_names_are_unique() -> None:
    counts = Counter(entry.name.casefold() for entry in shipped_definitions())
    assert [name for name, count in counts.items() if count > 1] == []


def test_variants_and_prerequisites_exist() -> None:
    assert check_references(shipped_definitions()) == []


def test_steps_are_easy_to_read() -> None:
    grades = {f"{e.slug}.toml: steps": grade_of(list(e.steps)) for e in shipped_definitions()}
    assert too_hard(grades, STEPS_GRADE) == {}


def test_other_texts_are_easy_to_read() -> None:
    grades = {
        f"{e.slug}.toml: feel, avoid, stop": grade_of([text for _, text in other_texts(e)])
        for e in shipped_definitions()
    }
    assert too_hard(grades, OTHER_TEXTS_GRADE) == {}


def test_steps_are_short() -> None:
    faults = {
        f"{entry.slug}.toml: {key}": step
        for entry in shipped_definitions()
        for key, step in listed("steps", entry.steps)
        if too_long(step)
    }
    assert faults == {}


def test_sentences_are_short() -> None:
    faults = [
        f"{entry.slug}.toml: {key}: {sentence}"
        for entry in shipped_definitions()
        for key, text in patient_texts(entry)
        for sentence in sentences(text)
        if too_long(sentence)
    ]
    assert faults == []


def test_patient_texts_are_whole_sentences() -> None:
    """They start with a capital and end with a stop, so that the reading grade means something."""
    faults = {
        f"{entry.slug}.toml: {key}": text
        for entry in shipped_definitions()
        for key, text in patient_texts(entry)
        if not re.fullmatch(r"[A-Z].*[.!?]", text)
    }
    assert faults == {}


def test_placeholders_name_only_the_two_sides_and_only_where_there_are_any() -> None:
    faults = []
    for entry in shipped_definitions():
        known = {"{side}", "{other}"} if entry.traits.sided else set()
        for key, text in shown_texts(entry):
            dose = {"{hold}"} if key.startswith("steps") else set()
            if odd := set(re.findall(r"[{][^}]*[}]?|[}]", text)) - known - dose:
                faults.append(f"{entry.slug}.toml: {key}: {sorted(odd)}")
    assert faults == []


def test_no_slug_or_code_shows() -> None:
    """Short slugs such as ``curl-up`` are also plain words; the long ones are not."""
    slugs = "|".join(sorted(slug for slug in FILES if slug.count("-") >= 2))
    code = re.compile(rf"_|\b[A-Z]-?\d{{2}}\b|\b(?:{slugs})\b")
    faults = {
        f"{entry.slug}.toml: {key}": text
        for entry in shipped_definitions()
        for key, text in shown_texts(entry)
        if code.search(text)
    }
    assert faults == {}


def test_all_but_advice_say_what_to_feel_what_to_avoid_and_when_to_stop() -> None:
    missing = [
        f"{entry.slug}.toml: {key}"
        for entry in shipped_definitions()
        if entry.traits.kind != "advice"
        for key in ("feel", "avoid", "stop")
        if not getattr(entry, key)
    ]
    assert missing == []


def test_repetitions_the_source_leaves_open_are_left_to_the_clinician() -> None:
    left_open = {
        entry.slug
        for entry in shipped_definitions()
        for preset in entry.presets
        if preset.source == "S2" and "reps" in preset.dosage.missing
    }
    assert left_open == THERAPIST_SETS_REPS
