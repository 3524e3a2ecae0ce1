"""The demo's diaries: each shows one thing that can follow from what a patient logs."""

from patients.models import Alert, Case, GoalScore
from programs.portal.door import opening
from programs.sessions import responses
from tests.kept_rows import put_demo


def case_of(name: str) -> Case:
    return Case.objects.get(patient__full_name__startswith=name)


def raised(name: str) -> set[tuple[str, str, str]]:
    rows = Alert.objects.filter(case=case_of(name), ended_at=None)
    return {(a.kind, a.code, a.item_name) for a in rows}


def told(name: str) -> tuple[str, str]:
    kept = responses.answer_for(case_of(name))
    return kept.outcome, kept.trend


EXPECTED = {
    "Marek": (
        "carry_on",
        "centralising",
        {("review", "set_preference_extension", "Back bend, standing")},
    ),
    "Greta": (
        "stop_exercise",
        "peripheralising",
        {
            ("alert", "peripheralising", "Back bend, standing"),
            ("review", "extension_not_tolerated", "Back bend, standing"),
            ("review", "review_direction", "Back bend, standing"),
        },
    ),
    "Colin": ("carry_on", "no_clear_change", {("review", "ask_barriers", "")}),
    "Nora": (
        "carry_on",
        "no_clear_change",
        {("alert", "no_change", ""), ("review", "review", "")},
    ),
    "Victor": ("get_help", "too_early", {("alert", "red_flag", "")}),
    "Rosalind": ("get_help", "too_early", {("alert", "red_flag", "")}),
    "Margaret": ("carry_on", "too_early", set()),
}


def test_every_outcome_has_its_patient(db: None) -> None:
    put_demo()
    back_bend = "Back bend, standing"
    assert {name: (*told(name), raised(name)) for name in EXPECTED} == EXPECTED
    # Less in the leg while the back scores higher is good news; the clinician is asked.
    marek = case_of("Marek").symptom_logs.order_by("at")
    assert [(row.pain, row.right) for row in (marek.first(), marek.last()) if row] == [
        (4, "lower_leg"),
        (5, "back_side"),
    ]
    assert [(a.item_name, a.is_open) for a in case_of("Greta").alerts.filter(kind="alert")] == [
        (back_bend, True)
    ]
    stops = {name: case_of(name).alerts.get() for name in ("Victor", "Rosalind")}
    assert {name: (a.urgency, a.is_open) for name, a in stops.items()} == {
        "Victor": ("emergency", True),
        "Rosalind": ("same_day", False),
    }
    assert [opening.is_paused(case_of(name)) for name in ("Victor", "Rosalind", "Nora")] == [
        True,
        True,
        False,
    ]
    scores = GoalScore.objects.filter(goal__case=case_of("Marek")).values_list("score", flat=True)
    assert list(scores.order_by("goal", "at")) == [2, 5, 3, 4, 1, 4]
