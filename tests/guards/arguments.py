"""What fills each argument of an address, from what exists in Alice's practice."""

from collections.abc import Callable
from uuid import uuid4

from clinic.models import Role, SignedIn
from clinic.practice.actions import invite
from patients.record.merge_actions import merge_patients
from programs.access.actions import add_helper
from tests import factories
from tests.clinic.accounts.factors.passkeys import passkey_of
from tests.guards import exercise_arguments as exercises
from tests.guards.exercise_arguments import Arguments
from tests.guards.world import World
from tests.programs.exercises.rulebook.rules import put_rule


def _patient(world: World) -> Arguments:
    return {"patient_id": world.patient().pk}


def _pair(world: World) -> Arguments:
    return {"patient_id": world.patient().pk, "other_id": world.patient().pk}


def _merge(world: World) -> Arguments:
    kept, gone = world.patient(), world.patient()
    made = merge_patients(
        kept=kept,
        gone=gone,
        actor=world.alice,
        seen=(1, 1),
        choices={"full_name": "kept"},
        reason="One person.",
    )
    return {"patient_id": kept.pk, "merge_id": made.pk}


def _case(world: World) -> Arguments:
    return {"case_id": world.case().pk}


def _membership(world: World) -> Arguments:
    return {"membership_id": factories.MembershipFactory(practice=world.practice).pk}


def _past_membership(world: World) -> Arguments:
    member = factories.MembershipFactory(practice=world.practice, is_active=False)
    return {"membership_id": member.pk}


def _invitation(world: World) -> Arguments:
    invitation, _ = invite(
        practice=world.practice,
        actor=world.alice,
        email="dora@example.org",
        full_name="Dora Dale",
        role=Role.CLINICIAN,
    )
    return {"invitation_id": invitation.pk}


def _signed_in(world: World) -> Arguments:
    row = SignedIn.objects.create(
        user=world.alice, session_key=uuid4().hex, browser="Firefox", place="203.0.0.0"
    )
    return {"signed_in_id": row.pk}


def _passkey(world: World) -> Arguments:
    return {"pk": passkey_of(world.alice).pk}


def _red_flag(world: World) -> Arguments:
    answer = factories.AnswerFactory(
        case=world.case(), kind="red_flag", code="rf_saddle_numbness", answer="yes"
    )
    return {"case_id": answer.case_id, "answer_id": answer.pk}


def _goal(world: World) -> Arguments:
    goal = world.case().functional_goals.create(words="Walk to the shop")
    return {"case_id": goal.case_id, "goal_id": goal.pk}


def _visits(world: World) -> Arguments:
    note = factories.VisitNoteFactory(case=world.case(), author=world.alice)
    return {"case_id": note.case_id, "visit_id": note.pk}


def _program(world: World) -> Arguments:
    return {"program_id": world.program().pk}


def _program_and_exercise(world: World) -> Arguments:
    return {**_program(world), **exercises.exercise(world)}


def _item(world: World) -> Arguments:
    item = world.item()
    return {"program_id": item.program_id, "item_id": item.pk}


def _issued(world: World) -> Arguments:
    return {"program_id": world.issued().program_id}


def _measured(world: World) -> Arguments:
    case = world.case()
    for day in (19, 20):
        case.measures.create(
            kind="pain", value=4, taken_on=f"2026-11-{day}", by=case.clinician, key=uuid4()
        )
    return {"case_id": case.pk}


def _helper(world: World) -> Arguments:
    program = world.issued().program
    link = add_helper(
        case=program.case, actor=program.created_by, name="Dora", helper_is="daughter"
    )
    return {"program_id": program.pk, "access_id": link.pk}


def _version(world: World) -> Arguments:
    issued = world.issued()
    return {"program_id": issued.program_id, "version": issued.version}


def _several(name: str) -> Callable[[World], Arguments]:
    return lambda world: {name: str(world.issued().pk)}


def _alert(world: World) -> Arguments:
    return {"alert_id": factories.AlertFactory(case=world.case()).pk}


def _review(code: str) -> Callable[[World], Arguments]:
    def fill(world: World) -> Arguments:
        row = factories.AlertFactory(case=world.case(), kind="review", code=code, urgency="soon")
        return {"alert_id": row.pk}

    return fill


def _wish(world: World) -> Arguments:
    wish = world.practice.exercise_wishes.create(words="Plank", asked_by=world.alice)
    return {"wish_id": wish.pk}


def _rule(_world: World) -> Arguments:
    return {"rule_id": put_rule("P-02")}


