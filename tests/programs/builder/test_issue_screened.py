"""No program leaves unscreened: warning signs asked, open questions answered or waived by name."""

import re
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from clinic.models import AuditEntry, Practice, User
from patients import vocabulary
from patients.inbox.attention import items as attention_items
from patients.models import Case
from patients.screening.actions import record_answers
from programs.builder import actions
from programs.builder.actions import Blocked
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.screen_models import ScreenWaiver
from programs.verdicts.checks import catch_up
from tests import factories
from tests.every_row import every
from tests.patients.pages import given
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import SCREEN, MakeCase
from tests.undone import undone

WHY = "The bone scan is next week."
OSTEOPOROSIS = "Osteoporosis: answer the question, or write why it goes out without."


def answer(case: Case, actor: User, **answers: str) -> None:
    latest = case.answers.order_by("pk").last()
    record_answers(case=case, actor=actor, seen=latest.pk if latest else 0, answers=answers)


def issue(program: Program, actor: User, **said: object) -> IssuedPrescription:
    program = Program.objects.get(pk=program.pk)
    values = {"issue_key": uuid4(), "seen_revision": program.revision, **said}
    return actions.issue(program=program, actor=actor, **values)


def left(program: Program, actor: User, **said: object) -> list[str]:
    with pytest.raises(Blocked) as reasons:
        issue(program, actor, **said)
    return [reason.text for reason in reasons.value.reasons]


@pytest.fixture
def unsure(make_case: MakeCase, shipped_catalogue: None) -> Program:
    """A curl-up for somebody who was asked everything but about thin bones."""
    case = make_case(no=tuple(code for code in SCREEN if code != "osteoporosis"))
    program = factories.ProgramFactory(case=case)
    factories.ProgramItemFactory(program=program, slug="curl-up")
    return program


def page_form(client: Client, program: Program, **typed: str) -> dict[str, str]:
    """What a browser sends from the page for issuing, with what was typed."""
    form = given(client, url(program, "issue/")).context["form"]
    hidden = {name: str(form[name].value()) for name in ("issue_key", "revision", "case_revision")}
    return {**hidden, **typed}


def test_nothing_goes_out_with_nothing_asked(
    make_case: MakeCase, shipped_catalogue: None, alice: User, alice_client: Client
) -> None:
    program = factories.ProgramFactory(case=make_case(no=tuple(vocabulary.FINDINGS)))
    factories.ProgramItemFactory(program=program, slug="core-breathing")
    assert left(program, alice) == [
        "Ask about these warning signs first: Bladder change, Bowel change, Saddle numbness and "
        "14 more."
    ]
    html = alice_client.get(url(program)).content.decode()
    link = re.search(r'href="([^"]+)">Ask about these warning signs', html)
    assert link is not None
    asked = alice_client.get(link.group(1).replace("&amp;", "&"))
    assert len(asked.context["form"].codes) == 17
    assert asked.context["next"] == url(program)
    # On the page for issuing it is a button, so that what is typed there goes along.
    html = alice_client.get(url(program, "issue/")).content.decode()
    button = re.search(r'name="answer"\s+value="([^"]+)">Ask about these warning signs', html)
    assert button is not None
    sent = page_form(alice_client, program, answer=button.group(1))
    asked = alice_client.post(url(program, "issue/"), sent, follow=True)
    assert len(asked.context["form"].codes) == 17
    assert asked.context["next"] == url(program, "issue/")


def test_a_no_to_every_warning_sign_lets_it_out(
    make_case: MakeCase, shipped_catalogue: None, alice: User
) -> None:
    case = make_case(no=SCREEN)
    program = factories.ProgramFactory(case=case)
    factories.ProgramItemFactory(program=program, slug="core-breathing")
    factories.AnswerFactory(case=case, code="rf_weight_loss", answer="unknown")
    assert left(program, alice) == ["Ask about these warning signs first: Unexplained weight loss."]
    answer(case, alice, rf_weight_loss="no")
    assert issue(program, alice).version == 1
    assert not ScreenWaiver.objects.exists()


WHO_IS_ASKED = [
    ("female", "1990-03-14", True),
    ("", "1990-03-14", True),
    ("male", "1990-03-14", False),
    ("female", "1965-03-14", False),
    ("", "2015-03-14", False),
]


def test_pregnancy_is_asked_where_it_can_be(
    make_case: MakeCase, shipped_catalogue: None, alice: User
) -> None:
    case = make_case(no=tuple(code for code in SCREEN if code != "rf_pregnancy_warning"))
    program = factories.ProgramFactory(case=case)
    factories.ProgramItemFactory(program=program, slug="core-breathing")
    asked = ["Ask about these warning signs first: Warning sign in pregnancy, Pregnancy, "
             "Recent birth."]  # fmt: skip
    for sex, born, named in WHO_IS_ASKED:
        with undone():
            type(case.patient).objects.filter(pk=case.patient_id).update(
                sex=sex, date_of_birth=born
            )
            if named:
                assert left(program, alice) == asked, (sex, born)
            else:
                assert issue(program, alice).version == 1, (sex, born)


def test_a_question_that_matters_to_nothing_here_holds_nothing_up(
    unsure: Program, alice: User
) -> None:
    assert left(unsure, alice) == [OSTEOPOROSIS]
    item = unsure.items.get()
    actions.remove_item(program=unsure, actor=alice, item_id=item.pk)
    factories.ProgramItemFactory(program=unsure, slug="core-breathing")
    assert issue(unsure, alice).version == 1


@every("reason", ["", "   ", "not now", " \n  later   "])
def test_a_waiver_says_something(unsure: Program, alice: User, reason: str) -> None:
    assert left(unsure, alice, waivers={"osteoporosis": reason}) == [OSTEOPOROSIS]
    assert not ScreenWaiver.objects.exists()


