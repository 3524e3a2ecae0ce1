"""A closed case is put away by itself: off the lists, read-only, and back with one press."""

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, Practice
from patients.models import Alert, Case, Patient
from patients.record.archive import set_case_archived
from patients.record.read_only import READ_ONLY, ReadOnlyMiddleware
from tests.factories import AlertFactory, CaseFactory, ProgramFactory
from tests.guards.addresses import Address, every_address
from tests.patients.pages import fresh, main_text, said

pytestmark = pytest.mark.django_db
WRITES_NOTHING = {"case_archive", "case_restore", "progress_report"}
"""What may be sent about an archived case: back it comes, and its report is only printed."""


def press(client: Client, name: str, case: Case) -> list[str]:
    return said(client.post(reverse(name, args=[case.pk]), follow=True))


def test_only_what_is_closed_and_seen_to_is_archived(alice_client: Client, case: Case) -> None:
    assert press(alice_client, "case_archive", case) == ["Close the case first, then archive it."]
    alert = AlertFactory(case=case)
    press(alice_client, "case_close", case)
    assert press(alice_client, "case_archive", case) == [
        "See to what waits in the inbox first, then archive the case."
    ]
    assert fresh(case).archived_at is None
    Alert.objects.filter(pk=alert.pk).update(
        acknowledged_at=timezone.now(), acknowledged_by=case.clinician, note="Seen."
    )
    for _ in range(2):
        assert press(alice_client, "case_archive", case) == [
            "The case is archived. Nothing is lost."
        ]
    assert fresh(case).archived_at is not None
    assert AuditEntry.objects.filter(action="case.archive", target_id=str(case.pk)).count() == 1


def test_it_leaves_the_lists_and_comes_back_closed_with_one_press(
    alice_client: Client, case: Case, maria: Patient
) -> None:
    press(alice_client, "case_close", case)
    press(alice_client, "case_archive", case)
    page = alice_client.get(maria.get_absolute_url())
    assert list(page.context["cases"]) == []
    assert "Every case of this patient is archived." in main_text(page)
    away = alice_client.get(maria.get_absolute_url(), {"archived": "1"})
    assert list(away.context["cases"]) == [case]
    shown = main_text(alice_client.get(case.get_absolute_url()))
    assert "nothing in it can be changed" in shown
    assert "Bring back from the archive" in shown
    for offered in ("Open the case again", "Write a note", "Archive this case", "Edit case"):
        assert offered not in shown
    assert press(alice_client, "case_reopen", case) == [READ_ONLY]
    assert press(alice_client, "case_restore", case) == [
        "The case is back on the lists. It is closed, as it was."
    ]
    assert (fresh(case).archived_at, fresh(case).closed_at is None) == (None, False)
    assert list(alice_client.get(maria.get_absolute_url()).context["cases"]) == [case]
    told = main_text(alice_client.get(reverse("case_timeline", args=[case.pk])))
    assert "The case was archived. Alice Archer" in told or "Alice Archer The case" in told
    assert "The case came back from the archive." in told


def test_another_practice_archives_nothing(charlie_client: Client, case: Case) -> None:
    for name in ("case_archive", "case_restore"):
        assert charlie_client.post(reverse(name, args=[case.pk])).status_code == 404


def _about(request: HttpRequest, address: Address, given: dict[str, object]) -> bool:
    """Whether a form to this address is refused."""
    middleware = ReadOnlyMiddleware(lambda _request: None)  # type: ignore[arg-type, return-value]
    answer = middleware.process_view(request, address.view, (), given)
    return answer is not None and answer.status_code == 204


def test_no_form_about_it_is_taken(practice: Practice, case: Case) -> None:
    """Every address that names a case, a program or an alert, whatever it does."""
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(closed_at=now, archived_at=now)
    other = CaseFactory(patient=case.patient, closed_at=now)
    given, others = [
        {
            "case_id": one.pk,
            "program_id": ProgramFactory(case=one).pk,
            "alert_id": AlertFactory(case=one).pk,
        }
        for one in (case, other)
    ]
    request = RequestFactory().post("/", headers={"HX-Request": "true"})
    request.practice = practice  # type: ignore[attr-defined]
    request._messages = _Nobody()  # type: ignore[attr-defined]
    refused: set[str] = set()
    untouched: set[str] = set()
    about = [a for a in every_address() if set(a.converters) & set(given)]
    for address in about:
        for ids, found in ((given, refused), (others, untouched)):
            asked = {name: ids[name] for name in ids if name in address.converters}
            if _about(request, address, asked):
                found.add(address.name)
    assert refused == {address.name for address in about} - WRITES_NOTHING
    assert untouched == set()
    assert set(given) < set(settings.RECORD_ARGUMENTS)


class _Nobody:
    """Messages that nobody reads."""

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        """Say it to nobody."""


def test_a_page_that_is_nothing_but_a_form_leads_to_the_case(
    alice_client: Client, case: Case
) -> None:
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(closed_at=now)
    set_case_archived(case=case, actor=case.clinician, archived=True)
    page = alice_client.get(reverse("visit_create", args=[case.pk]), follow=True)
    assert page.request["PATH_INFO"] == case.get_absolute_url()
    assert said(page) == [READ_ONLY]
