"""Opening, amending, discarding, ending."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from clinic.models import User
from clinic.outcomes import Refused, Stale
from patients.models import Case
from programs.builder import actions
from programs.prescriptions.models import IssuedPrescription, Program
from tests import factories
from tests.clock import TODAY
from tests.programs.conftest import only_item, slugs


def issue(program: Program, actor: User) -> IssuedPrescription:
    program.refresh_from_db()
    return actions.issue(
        program=program,
        actor=actor,
        issue_key=uuid4(),
        seen_revision=program.revision,
        unchanged=True,
    )


@pytest.fixture
def issued(draft: Program, alice: User) -> Program:
    """A program with version 1 out."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug", note="Slowly.")
    issue(draft, alice)
    draft.refresh_from_db()
    return draft


def test_a_case_has_one_program_at_a_time(stenosis: Case, alice: User, bob: User) -> None:
    first, is_new = actions.create_program(case=stenosis, actor=alice)
    assert (is_new, first.title, first.created_by) == (True, "Home exercise programme", alice)
    again, is_new = actions.create_program(case=stenosis, actor=bob)
    assert (is_new, again.pk) == (False, first.pk)


def test_a_closed_case_gets_no_program(stenosis: Case, alice: User) -> None:
    Case.objects.filter(pk=stenosis.pk).update(closed_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        actions.create_program(case=stenosis, actor=alice)


def test_an_archived_patient_gets_no_program(stenosis: Case, alice: User) -> None:
    stenosis.patient.archived_at = timezone.now()
    stenosis.patient.save()
    with pytest.raises(Refused, match="archived"):
        actions.create_program(case=stenosis, actor=alice)


def test_details_are_merged_with_what_others_did(draft: Program, alice: User, bob: User) -> None:
    seen = actions.fingerprint(draft)
    details = {"title": "Back care", "note": "Hello.", "review_on": None}
    actions.change_details(program=draft, actor=alice, seen=seen, **details)
    with pytest.raises(Stale) as stale:
        actions.change_details(program=draft, actor=bob, seen=seen, **details)
    assert stale.value.who == "Alice Archer"


def test_amending_opens_a_copy_and_twice_is_once(issued: Program, alice: User) -> None:
    assert not issued.draft_open
    assert actions.amend(program=issued, actor=alice).draft_open
    again = actions.amend(program=issued, actor=alice)
    assert (again.draft_open, again.revision) == (True, issued.revision + 1)


def test_discarding_an_amendment_brings_back_what_was_issued(issued: Program, alice: User) -> None:
    actions.amend(program=issued, actor=alice)
    item = only_item(issued)
    actions.save_item(
        program=issued,
        actor=alice,
        item_id=item.pk,
        seen=actions.fingerprint(item),
        dosage=item.dose(),
        note="Fast.",
        side="",
    )
    actions.remove_item(program=issued, actor=alice, item_id=item.pk)
    factories.ProgramItemFactory(program=issued, slug="walking")
    actions.change_details(
        program=issued,
        actor=alice,
        seen=actions.fingerprint(issued),
        title="Other",
        note="",
        review_on=TODAY + dt.timedelta(days=3),
    )
    actions.discard(program=issued, actor=alice)
    issued.refresh_from_db()
    assert slugs(issued) == ["dead-bug"]
    assert only_item(issued).note == "Slowly."
    assert (issued.title, issued.review_on) == ("Home exercise program", None)
    assert (issued.draft_open, issued.ended_at) == (False, None)


def test_discarding_what_was_never_issued_ends_it(draft: Program, alice: User) -> None:
    factories.ProgramItemFactory(program=draft)
    ended = actions.discard(program=draft, actor=alice)
    assert ended.ended_at is not None
    assert draft.items.active().count() == 1
    other, is_new = actions.create_program(case=draft.case, actor=alice)
    assert (is_new, other.pk != draft.pk) == (True, True)


def test_ending_takes_it_from_the_patient_and_keeps_the_record(
    issued: Program, alice: User
) -> None:
    actions.amend(program=issued, actor=alice)
    factories.ProgramItemFactory(program=issued, slug="walking")
    ended = actions.end_program(program=issued, actor=alice)
    assert (ended.draft_open, ended.ended_at is not None) == (False, True)
    assert slugs(issued) == ["dead-bug"]
    assert issued.prescriptions.count() == 1
    assert actions.end_program(program=issued, actor=alice).ended_at == ended.ended_at
    with pytest.raises(Refused, match="has ended"):
        actions.amend(program=issued, actor=alice)


def test_a_second_version_after_a_discarded_amendment(issued: Program, alice: User) -> None:
    actions.amend(program=issued, actor=alice)
    actions.remove_item(program=issued, actor=alice, item_id=only_item(issued).pk)
    actions.discard(program=issued, actor=alice)
    actions.amend(program=issued, actor=alice)
    version = issue(issued, alice)
    assert version.version == 2
    assert [e.name for e in version.prescription().items] == ["Dead bug"]
