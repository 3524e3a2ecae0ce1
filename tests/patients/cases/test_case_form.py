"""Opening a case: what is kept, and what is told at which field."""

import re
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from django.forms import BoundField
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, User
from patients.models import Patient
from patients.vocabulary import CONDITIONS, SURGERIES
from tests.clock import TODAY
from tests.patients.cases.form_values import WHOLE, create_url, rows
from tests.patients.pages import days_ago, errors, filled, said
from tests.undone import undone

pytestmark = pytest.mark.django_db


def test_a_title_is_enough(alice_client: Client, alice: User, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Low back"}
    page = alice_client.post(create_url(maria), sent, follow=True)
    case = maria.cases.get()
    assert page.request["PATH_INFO"] == reverse("safety_screen", args=[case.pk])
    assert said(page) == ["The case is open. Next, ask the safety questions."]
    assert (case.title, case.clinician, case.opened_on) == ("Low back", alice, TODAY)
    assert rows(case) == ([], [])
    assert [row.number for row in case.revisions.all()] == [1]
    assert AuditEntry.objects.get().action == "case.open"


def test_everything_is_kept_as_entered(alice_client: Client, alice: User, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), **WHOLE}
    assert alice_client.post(create_url(maria), sent).status_code == 302
    case = maria.cases.get()
    assert rows(case) == (
        [("lumbar_foraminal_stenosis", "right"), ("lumbar_scoliosis", "unspecified")],
        [("hip_replacement", "left", "posterior")],
    )
    assert case.title == "Low back"
    assert case.goals == "Walk to the shops.\r\nLift my grandson 🙂".replace("\r", "")
    assert case.pregnancy_weeks_on(TODAY) == 20
    assert (case.directional_preference, case.preference_recorded_by) == ("flexion", alice)
    assert case.preference_recorded_on == days_ago(3)
    assert (case.baseline_pain, case.baseline_left, case.baseline_right) == (0, "none", "foot")
    assert (case.baseline_walking_left, case.baseline_walking_right) == ("thigh", "lower_leg")
    assert (case.baseline_weakness, case.baseline_numbness) == ("right", "none")
    assert (case.irritability, case.resources) == ("moderate", ["chair", "helper"])
    assert case.current_surgeries[0].weeks_ago(TODAY) == 5


