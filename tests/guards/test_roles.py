"""Role × action, whole: who may send the forms of every address.

A new address that takes a form fails here until it has its place in ``POSTS``.
"""

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from clinic.models import Practice, Role, User
from clinic.permissions import ALLOWED, Action
from tests.guards.addresses import every_address
from tests.guards.forms_say_whose import ANY_PRACTICE
from tests.guards.test_signin import OPEN
from tests.guards.walk import Stop
from tests.guards.world import World
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db

#: Who may what. Said here again on purpose: a change of the code alone changes nobody's rights.
MAY = {
    Role.OWNER: {"SEE", "READ_NOTES", "REGISTER", "TREAT", "MANAGE_PRACTICE", "MANAGE_TEAM"},
    Role.CLINICIAN: {"SEE", "READ_NOTES", "REGISTER", "TREAT"},
    Role.ASSISTANT: {"SEE", "REGISTER"},
    Role.READ_ONLY: {"SEE", "READ_NOTES"},
}
TREATING = """
    alert_acknowledge alert_put_away alert_snooze alert_wake barriers_note case_archive case_close
    case_create
    case_edit case_goal_add case_goal_end case_goal_reword case_goals_score case_measures
    case_reopen case_restore case_review
    exercise_drawing
    exercise_picture_edit exercise_picture_move exercise_picture_remove exercise_pictures
    exercise_picture_restore
    exercise_reinstate exercise_wish exercise_wish_end figure_people handout_options inbox
    own_exercise_copy own_exercise_create own_exercise_in_full
    own_exercise_edit own_exercise_restore own_exercise_retire
    own_template own_template_restore own_template_retire patient_archive patient_merge
    patient_merge_return patient_restore program_amend program_copy program_create program_details
    program_discard program_doses program_end program_issue program_item program_item_accept
    program_item_add
    program_item_against program_item_line program_item_move program_item_override
    program_item_remove program_item_restore program_item_revoke program_reorder program_starter
    program_accept program_copy_from program_item_swap program_version_restore
    program_phase
    program_favourite program_keep_starter program_take_back proposal_apply
    red_flag_clear own_exchange rule safety_screen sign_clear visit visit_amend visit_create
    visit_discard
"""
MANAGING = """
    change_logo data_and_access patient_erase photographs_erase practice_figure_people
    practice_settings remove_logo
    made_rule_create made_rule_edit made_rule_exchange rule_change send_test_email
"""
TEAM = """
    change_role end_membership renew_invitation restore_membership team withdraw_invitation
"""
REGISTERING = """
    patient_create patient_edit patient_import patient_access_renew patient_access_revoke
    patient_access_send patient_helpers patient_helper_close
"""
#: The action that the form of each address is.
POSTS: dict[str, str] = {
    **dict.fromkeys(TREATING.split(), "TREAT"),
    **dict.fromkeys(MANAGING.split(), "MANAGE_PRACTICE"),
    **dict.fromkeys(TEAM.split(), "MANAGE_TEAM"),
    **dict.fromkeys(REGISTERING.split(), "REGISTER"),
    "progress_report": "SEE",
}
#: Pages for looking, on which a form that is sent all the same does what asking does.
LOOKING = {"case", "program", "dashboard"}
CLINICIANS = [a for a in every_address() if a.name not in OPEN | ANY_PRACTICE]


def member(practice: Practice, user: User, role: Role) -> Client:
    practice.memberships.filter(user=user).update(role=role)
    client = Client()
    client.force_login(user)
    return client


#: Where a page leads: its links, and the addresses that its forms and buttons send to.
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"?#]*)')
SENT = re.compile(r'(?:hx-post|formaction|action)="(/[^"?#]*)')
FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')


def beyond(stop: Stop, role: Role) -> set[str]:
    """Forms on a page that this role may not send, and links to pages that it may not open."""
    told = stop.ask(role)
    if told.status != 200 or not (html := told.page):
        return set()
    forms = FORM.findall(html)
    sent = {path for form in forms for path in SENT.findall(form) or [stop.url]} | set(
        SENT.findall(html)
    )
    wanted = {(found := resolve(path)).url_name: POSTS.get(found.url_name or "") for path in sent}
    for path in LINK.findall(html):
        try:
            found = resolve(path)
        except Resolver404:
            continue
        only_for = getattr(found.func, "only_for", None)
        if only_for is not None:
            wanted[found.url_name] = only_for.name
    return {str(name) for name, action in wanted.items() if action not in (None, *MAY[role])}


def test_the_roles_are_these() -> None:
    assert {role: {action.name for action in actions} for role, actions in ALLOWED.items()} == MAY


def every_form_is_taken_from_those_who_may_and_shown_to_them(stop: Stop) -> list[str]:
    if stop.address not in CLINICIANS:
        return []
    wrong = [
        f"{role} is offered {sorted(offered)}"
        for role in (Role.ASSISTANT, Role.READ_ONLY)
        if (offered := beyond(stop, role))
    ]
    answers = {role: stop.sent_by(role).status for role in Role}
    if 405 in answers.values() or stop.name in LOOKING:
        # Takes no forms: nothing to forbid.
        return [*wrong, "takes no form, and has a role"] if stop.name in POSTS else wrong
    if stop.name not in POSTS:
        return [*wrong, "has no role"]
    refused = {role for role, status in answers.items() if status == 403}
    if refused != {role for role in Role if POSTS[stop.name] not in MAY[role]}:
        wrong.append(f"refused to {sorted(refused)}")
    return wrong


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.READ_ONLY])
def test_whoever_decides_nothing_is_told_so(
    practice: Practice, alice: User, bob: User, role: Role
) -> None:
    client = member(practice, bob, role)
    page = client.get(reverse("patient_list"))
    label = {"assistant": "Assistant", "read_only": "Read only"}[role]
    assert f"Your role here: {label}." in main_text(page)
    refused = client.post(reverse("case_close", args=[World(practice, alice).case().pk]))
    assert refused.status_code == 403
    assert f"Your role in this practice: {label}." in main_text(refused)


def test_owners_see_the_table(alice_client: Client) -> None:
    words = main_text(alice_client.get(reverse("team")))
    assert "May Owner Clinician Assistant Read only" in words
    assert (
        "Register patients, correct their details, renew their links Yes Yes Yes – "
        "Decide about treatment: screen, prescribe, issue, override, acknowledge, clear Yes Yes – –"
    ) in words


def test_a_case_is_given_only_to_somebody_who_treats(
    practice: Practice, alice: User, bob: User, alice_client: Client
) -> None:
    member(practice, bob, Role.ASSISTANT)
    patient = World(practice, alice).patient()
    page = alice_client.get(reverse("case_create", args=[patient.pk])).content.decode()
    assert "Alice Archer" in page
    assert "Bob Brown" not in page


def test_actions_are_all_in_the_table() -> None:
    assert {action.name for action in Action} == set.union(*MAY.values())