def _sign(world: World) -> Arguments:
    return {**_case(world), "code": "both_legs"}


def _prescribed(world: World) -> Arguments:
    issued = world.issued()
    return {"case_id": issued.program.case_id, "item": issued.prescription().items[0].item}


#: How to fill the arguments of each address, from what exists in Alice's practice.
ARGUMENTS: dict[str, Callable[[World], Arguments]] = {
    "alert_acknowledge": _alert,
    "alert_snooze": _review("review"),
    "alert_put_away": _alert,
    "alert_wake": _alert,
    "barriers_note": _review("ask_barriers"),
    "case": _case,
    "case_chart": _case,
    "case_archive": _case,
    "case_close": _case,
    "case_create": _patient,
    "case_edit": _case,
    "case_goal_add": _case,
    "case_goal_end": _goal,
    "case_goal_reword": _goal,
    "case_goals": _case,
    "case_goals_score": _case,
    "case_history": _case,
    "case_log": _case,
    "case_log_csv": _case,
    "case_looks": _case,
    "case_measures": _case,
    "case_measures_chart": _measured,
    "case_reopen": _case,
    "case_review": _case,
    "case_timeline": _case,
    "catalogue_entry": exercises.exercise,
    "change_role": _membership,
    "end_membership": _membership,
    "end_session": _signed_in,
    "exercise_drawing": exercises.exercise,
    "exercise_figure": exercises.figure,
    "exercise_movement": exercises.movement,
    "exercise_picture": exercises.picture,
    "exercise_picture_edit": exercises.picture,
    "exercise_picture_move": exercises.picture,
    "exercise_picture_remove": exercises.picture,
    "exercise_picture_restore": exercises.removed_picture,
    "exercise_pictures": exercises.exercise,
    "exercise_reinstate": _prescribed,
    "exercise_wish_end": _wish,
    "own_exercise_copy": exercises.exercise,
    "own_exercise_edit": exercises.exercise,
    "own_exercise_restore": exercises.exercise,
    "own_exercise_retire": exercises.exercise,
    "own_template": exercises.own_template,
    "own_template_restore": exercises.removed_template,
    "own_template_retire": exercises.own_template,
    "patient": _patient,
    "patient_access": _issued,
    "patient_access_renew": _issued,
    "patient_access_revoke": _issued,
    "patient_access_send": _issued,
    "patient_helpers": _issued,
    "patient_helper_close": _helper,
    "patient_archive": _patient,
    "patient_edit": _patient,
    "patient_erase": _patient,
    "patient_export": _patient,
    "patient_merge": _pair,
    "patient_merge_find": _patient,
    "patient_merge_return": _merge,
    "patient_restore": _patient,
    "case_restore": _case,
    "case_handouts": _case,
    "handouts_together": _several("picked"),
    "handouts_wait": _several("wanted"),
    "handout_options": _version,
    "prescription_handout": _version,
    "mfa_remove_webauthn": _passkey,
    "program": _program,
    "program_accept": _program,
    "program_amend": _issued,
    "program_choice": exercises.exercise,
    "program_copy": _program,
    "program_copy_from": _program,
    "program_create": _case,
    "program_details": _program,
    "program_discard": _program,
    "program_end": _program,
    "program_issue": _program,
    "program_doses": _program,
    "program_favourite": _program,
    "program_item": _item,
    "program_item_line": _item,
    "program_item_accept": _item,
    "program_item_add": _program,
    "program_item_against": _program_and_exercise,
    "program_item_move": _item,
    "program_item_override": _item,
    "program_item_remove": _item,
    "program_item_restore": _item,
    "program_item_swap": _item,
    "program_item_revoke": _item,
    "program_reorder": _program,
    "program_search": _program,
    "program_keep_starter": _program,
    "program_phase": _program,
    "program_starter": _program,
    "program_take_back": _program,
    "program_version_restore": _version,
    "program_versions": _issued,
    "proposal_apply": _review("set_preference_flexion"),
    "progress_report": _case,
    "red_flag_clear": _red_flag,
    "renew_invitation": _invitation,
    "restore_membership": _past_membership,
    "rule": _rule,
    "rule_change": _rule,
    "made_rule_edit": lambda world: {"rule_id": world.made_rule()},
    "safety_screen": _case,
    "sign_clear": _sign,
    "visit": _visits,
    "visit_amend": _visits,
    "visit_as_text": _visits,
    "visit_create": _case,
    "visit_discard": _visits,
    "visits": _case,
    "withdraw_invitation": _invitation,
}