def test_a_double_click_opens_one_case(alice_client: Client, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Low back"}
    for _ in range(2):
        assert alice_client.post(create_url(maria), sent).status_code == 302
    assert maria.cases.count() == 1
    for _ in range(2):
        alice_client.post(create_url(maria), {**sent, "title": "Neck"})
    assert maria.cases.count() == 2


def fields(page: Any) -> list[BoundField]:
    """Every field of the case's form, its rows' included, as the page shows it."""
    bundle = page.context["bundle"]
    forms = [bundle.form, *bundle.conditions.forms, *bundle.surgeries.forms]
    return [field for form in forms for field in form]


Change = tuple[dict[str, Any], str]
LIMITED = "surgeries-0-limit_0_movement"
SIDE = "Choose left, right or both sides."
SCORE = "Enter a whole number from 0 to 10."
# A list for each part of the page. The parts know nothing of each other, so one wrong thing of each
# is sent together, and told in the order of the page.
TITLES: list[Change] = [
    ({"title": ""}, "Give the case a short title."),
    ({"title": " \u200b"}, "Use at least one letter."),
    ({"title": "x" * 121}, "Use 120 characters or fewer. This has 121."),
    ({"title": "Back\x00"}, "Null characters are not allowed."),
]
GOALS: list[Change] = [
    ({"goals": "x" * 2001}, "Use 2000 characters or fewer. This has 2001."),
]
PREGNANCIES: list[Change] = [
    ({"due_date": ""}, "Enter the due date. The rules count weeks from it."),
    ({"pregnant": "no"}, "Choose yes for pregnant, or clear this date."),
    ({"pregnant": "unknown"}, "Choose yes for pregnant, or clear this date."),
    (
        {"due_date": (TODAY + timedelta(weeks=42, days=1)).isoformat()},
        "That is more than 42 weeks ahead. Check the date.",
    ),
    (
        {"due_date": days_ago(29).isoformat()},
        "That is more than 4 weeks ago. Ask again, and choose no if the baby is born.",
    ),
    ({"due_date": "32/13/2026"}, "This is not a date. Write it like 20/11/2026."),
]
PREFERENCES: list[Change] = [
    ({"preference_recorded_on": ""}, "Enter the day it was tested."),
    (
        {"preference_recorded_on": days_ago(-1).isoformat()},
        "The test cannot be in the future.",
    ),
    ({"directional_preference": "untested"}, "Choose the result, or clear this date."),
]
BASELINES: list[Change] = [
    ({"baseline_pain": value}, SCORE) for value in ("11", "-1", "4.5", "much")
]
CONDITION_ROWS: list[Change] = [
    ({"conditions-0-side": ""}, SIDE),
    ({"conditions-0-side": "central"}, SIDE),
    ({"conditions-0-side": "unspecified"}, SIDE),
    ({"conditions-0-code": ""}, "Choose the condition for this side."),
]
SURGERY_ROWS: list[Change] = [
    ({"surgeries-0-side": ""}, SIDE),
    ({"surgeries-0-approach": ""}, "Choose the approach, or not known."),
    (
        {"surgeries-0-performed_on": days_ago(-1).isoformat()},
        "The operation cannot be in the future.",
    ),
    (
        {"surgeries-0-performed_on": "1985-03-13"},
        "That is before the patient was born.",
    ),
    ({"surgeries-0-performed_on": ""}, "Enter the date. The rules count weeks from it."),
    (
        {"surgeries-0-performed_on": "last May"},
        "This is not a date. Write it like 20/11/2026.",
    ),
    ({"surgeries-0-code": ""}, "Choose the operation, or remove this row."),
    (
        {"surgeries-0-code": "knee_replacement"},
        "Only a hip replacement has an approach. Clear it.",
    ),
    ({"surgeries-0-limit_0_degrees": "90"}, "Choose the movement, or clear its numbers."),
    ({"surgeries-0-limit_0_until": "6"}, "Choose the movement, or clear its numbers."),
    ({LIMITED: "hip_flexion"}, "How many degrees does the surgeon allow?"),
    (
        {LIMITED: "hip_flexion", "surgeries-0-limit_0_degrees": "181"},
        "Write a whole number from 0 to 180.",
    ),
    (
        {"surgeries-0-code": "lumbar_fusion", "surgeries-0-approach": ""},
        "This operation has no side. Clear it.",
    ),
]
PARTS = (TITLES, GOALS, CONDITION_ROWS, SURGERY_ROWS, BASELINES, PREFERENCES, PREGNANCIES)
BAD = [[change for change in row if change] for row in zip_longest(*PARTS)]


def test_bad_input_is_told_at_its_field_and_kept(alice_client: Client, maria: Patient) -> None:
    form = {**filled(alice_client, create_url(maria)), **WHOLE}
    wrong: list[tuple[Any, Any]] = []
    for together in BAD:
        bad = {name: value for changes, _ in together for name, value in changes.items()}
        with undone():
            page = alice_client.post(create_url(maria), {**form, **bad})
            written = maria.cases.count()
        if page.status_code != 200 or written:
            wrong.append((bad, "was not refused"))
            continue
        told = errors(page)
        if told != [message for _, message in together]:
            wrong.append((bad, told))
        sent = {**WHOLE, **bad}
        values = {field.html_name: field.value() for field in fields(page)}
        wrong += [(name, values[name]) for name, value in sent.items() if values[name] != value]
    assert not wrong, str(wrong)
    assert sum(map(len, BAD)) == sum(map(len, PARTS)) == 35


NOT_OFFERED: list[dict[str, Any]] = [
    {
        "clinician": "0",
        "irritability": "extreme",
        "baseline_left": "knee",
        "baseline_walking_left": "knee",
        "baseline_weakness": "arm",
        "resources": ["chair", "sauna"],
        "conditions-0-code": "gout",
        "surgeries-0-approach": "below",
    },
    {LIMITED: "ear_flexion", "surgeries-0-limit_0_degrees": "9"},
]


def test_values_that_no_page_offers_are_refused(alice_client: Client, maria: Patient) -> None:
    form = {**filled(alice_client, create_url(maria)), **WHOLE}
    told_at = [{*NOT_OFFERED[0]}, {LIMITED}]
    for changes, names in zip(NOT_OFFERED, told_at, strict=True):
        page = alice_client.post(create_url(maria), {**form, **changes})
        told = {field.html_name: list(field.errors) for field in fields(page) if field.errors}
        assert told == {name: ["Choose from the list."] for name in names}
        assert errors(page) == ["Choose from the list."] * len(names)
    assert maria.cases.count() == 0


def test_another_practice_s_clinician_cannot_be_chosen(
    alice_client: Client, maria: Patient, bob: User, charlie: User
) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Back", "clinician": charlie.pk}
    page = alice_client.post(create_url(maria), sent)
    offered = list(page.context["bundle"].form.fields["clinician"].queryset)
    assert [str(person) for person in offered] == ["Alice Archer", "Bob Brown"]
    assert maria.cases.count() == 0


def test_missing_or_endless_rows_do_no_harm(alice_client: Client, maria: Patient) -> None:
    sent = {**filled(alice_client, create_url(maria)), "title": "Back"}
    del sent["conditions-TOTAL_FORMS"]
    page = alice_client.post(create_url(maria), sent)
    assert errors(page) == ["Part of this page did not arrive. Save again."]
    sent["conditions-TOTAL_FORMS"] = "100000"
    page = alice_client.post(create_url(maria), sent)
    assert errors(page)[0] == "Use 30 rows or fewer."
    assert maria.cases.count() == 0


def test_the_stage_is_shown_for_what_has_one_and_where_one_was_chosen() -> None:
    """Else it is hidden by the style sheet alone, as soon as the condition is chosen."""
    css = Path("static/patients/patients.css").read_text(encoding="utf-8")
    staged = [code for code, item in CONDITIONS.items() if item.has_stage]
    assert staged == ["frozen_shoulder"]
    assert (
        '.entry-row--condition:not(:has(option[value="frozen_shoulder"]:checked, '
        '[name$="-stage"] option:not([value=""]):checked)) > [id$="-stage"] { display: none; }'
    ) in css


def test_what_only_some_conditions_and_operations_have_is_shown_for_them() -> None:
    """The sheet hides it by the codes of those that have it; a browser test would cost seconds."""
    css = Path("static/patients/patients.css").read_text(encoding="utf-8")
    has = {
        "began_on": [code for code, item in CONDITIONS.items() if item.has_start],
        "approach": [code for code, item in SURGERIES.items() if item.has_approach],
        "tear_size": [code for code, item in SURGERIES.items() if item.has_tear],
    }
    for field, codes in has.items():
        end = (f'> [id$="-{field}"]', f':is([id$="-{field}"]')
        (rule,) = [line for line in css.splitlines() if any(part in line for part in end)]
        shown, _, kept = rule.partition(":checked")
        assert re.findall(r'\[value="(\w+)"\]', shown) == codes
        assert f'[name$="-{field}"]' in kept, "what was chosen before stays in sight"
