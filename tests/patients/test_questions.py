"""What the screen asks of whom: one question for several, and none twice."""

import itertools

import textstat
from hypothesis import given
from hypothesis import strategies as st

from patients import questions, vocabulary
from patients.questions import GATES, MERGED, QUESTIONS, implied, on_the_page, progress, wanted
from patients.screening.gates import contradicted, settled
from tests.every_row import every

EVERY = (*QUESTIONS, *questions.OF_THE_CASE)
answers = st.dictionaries(st.sampled_from(EVERY), st.sampled_from(["yes", "no", "unknown"]))
BEFORE = 41
"""Questions on the page before they stood in groups."""


def everything(answer: str) -> dict[str, str]:
    return dict.fromkeys(EVERY, answer)


def test_what_a_gate_asks_is_easy_to_read() -> None:
    text = " ".join(gate.question for gate in GATES.values())
    assert textstat.flesch_kincaid_grade(text) <= 6


def test_every_finding_and_red_flag_is_asked_somewhere() -> None:
    asked = {*QUESTIONS, *(code for gate in GATES.values() for code in gate.covers)}
    assert asked | set(MERGED) >= {*vocabulary.RED_FLAGS, *vocabulary.FINDINGS}
    behind = [code for gate in GATES.values() for code in gate.covers]
    assert len(behind) == len(set(behind))


@every(
    ("who", "yes", "pregnancy", "shown"),
    [
        ("a man of 61 with a narrow canal", ("hypertension_controlled",), False, 32),
        ("a woman of 34 with a slipped disc", (), True, 32),
        ("a woman of 78 with thin bones who fell", ("osteoporosis", "falls_risk"), False, 38),
    ],
)
def test_a_typical_patient_is_asked_less_than_before(
    who: str, yes: tuple[str, ...], pregnancy: bool, shown: int
) -> None:
    known = {**everything("no"), **dict.fromkeys(yes, "yes")}
    back = {"low_back"}
    assert len(on_the_page(known, pregnancy=pregnancy, about=back)) == shown < BEFORE
    assert len(on_the_page({}, pregnancy=pregnancy, about=back)) == 31 + pregnancy


@every(
    ("about", "shown"),
    [
        ({"low_back"}, 31),
        ({"neck"}, 31),
        ({"knee"}, 26),
        ({"knee", "operated"}, 27),
        ({"ankle_foot"}, 26),
        ({"shoulder"}, 25),
        (None, 40),
    ],
)
def test_the_screen_asks_what_the_region_makes_relevant(about: set[str] | None, shown: int) -> None:
    """31 questions stood on every page before; where no condition is recorded all are asked."""
    assert len(on_the_page({}, pregnancy=False, about=about)) == shown


def test_a_sore_knee_is_not_asked_about_the_saddle_unless_somebody_said_yes() -> None:
    saddle = "rf_saddle_numbness"
    assert saddle not in on_the_page({}, pregnancy=False, about={"knee"})
    assert saddle in on_the_page({saddle: "yes"}, pregnancy=False, about={"knee"})
    needed = questions.unasked_red_flags({}, pregnancy=False, about={"knee"})
    assert "rf_locked_knee" in needed
    assert not {saddle, "rf_aaa_pattern", "rf_shoulder_injury", "rf_wound"} & set(needed)


@given(answers, st.booleans())
def test_what_is_answered_is_never_more_than_what_is_asked(
    known: dict[str, str], pregnancy: bool
) -> None:
    done, asked = progress(known, pregnancy=pregnancy)
    assert 0 <= done <= asked == len(set(on_the_page(known, pregnancy=pregnancy)))


@given(answers, st.booleans())
def test_nothing_that_was_answered_yes_is_out_of_sight(
    known: dict[str, str], pregnancy: bool
) -> None:
    shown = {*on_the_page(known, pregnancy=pregnancy)}
    for code in QUESTIONS:
        gate = questions.GATE_OF.get(code)
        if known.get(code) == "yes" and gate and (pregnancy or gate.code != questions.PREGNANCY):
            assert {gate.code, *gate.members} <= shown


@given(answers, st.booleans())
def test_what_is_implied_is_no_and_never_against_an_answer(
    known: dict[str, str], pregnancy: bool
) -> None:
    found = implied(known, pregnancy=pregnancy)
    assert set(found.values()) <= {"no"}
    assert all(known.get(code, "unknown") == "unknown" for code in found)


def test_a_follow_up_is_answered_by_a_no_to_all_it_follows() -> None:
    code = "rf_minor_trauma_osteoporosis"
    assert code not in implied({"osteoporosis": "no"}, pregnancy=True)
    bones = {"osteoporosis": "no", "long_term_steroids": "no"}
    assert implied(bones, pregnancy=True) == {code: "no"}
    assert implied({**bones, code: "yes"}, pregnancy=True) == {}
    assert code in on_the_page({"long_term_steroids": "yes"}, pregnancy=True)
    assert code not in on_the_page({"vertebral_fracture": "yes"}, pregnancy=True)


