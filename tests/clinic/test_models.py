"""Users, practices and the audit record."""

import pytest
from django.db import Error, IntegrityError, transaction

from clinic import audit
from clinic.models import AuditEntry, Practice, User
from tests.every_row import every
from tests.factories import PracticeFactory, UserFactory
from tests.undone import undone

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_and_found_in_any() -> None:
    UserFactory(email=" Alice@Example.ORG ")
    assert User.objects.get_by_natural_key("ALICE@example.org").email == "alice@example.org"


def test_an_address_belongs_to_one_user() -> None:
    UserFactory(email="alice@example.org")
    with pytest.raises(IntegrityError):
        UserFactory(email="ALICE@example.org")


@every(
    "values",
    [
        {"pain_green_max": 5, "pain_amber_max": 5},
        {"pain_amber_max": 10},
        {"review_weeks_min": 5, "review_weeks_max": 4},
        {"after_effect_minutes": 0},
        {"fusion_weeks": 0},
        {"pregnancy_caution_week": 21},
        {"paper_size": "A3"},
        {"emergency_number": "123"},
        {"name": ""},
    ],
)
def test_the_database_refuses_settings_out_of_bounds(values: dict[str, object]) -> None:
    with undone(), pytest.raises(IntegrityError), transaction.atomic():
        PracticeFactory(**values)


def test_an_audit_entry_says_who_did_what(practice: Practice, alice: User) -> None:
    entry = audit.record(
        practice=practice, actor=alice, action="practice.change", target=practice, fields=["phone"]
    )
    assert str(entry) == f"Alice Archer: practice.change clinic.practice {practice.pk}"
    assert entry.details == {"fields": ["phone"]}


def test_an_audit_entry_takes_no_free_text(practice: Practice, alice: User) -> None:
    with pytest.raises(ValueError, match="must be a code"):
        audit.record(
            practice=practice, actor=alice, action="x", target=practice, note="My back hurts"
        )
    assert not AuditEntry.objects.exists()


def test_an_audit_entry_cannot_be_changed_or_deleted(practice: Practice, alice: User) -> None:
    audit.record(practice=practice, actor=alice, action="practice.change", target=practice)
    with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
        AuditEntry.objects.update(action="nothing")
    with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
        AuditEntry.objects.all().delete()
