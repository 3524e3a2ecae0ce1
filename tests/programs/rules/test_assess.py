"""``manage.py assess``: the contract, byte for byte, and every way to get it wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.parsing.errors import FactsError
from programs.rules.assess_json import assess
from tests.every_row import every
from tests.programs.commands import here, started
from tests.programs.rules.cases import CONTENT, TRAITS

EXAMPLE = {
    "conditions": [{"code": "lumbar_foraminal_stenosis", "side": "right"}],
    "findings": {"osteoporosis": "no", "arm_problem": "yes"},
    "surgeries": [
        {"code": "hip_replacement", "weeks_ago": 5, "side": "left", "approach": "posterior"}
    ],
    "pregnancy_weeks": None,
    "age": 61,
    "directional_preference": "untested",
    "irritability": "low",
    "resources": ["chair", "wall", "mat"],
    "red_flags": {},
}


def ask(case: object, *only: str) -> dict[str, object]:
    text = assess(json.dumps(case).encode(), CONTENT.rules, TRAITS, only=only or None)
    answer: dict[str, object] = json.loads(text)
    return answer


def test_the_example_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(EXAMPLE))
    only = ("--exercise", "oblique-standing-stretch")
    done = started("assess", "-", *only, stdin=file.read_bytes())
    again = here("assess", str(file), *only)
    assert (done.returncode, done.stderr) == (again.returncode, again.stderr) == (0, b"")
    assert again.stdout == done.stdout
    answer = json.loads(done.stdout)
    assert answer["case"] == {"stopped": False, "urgent": [], "refer": []}
    left, right = answer["assessments"]
    assert left == {
        "exercise": "oblique-standing-stretch",
        "side": "left",
        "verdict": "contraindicated",
        "reasons": [
            {
                "rule": "R01",
                "verdict": "contraindicated",
                "reason": "Done for this side, it bends the spine to the end of range toward the "
                "right, which closes the narrowed right foramen. Treat the right side instead.",
                "modification": "",
                "source": "S0",
                "evidence": "explicit",
                "version": 1,
            }
        ],
        "unanswered": [],
        "missing": [],
    }
    assert (right["side"], right["verdict"], right["reasons"][0]["rule"]) == (
        "right",
        "preferred",
        "R03",
    )


def test_the_whole_catalogue_each_sided_entry_twice() -> None:
    rows = ask({})["assessments"]
    expected = sum(2 if t.sided else 1 for t in TRAITS.values())
    assert len(rows) == expected  # type: ignore[arg-type]


def test_an_entry_without_sides_has_side_null() -> None:
    answer = ask({}, "walking")
    assert answer["assessments"][0]["side"] is None  # type: ignore[index]


def test_a_red_flag_stops_and_a_referral_does_not() -> None:
    stopped = ask({"red_flags": {"rf_saddle_numbness": "yes"}}, "walking")["case"]
    assert stopped["stopped"] is True  # type: ignore[index]
    assert [r["rule"] for r in stopped["urgent"]] == ["R67"]  # type: ignore[index]
    assert [r["facts"] for r in stopped["urgent"]] == [["rf_saddle_numbness"]]  # type: ignore[index]
    soon = ask({"red_flags": {"rf_weight_loss": "yes"}}, "walking")["case"]
    assert soon["stopped"] is False  # type: ignore[index]
    assert [r["rule"] for r in soon["refer"]] == ["RF4"]  # type: ignore[index]
    pressure = ask({"findings": {"hypertension_uncontrolled": "yes"}}, "walking")
    assert [r["rule"] for r in pressure["case"]["refer"]] == ["P-16"]  # type: ignore[index]


def test_a_finding_may_name_its_side() -> None:
    def verdicts(answer: object) -> list[object]:
        rows = ask({"findings": {"knee_problem": answer}}, "half-kneeling-hip-flexor-stretch")
        return [row["verdict"] for row in rows["assessments"]]  # type: ignore[attr-defined]

    assert verdicts({"answer": "yes", "side": "left"}) == ["adapt", "ok"]
    assert verdicts({"answer": "yes", "side": "right"}) == ["ok", "adapt"]
    both: list[object] = [
        "yes",
        {"answer": "yes"},
        {"answer": "yes", "side": "bilateral"},
    ]
    assert [verdicts(answer) for answer in both] == [["adapt", "adapt"]] * 3
    no: list[object] = ["no", {"answer": "no"}, "unknown", {"answer": "unknown"}]
    assert [verdicts(answer) for answer in no] == [["ok", "ok"]] * 4


def test_weeks_since_a_birth_and_age_are_read() -> None:
    def verdict(case: dict[str, object], slug: str) -> object:
        return ask(case, slug)["assessments"][0]["verdict"]  # type: ignore[index]

    weeks = [verdict({"postnatal_weeks": n}, "curl-up") for n in (None, 0, 11, 12, 260)]
    assert weeks == ["ok", "adapt", "adapt", "ok", "ok"]
    years = [verdict({"age": n}, "bench-traction") for n in (None, 0, 15, 16, 90)]
    assert years == ["ok", "contraindicated", "contraindicated", "ok", "ok"]


BAD = [
    (b"", "the case is not valid JSON"),
    (b"[", "the case is not valid JSON"),
    (b"[]", "the case: must be an object"),
    (b"null", "the case: must be an object"),
    (b'{"age": NaN}', "the case is not valid JSON"),
    (b"\xff\xfe{}", "the case is not valid JSON"),
    (b"[" * 100_000, "the case is not valid JSON"),
    (b'{"age": 1, "age": 2}', "age: is given twice"),
    (b'{"aeg": 1}', "aeg: unknown key; allowed: conditions, findings"),
    (b'{"a\\nb": 1}', "a"),
    ('{"\u202eage": 1}'.encode(), "\\u202eage: unknown key; allowed: conditions"),
    (b'{"%s": 1}' % (b"a" * 9999), "a" * 200 + ": unknown key; allowed: conditions"),
    (b'{"findings": {"\xc3\xa9": "yes"}}', "findings.é: unknown code; allowed: osteoporosis"),
    (b'{"conditions": {}}', "conditions: must be a list"),
    (b'{"conditions": [1]}', "conditions[0]: must be an object"),
    (b'{"conditions": [{}]}', "conditions[0].code: is missing; allowed: lumbar_foraminal"),
    (b'{"conditions": [{"code": "flu"}]}', "conditions[0].code: 'flu' is not allowed; allowed: "),
    (b'{"conditions": [{"code": "sciatica", "side": "up"}]}', "conditions[0].side: 'up'"),
    (b'{"conditions": [{"code": "sciatica", "x": 1}]}', "conditions[0].x: unknown key"),
    (b'{"findings": []}', "findings: must be an object"),
    (b'{"findings": {"gout": "yes"}}', "findings.gout: unknown code; allowed: osteoporosis"),
    (b'{"findings": {"glaucoma": true}}', "findings.glaucoma: True is not allowed; allowed: yes"),
    (b'{"findings": {"glaucoma": "maybe"}}', "findings.glaucoma: 'maybe' is not allowed"),
    (b'{"findings": {"glaucoma": ["yes"]}}', "findings.glaucoma:"),
    (b'{"findings": {"gout": {"answer": "yes"}}}', "findings.gout: unknown code; allowed: osteo"),
    (b'{"findings": {"knee_problem": {}}}', "findings.knee_problem.answer: is missing; allowed: "),
    (b'{"findings": {"knee_problem": {"answer": 1}}}', "findings.knee_problem.answer: 1 is not"),
    (
        b'{"findings": {"knee_problem": {"answer": "yes", "side": "both"}}}',
        "findings.knee_problem.side: 'both' is not allowed; allowed: left, right, bilateral",
    ),
    (
        b'{"findings": {"knee_problem": {"answer": "yes", "side": null}}}',
        "findings.knee_problem.side: None is not allowed; allowed: left, right, bilateral",
    ),
    (
        b'{"findings": {"knee_problem": {"answer": "no", "side": "left"}}}',
        "findings.knee_problem.side: goes with the answer yes, and only there",
    ),
    (
        b'{"findings": {"glaucoma": {"answer": "yes", "side": "left"}}}',
        "findings.glaucoma.side: unknown key; allowed: answer",
    ),
    (
        b'{"findings": {"hip_problem": {"answer": "yes", "leg": "left"}}}',
        "findings.hip_problem.leg: unknown key; allowed: answer, side",
    ),
    (b'{"postnatal_weeks": 261}', "postnatal_weeks: must be a whole number from 0 to 260"),
    (b'{"postnatal_weeks": "6"}', "postnatal_weeks: must be a whole number from 0 to 260"),
    (b'{"surgeries": [{"code": "pacemaker", "weeks_ago": "5"}]}', "surgeries[0].weeks_ago: must"),
    (b'{"surgeries": [{"code": "pacemaker", "weeks_ago": -1}]}', "surgeries[0].weeks_ago: must"),
    (b'{"surgeries": [{"code": "pacemaker", "weeks_ago": 1.5}]}', "surgeries[0].weeks_ago: must"),
    (b'{"surgeries": [{"code": "pacemaker", "weeks_ago": true}]}', "surgeries[0].weeks_ago: must"),
    (
        b'{"surgeries": [{"code": "pacemaker", "limits": [{"movement": "knee", "degrees": 9}]}]}',
        "surgeries[0].limits[0].movement: 'knee' is not allowed; allowed: hip_flexion",
    ),
    (
        b'{"surgeries": [{"code": "pacemaker", "limits": [{"movement": "hip_flexion"}]}]}',
        "surgeries[0].limits[0].degrees: must be a whole number from 0 to 180",
    ),
    (b'{"pregnancy_weeks": 60}', "pregnancy_weeks: must be a whole number from 0 to 44"),
    (b'{"age": "61"}', "age: must be a whole number from 0 to 125"),
    (b'{"directional_preference": "up"}', "directional_preference: 'up' is not allowed; allowed: "),
    (b'{"directional_preference": null}', "directional_preference: None is not allowed"),
    (b'{"irritability": 3}', "irritability: 3 is not allowed; allowed: low, moderate"),
    (b'{"resources": "chair"}', "resources: must be a list"),
    (b'{"resources": ["sofa"]}', "resources: 'sofa' is not allowed; allowed: mat, chair"),
    (b'{"resources": [[]]}', "resources: [] is not allowed"),
    (b'{"red_flags": {"rf_none": "yes"}}', "red_flags.rf_none: unknown code; allowed: rf_cauda"),
]


@every(("data", "message"), BAD)
def test_bad_input_is_told_with_its_key(data: bytes, message: str) -> None:
    with pytest.raises(FactsError) as error:
        assess(data, CONTENT.rules, TRAITS)
    assert str(error.value).startswith(message)


@every("arguments", [[], ["--nonsense"], ["no-such-file.json"], ["."]])
def test_bad_arguments_end_with_2_and_one_line(arguments: list[str]) -> None:
    done = here("assess", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


@every(
    "data", [b"{", b'{"x\\ny\\u2028": 1}', b'{"resources": ["a\\nb"]}', b'{"findings":{"a\\rb":1}}']
)
def test_bad_input_ends_with_2_and_one_line(data: bytes) -> None:
    done = here("assess", "-", stdin=data)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 1


def test_an_unknown_exercise_is_named_with_the_allowed_ones() -> None:
    with pytest.raises(FactsError, match=r"^--exercise: 'hop' is not known; allowed: .*walking"):
        assess(b"{}", CONTENT.rules, TRAITS, only=["walking", "hop"])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
keys = st.sampled_from([*EXAMPLE, "other"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(keys, json_values, max_size=4))
def test_any_json_is_answered_or_refused_in_words(case: dict[str, object]) -> None:
    refusal = ""
    try:
        ask(case, "walking")
    except FactsError as error:
        refusal = str(error)
    assert not refusal or ":" in refusal
