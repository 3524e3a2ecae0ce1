"""The limits a surgeon set: entered with the operation, shown wherever it is, judged by."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Case
from programs.exchange.fhir.cases import case_resources
from programs.verdicts.case_facts import case_facts
from tests.factories import SurgeryFactory
from tests.patients.pages import days_ago, filled, fresh, main_text, settle, texts

pytestmark = pytest.mark.django_db

BENT = "hip flexion to 70 degrees until week 6"
TURNED = "hip external rotation to 20 degrees until the surgeon lifts it"


@pytest.fixture
def url(case: Case) -> str:
    SurgeryFactory(case=case, performed_on=days_ago(35))
    settle(case)
    return reverse("case_edit", args=[case.pk])


def limit(n: int, movement: str, degrees: str, until: str = "") -> dict[str, Any]:
    row = f"surgeries-0-limit_{n}"
    return {f"{row}_movement": movement, f"{row}_degrees": degrees, f"{row}_until": until}


def test_limits_are_kept_shown_and_judged_by(alice_client: Client, case: Case, url: str) -> None:
    sent = filled(alice_client, url) | limit(0, "hip_flexion", "70", "6")
    sent |= limit(2, "hip_external_rotation", "20")
    assert alice_client.post(url, sent).status_code == 302
    found = fresh(case)
    (operation,) = case_facts(found).surgeries
    assert [str(m) for m in operation.limits] == [TURNED, BENT]
    page = main_text(alice_client.get(case.get_absolute_url()))
    assert f"(5 weeks ago) Limits: {TURNED}; {BENT}" in page
    history = alice_client.get(reverse("case_history", args=[case.pk]))
    assert f"limits: {TURNED}; {BENT}" in texts(history, "changes")[0]
    bundle = json.dumps(list(case_resources(found, found.patient)))
    assert f'"note": [{{"text": "Limits: {TURNED}; {BENT}"}}]' in bundle


def test_a_limit_is_cleared_and_one_more_can_be_written(
    alice_client: Client, case: Case, url: str
) -> None:
    row = case.surgeries.get()
    row.limits = [{"movement": "hip_flexion", "degrees": n, "until_week": n} for n in (30, 60, 90)]
    row.save()
    settle(case)
    sent = filled(alice_client, url)
    assert [sent[f"surgeries-0-limit_{n}_degrees"] for n in range(3)] == [30, 60, 90]
    sent |= limit(0, "", "") | limit(4, "hip_abduction", "0", "3")
    assert alice_client.post(url, sent).status_code == 302
    kept = fresh(case).current_surgeries[0].limits_text
    assert kept == (
        "hip abduction to 0 degrees until week 3; hip flexion to 60 degrees until week 60; "
        "hip flexion to 90 degrees until week 90"
    )


def test_saving_without_a_change_changes_nothing(
    alice_client: Client, case: Case, url: str
) -> None:
    assert alice_client.post(url, filled(alice_client, url)).status_code == 302
    assert case.revisions.count() == fresh(case).revision == 2
    assert case.surgeries.get().limits == []