def test_a_waiver_is_kept_by_name_for_its_version_and_is_final(
    unsure: Program, alice: User
) -> None:
    given = {"osteoporosis": f"  {WHY} ", "glaucoma": "Nobody needs this reason."}
    issued = issue(unsure, alice, waivers=given)
    waiver = ScreenWaiver.objects.get()
    assert (waiver.prescription, waiver.code, waiver.reason, waiver.made_by) == (
        issued,
        "osteoporosis",
        WHY,
        alice,
    )
    entry = AuditEntry.objects.get(action="program.issue")
    assert entry.details["waived"] == ["osteoporosis"]
    for change in (
        lambda: ScreenWaiver.objects.update(reason="Another."),
        lambda: ScreenWaiver.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    actions.amend(program=unsure, actor=alice)
    assert left(unsure, alice, unchanged=True) == [OSTEOPOROSIS]


def test_the_page_asks_and_takes_the_reason(
    unsure: Program, alice_client: Client, alice: User
) -> None:
    page = alice_client.get(url(unsure, "issue/"))
    assert "Not asked, and it matters here" in text(page)
    assert "Osteoporosis Small curl-up Answer now" in text(page)

    short = page_form(alice_client, unsure, **{"waive-osteoporosis": "soon"})
    again = alice_client.post(url(unsure, "issue/"), short)
    assert again.status_code == 422
    assert "Write at least 10 characters." in text(again)
    assert again.context["form"]["waive-osteoporosis"].value() == "soon"

    sent = page_form(alice_client, unsure, **{"waive-osteoporosis": WHY})
    for _ in range(2):
        done = alice_client.post(url(unsure, "issue/"), sent, follow=True)
        assert "Version 1 is issued." in text(done)
    assert [str(w) for w in ScreenWaiver.objects.all()] == ["Osteoporosis: not asked"]


def test_a_waiver_is_shown_on_case_version_and_dashboard_until_it_is_answered(
    unsure: Program, alice: User, practice: Practice, alice_client: Client
) -> None:
    issue(unsure, alice, waivers={"osteoporosis": WHY})
    words = "Osteoporosis : not asked when version 1 went out. Alice Archer, 20 Nov 2026: "
    for where in (f"/cases/{unsure.case_id}/", url(unsure), url(unsure, "versions/")):
        assert f"{words} “{WHY}”".replace("  ", " ") in text(alice_client.get(where)), where
    catch_up(practice, most=10)
    (line,) = attention_items(practice, alice)
    assert (line.title, line.detail, line.url) == (
        "Maria Santos",
        f"Went out with a question not asked: Osteoporosis. Alice Archer: “{WHY}” "
        f"· {unsure.case.title}",
        f"/cases/{unsure.case_id}/safety-screen/?only=osteoporosis",
    )
    answer(unsure.case, alice, osteoporosis="no")
    assert attention_items(practice, alice) == []
    assert WHY in text(alice_client.get(url(unsure, "versions/")))


def test_another_practice_sees_no_waiver(
    unsure: Program, alice: User, other_practice: Practice, charlie: User, charlie_client: Client
) -> None:
    sent = {"issue_key": str(uuid4()), "revision": "1", "waive-osteoporosis": WHY}
    assert charlie_client.post(url(unsure, "issue/"), sent).status_code == 404
    sent["answer"] = "osteoporosis"
    assert charlie_client.post(url(unsure, "issue/"), sent).status_code == 404
    issue(unsure, alice, waivers={"osteoporosis": WHY})
    assert attention_items(other_practice, charlie) == []


@pytest.mark.parametrize("answered", ["no", "yes"])
def test_a_question_answered_in_another_tab_is_told(
    unsure: Program, alice: User, bob: User, alice_client: Client, answered: str
) -> None:
    sent = page_form(alice_client, unsure, **{"waive-osteoporosis": WHY})
    answer(unsure.case, bob, osteoporosis=answered)
    page = alice_client.post(url(unsure, "issue/"), sent)
    assert page.status_code == 409
    assert "Bob Brown changed the case meanwhile. Look at it again, then issue." in text(page)
    assert not IssuedPrescription.objects.exists()
    if answered == "no":
        assert "issued" in text(
            alice_client.post(url(unsure, "issue/"), page_form(alice_client, unsure), follow=True)
        )
        assert not ScreenWaiver.objects.exists()
    else:
        assert "not for this patient. Remove it, or override with a reason." in text(page)


def test_a_question_taken_back_in_another_tab_is_asked_and_the_rest_kept(
    unsure: Program, alice: User, bob: User, alice_client: Client
) -> None:
    sent = page_form(alice_client, unsure, **{"waive-osteoporosis": WHY})
    answer(unsure.case, bob, vertebral_fracture="unknown")
    page = alice_client.post(url(unsure, "issue/"), sent)
    form = page.context["form"]
    assert form["waive-osteoporosis"].value() == WHY
    assert "waive-vertebral_fracture" in form.fields


def test_going_to_the_question_keeps_what_was_typed(unsure: Program, alice_client: Client) -> None:
    sent = page_form(alice_client, unsure, **{"waive-osteoporosis": "Half a rea"})
    to_screen = alice_client.post(url(unsure, "issue/"), {**sent, "answer": "osteoporosis"})
    assert to_screen.status_code == 302
    screen = alice_client.get(to_screen["Location"])
    assert screen.context["form"].codes == ["osteoporosis"]
    assert screen.context["next"] == url(unsure, "issue/")
    back = alice_client.get(url(unsure, "issue/"))
    assert back.context["form"]["waive-osteoporosis"].value() == "Half a rea"
    assert not IssuedPrescription.objects.exists()
