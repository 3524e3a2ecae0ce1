"""Visit notes: drafts that are not lost, signed once, then only added to, and read by few."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from clinic import wall
from clinic.models import AuditEntry, Practice, Role, User
from clinic.wall import passages
from patients.models import Case, VisitAmendment, VisitNote
from patients.visits import actions
from patients.visits.text import visit_text
from tests.clock import SetClock
from tests.every_row import every
from tests.factories import VisitNoteFactory
from tests.patients.pages import errors, filled, main_text, said

pytestmark = pytest.mark.django_db
DAY = "2026-11-20"


def page_of(note: VisitNote, name: str = "visit") -> str:
    return reverse(name, args=[note.case_id, note.pk])


def start(client: Client, case: Case, *, follow: bool = False, **words: str) -> Any:
    data = {"visited_on": DAY, "token": str(uuid4()), "do": "save", **words}
    return client.post(reverse("visit_create", args=[case.pk]), data, follow=follow)


def test_a_draft_is_saved_changed_and_signed(
    alice_client: Client, alice: User, case: Case, clock: SetClock
) -> None:
    assert said(start(alice_client, case, subjective="Leg pain at night.", follow=True)) == [
        "The draft is saved. Sign it when it is whole."
    ]
    note = case.visits.get()
    assert (note.author, note.is_draft, note.visited_on) == (alice, True, dt.date(2026, 11, 20))
    sent = {**filled(alice_client, page_of(note)), "plan": "Walk daily.", "do": "sign"}
    page = alice_client.post(page_of(note), sent, follow=True)
    assert said(page) == ["The note is signed. It stays as it is; you can add to it."]
    assert "Subjective Leg pain at night. Plan Walk daily. Signed by Alice Archer" in main_text(
        page
    )
    again = alice_client.post(page_of(note), sent, follow=True)
    assert "Signed by Alice Archer" in main_text(again)
    done = AuditEntry.objects.filter(action__startswith="visit.").order_by("pk")
    assert [*done.values_list("action", flat=True)] == ["visit.start", "visit.save", "visit.sign"]


def test_a_form_sent_twice_makes_one_note(alice_client: Client, case: Case) -> None:
    key = str(uuid4())
    for _ in range(2):
        start(alice_client, case, free="Seen at home.", token=key)
    assert case.visits.count() == 1
    for _ in range(2):
        start(alice_client, case, free="Seen at home, and again.", token=key)
    assert [*case.visits.values_list("free", flat=True)] == [
        "Seen at home, and again.",
        "Seen at home.",
    ]


def test_a_second_tab_is_told_of_the_draft_that_was_begun(
    alice_client: Client, bob_client: Client, case: Case
) -> None:
    new = reverse("visit_create", args=[case.pk])
    assert "begun a note" not in alice_client.get(new).content.decode()
    start(alice_client, case, free="Seen at home.")
    page = alice_client.get(new)
    words = main_text(page)
    assert "You have begun a note of the visit on 20 Nov 2026, not signed yet." in words
    assert page_of(case.visits.get()) in page.content.decode()
    assert "begun a note" not in bob_client.get(new).content.decode()


def test_the_second_of_two_tabs_meets_the_draft_of_the_first(
    alice_client: Client, bob_client: Client, case: Case
) -> None:
    new = reverse("visit_create", args=[case.pk])
    first, second, third = (filled(alice_client, new) for _ in range(3))
    his = filled(bob_client, new)
    alice_client.post(new, {**first, "plan": "Walk daily.", "do": "save"})
    met = alice_client.post(new, {**second, "plan": "Rest first.", "do": "sign"})
    words = main_text(met)
    assert (met.status_code, "This draft was saved in another tab" in words) == (409, True)
    assert ("Walk daily." in words, "Rest first." in words) == (True, True)
    draft = case.visits.get()
    assert (draft.plan, draft.is_draft) == ("Walk daily.", True)
    # Saved on the page that is shown, it takes the place of the first one.
    taken = {name: met.context["form"][name].value() or "" for name in met.context["form"].fields}
    alice_client.post(page_of(draft), {**taken, "do": "save"})
    assert case.visits.get().plan == "Rest first."
    # Another day, the same words, another clinician, and whoever says so make no quarrel.
    alice_client.post(new, {**third, "plan": "Rest first.", "do": "save"})
    assert case.visits.count() == 1
    alice_client.post(new, {**second, "plan": "x", "visited_on": "2026-11-19", "do": "save"})
    bob_client.post(new, {**his, "plan": "Mine.", "do": "save"})
    assert "Keep both: save mine as a note of its own" in words
    alice_client.post(new, {**taken, "known": second["known"], "plan": "Two.", "do": "apart"})
    plans = case.visits.order_by("pk").values_list("plan", flat=True)
    assert [*plans] == ["Rest first.", "x", "Mine.", "Two."]


def test_the_second_tab_meets_a_signed_note_and_may_add_to_it(
    alice_client: Client, case: Case
) -> None:
    new = reverse("visit_create", args=[case.pk])
    first, second = (filled(alice_client, new) for _ in range(2))
    alice_client.post(new, {**first, "plan": "Walk daily.", "do": "sign"})
    met = alice_client.post(new, {**second, "plan": "Rest first.", "do": "save"})
    assert met.status_code == 409
    assert "This note is signed. Add to it below" in main_text(met)
    assert "Rest first." in met.context["amend"]["words"].value()
    assert case.visits.count() == 1


def test_what_is_wrong_is_said_with_what_was_typed(alice_client: Client, case: Case) -> None:
    late = start(alice_client, case, objective="Limps.", visited_on="2026-11-21")
    assert (late.status_code, errors(late)) == (422, ["This day is still to come."])
    assert "Limps." in main_text(late)
    # The year 26, as a date box sends it that was left too early.
    slip = start(alice_client, case, objective="Limps.", visited_on="0026-11-20")
    assert errors(slip) == ["That is more than 125 years ago. Check the year."]
    empty = start(alice_client, case)
    assert "Write something in at least one of the parts." in main_text(empty)
    assert not case.visits.exists()


def test_two_tabs_lose_nothing(alice_client: Client, case: Case, alice: User) -> None:
    note = VisitNoteFactory(case=case, author=alice)
    first = filled(alice_client, page_of(note))
    alice_client.post(page_of(note), {**first, "plan": "Walk daily."})
    late = alice_client.post(page_of(note), {**first, "plan": "Rest first."})
    assert late.status_code == 409
    words = main_text(late)
    assert "This draft was saved in another tab" in words
    assert "Walk daily." in words
    assert "Rest first." in words
    seen = late.context["form"].data["seen"]
    alice_client.post(page_of(note), {**first, "plan": "Rest first.", "seen": seen})
    note.refresh_from_db()
    assert (note.plan, note.revision) == ("Rest first.", 3)


def test_what_comes_after_the_signature_is_offered_as_an_addition(
    alice_client: Client, case: Case, alice: User
) -> None:
    note = VisitNoteFactory(case=case, author=alice)
    first = filled(alice_client, page_of(note))
    alice_client.post(page_of(note), {**first, "do": "sign"})
    late = alice_client.post(page_of(note), {**first, "plan": "Call the doctor."})
    assert late.status_code == 409
    assert actions.SIGNED in main_text(late)
    assert "Plan:\nCall the doctor." in late.context["amend"]["words"].value()


def test_only_its_author_changes_a_draft(bob_client: Client, case: Case, alice: User) -> None:
    note = VisitNoteFactory(case=case, author=alice)
    sent = {"visited_on": DAY, "seen": "1", "plan": "Bob’s own plan.", "do": "sign"}
    page = bob_client.post(page_of(note), sent)
    assert page.status_code == 409
    assert "Only Alice Archer can change this draft." in main_text(page)
    assert "Bob’s own plan." in main_text(page)
    refused = bob_client.post(page_of(note, "visit_discard"), follow=True)
    assert said(refused) == ["Only its author can throw a draft away."]
    note.refresh_from_db()
    assert (note.plan, note.signed_at, note.discarded_at) == ("", None, None)


def test_a_draft_is_thrown_away(alice_client: Client, case: Case, alice: User) -> None:
    note = VisitNoteFactory(case=case, author=alice)
    page = alice_client.post(page_of(note, "visit_discard"), follow=True)
    assert said(page) == ["The draft is thrown away."]
    assert alice_client.get(page_of(note)).status_code == 404


@pytest.fixture
def signed(case: Case, alice: User) -> VisitNote:
    note = VisitNoteFactory(case=case, author=alice, plan="Walk <b>daily</b>.")
    seen = {name: getattr(note, name) for name in actions.VISIT_FIELDS}
    return actions.save_visit(visit=note, actor=alice, seen=1, values=seen, sign=True)


def test_a_signed_note_is_added_to(bob_client: Client, signed: VisitNote) -> None:
    sent = {"token": str(uuid4()), "words": "Rang her: better."}
    bob_client.post(page_of(signed, "visit_amend"), sent)
    page = bob_client.post(page_of(signed, "visit_amend"), sent, follow=True)
    assert "Added later Rang her: better. Bob Brown" in main_text(page)
    assert signed.amendments.count() == 1
    for _ in range(2):
        bob_client.post(page_of(signed, "visit_amend"), {**sent, "words": "And once more."})
    assert signed.amendments.count() == 2
    empty = bob_client.post(page_of(signed, "visit_amend"), {"token": str(uuid4()), "words": " "})
    assert errors(empty) == ["Write what is to be added."]


def test_the_database_keeps_what_is_signed(signed: VisitNote, alice: User) -> None:
    actions.amend_visit(visit=signed, actor=alice, key=uuid4(), words="More.")
    for rows in (VisitNote.objects.all(), VisitAmendment.objects.all()):
        for change in (lambda rows=rows: rows.update(key=uuid4()), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_the_note_as_text(bob_client: Client, signed: VisitNote, alice: User) -> None:
    actions.amend_visit(visit=signed, actor=alice, key=uuid4(), words="Rang her.")
    answer = bob_client.get(page_of(signed, "visit_as_text"))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "Visit, 20 Nov 2026\n"
        "Patient: Maria Sørensen, born 14 Mar 1985\n"
        f"Case: {signed.case.title}\n\n"
        "Subjective:\nSlept through the night.\n\n"
        "Plan:\nWalk <b>daily</b>.\n\n"
        "Signed by Alice Archer, 20 Nov 2026, 09:30.\n\n"
        "Added by Alice Archer, 20 Nov 2026, 09:30:\nRang her.\n"
    )
    assert "Walk &lt;b&gt;daily&lt;/b&gt;." in bob_client.get(page_of(signed)).content.decode()


def test_a_draft_says_so_as_text(case: Case, alice: User) -> None:
    assert "DRAFT of Alice Archer, not signed." in visit_text(VisitNoteFactory(author=alice))


@every(("role", "status"), [(Role.ASSISTANT, 403), (Role.READ_ONLY, 200)])
def test_who_reads_them(
    bob_client: Client, practice: Practice, bob: User, signed: VisitNote, role: Role, status: int
) -> None:
    practice.memberships.filter(user=bob).update(role=role)
    for name in ("visit", "visit_as_text"):
        assert bob_client.get(page_of(signed, name)).status_code == status
    assert bob_client.get(reverse("visits", args=[signed.case_id])).status_code == status
    case = main_text(bob_client.get(reverse("case", args=[signed.case_id])))
    assert ("Visit notes" in case) == (status == 200)
    assert "Write a note" not in case


def test_the_timeline_tells_of_them_without_their_words(
    bob_client: Client, signed: VisitNote, alice: User
) -> None:
    actions.amend_visit(visit=signed, actor=alice, key=uuid4(), words="Rang her.")
    words = main_text(bob_client.get(reverse("case_timeline", args=[signed.case_id])))
    assert "Alice Archer Visit note, 20 Nov 2026: signed." in words
    assert "Alice Archer Added to the visit note, 20 Nov 2026." in words
    assert "Slept through" not in words


def test_they_go_with_the_patient(signed: VisitNote, alice: User) -> None:
    actions.amend_visit(visit=signed, actor=alice, key=uuid4(), words="Rang her.")
    with wall.within(signed.practice_id):
        counts = passages.erase_patient(signed.case.patient_id, reason="asked", by=None)
    assert counts is not None
    assert counts["patients.VisitNote"] == counts["patients.VisitAmendment"] == 1