def test_nobody_beyond_pregnancy_waits_for_its_questions() -> None:
    assert set(implied({}, pregnancy=False)) == {
        "pregnant", "gave_birth", "diastasis", "rf_pregnancy_warning", "rf_after_birth",
    }  # fmt: skip
    left = questions.unasked_red_flags(everything("no"), pregnancy=True)
    assert left == ()
    asked = questions.unasked_red_flags({}, pregnancy=True)
    assert set(asked) == {*vocabulary.RED_FLAGS, "pregnant", "gave_birth"}
    without = questions.unasked_red_flags({}, pregnancy=False)
    assert set(without) == {*vocabulary.RED_FLAGS} - {"rf_pregnancy_warning", "rf_after_birth"}


@every(
    ("named", "known", "shown"),
    [
        (["knee_problem"], {}, ["knee_problem"]),
        (["dvt_suspected"], {}, ["rf_dvt_pattern"]),
        (["hypertension_controlled"], {}, ["blood_pressure"]),
        (["heart_disease", "lung_disease", "diabetes_insulin"], {}, ["heart_or_lungs"]),
        (["rf_pregnancy_warning"], {}, ["pregnancy"]),
        (["rf_pregnancy_warning"], {"pregnant": "yes"}, ["rf_pregnancy_warning"]),
        (["rf_minor_trauma_osteoporosis"], {}, ["bones"]),
        (
            ["rf_minor_trauma_osteoporosis"],
            {"osteoporosis": "yes"},
            ["rf_minor_trauma_osteoporosis"],
        ),
        (["pregnancy", "nonsense"], {}, ["pregnancy"]),
        (["nonsense", ""], {}, []),
    ],
)
def test_a_page_for_some_questions_shows_what_belongs_to_them(
    named: list[str], known: dict[str, str], shown: list[str]
) -> None:
    assert wanted(named, known) == shown


BLOOD, PRESSURE = GATES["bleeding"], GATES["blood_pressure"]
THIN, EASY = "anticoagulant", "bleeding_disorder"
HIGH, TAMED = "hypertension_uncontrolled", "hypertension_controlled"


def test_a_gate_that_is_closed_speaks_for_all_behind_it() -> None:
    sent = {THIN: "yes", EASY: "unknown"}
    assert settled(BLOOD, said="no", was="yes", members=sent, recorded=sent) == {
        THIN: "no", EASY: "no",
    }  # fmt: skip
    assert settled(BLOOD, said="unknown", was="no", members={THIN: "no"}, recorded={}) == {
        THIN: "unknown", EASY: "unknown",
    }  # fmt: skip


@given(st.sampled_from(["yes", "no", "unknown"]), st.sampled_from(["yes", "no", "unknown"]))
def test_a_gate_that_nobody_touched_changes_nothing(one: str, other: str) -> None:
    for gate in (BLOOD, PRESSURE):
        recorded = dict(zip(gate.covers, (one, other), strict=True))
        stands = gate.answer(recorded)
        members = {code: recorded[code] for code in gate.members}
        found = settled(gate, said=stands, was=stands, members=members, recorded=recorded)
        assert found.items() <= recorded.items()


@every(
    ("said", "high", "expected"),
    [
        ("yes", "yes", {HIGH: "yes", TAMED: "no"}),
        ("yes", "no", {HIGH: "no", TAMED: "yes"}),
        # Until it is known how high, the milder of the two holds and the other stays open.
        ("yes", "unknown", {HIGH: "unknown", TAMED: "yes"}),
        ("unknown", "yes", {HIGH: "yes", TAMED: "no"}),
        ("no", "unknown", {HIGH: "no", TAMED: "no"}),
    ],
)
def test_blood_pressure_is_asked_once_and_answers_both(
    said: str, high: str, expected: dict[str, str]
) -> None:
    found = settled(PRESSURE, said=said, was="unknown", members={HIGH: high}, recorded={})
    assert found == expected
    read_back = PRESSURE.answer(expected)
    assert read_back == ("no" if said == "no" else "yes")


def test_yes_behind_a_gate_closed_in_the_same_breath_is_a_contradiction() -> None:
    for said, was, recorded in itertools.product(("yes", "no"), ("no", "unknown"), ("yes", "no")):
        found = contradicted(said=said, was=was, members={THIN: "yes"}, recorded={THIN: recorded})
        assert found == ([THIN] if (said, was, recorded) == ("no", "unknown", "no") else [])
