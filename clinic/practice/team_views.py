"""The team page of a practice, for its owners."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from clinic.accounts.invitations import SentInvitation, send_invitation
from clinic.accounts.throttle import invitation_letter
from clinic.guesses.counting import Closed
from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.models import Invitation, Role
from clinic.permissions import Action, requires, role_table
from clinic.practice import actions
from clinic.practice.forms import InviteForm

SENT_KEY = "invitation_sent"


def _team_page(request: PracticeRequest, membership_id: int) -> str:
    get_object_or_404(request.practice.memberships, pk=membership_id)
    return "team"


@requires(Action.MANAGE_TEAM)
@require_get_or_post
def team(request: PracticeRequest) -> HttpResponse:
    """Who works here, and who has been asked to; a form asks somebody."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("team")
    members = request.practice.memberships.select_related("user")
    context: dict[str, Any] = {
        "form": form,
        "members": members.filter(is_active=True).order_by("user__full_name", "pk"),
        "past_members": members.filter(is_active=False).order_by("user__full_name", "pk"),
        "invitations": request.practice.invitations.waiting(),
        "roles": Role.choices,
        "role_table": role_table(),
        "sent": request.session.pop(SENT_KEY, None),
    }
    return render(request, "clinic/practice/team.html", context)


def _invite(request: PracticeRequest, *, email: str, full_name: str, role: str) -> None:
    """Ask somebody, and keep what became of the letter for one look at the team page.

    ``ValidationError`` where they cannot be asked, or have been asked too often.
    """
    tried = invitation_letter(practice=request.practice.pk, address=email)
    if isinstance(tried, Closed):
        raise ValidationError(
            "That is enough invitations for one day, to this address or of this practice. "
            "Try again tomorrow."
        )
    invitation, token = actions.invite(
        practice=request.practice,
        actor=request.user,
        email=email,
        full_name=full_name,
        role=Role(role),
    )
    sent: SentInvitation = send_invitation(invitation, token)
    request.session[SENT_KEY] = {"name": sent.name, "link": sent.link, "mailed": sent.mailed}


def _invite_again(request: PracticeRequest, **who: str) -> HttpResponse:
    """The same by a button, which has no form to show an error at."""
    try:
        _invite(request, **who)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("team")


@requires(Action.MANAGE_TEAM)
@posted_from(_team_page)
def end_membership(request: PracticeRequest, membership_id: int) -> HttpResponse:
    """Close the practice to a member."""
    membership = get_object_or_404(request.practice.memberships.active(), pk=membership_id)
    try:
        actions.end_membership(membership=membership, actor=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{membership.user} can no longer open this practice.")
    return redirect("team")


@requires(Action.MANAGE_TEAM)
@posted_from(_team_page)
def restore_membership(request: PracticeRequest, membership_id: int) -> HttpResponse:
    """Ask somebody who was a member before to join again."""
    ended = request.practice.memberships.filter(is_active=False)
    past = get_object_or_404(ended.select_related("user"), pk=membership_id)
    who = {"email": past.user.email, "full_name": past.user.full_name}
    return _invite_again(request, **who, role=Role.CLINICIAN.value)


@requires(Action.MANAGE_TEAM)
@posted_from(_team_page)
def change_role(request: PracticeRequest, membership_id: int) -> HttpResponse:
    """Give a member another role."""
    membership = get_object_or_404(request.practice.memberships.active(), pk=membership_id)
    role = request.POST.get("role", "")
    if role not in Role.values:
        messages.error(request, "Choose a role from the list.")
        return redirect("team")
    try:
        actions.change_role(membership=membership, actor=request.user, role=Role(role))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{membership.user} is now: {membership.get_role_display()}.")
    return redirect("team" if membership.user_id != request.user.pk else "dashboard")


def _invitation_page(request: PracticeRequest, invitation_id: int) -> str:
    _waiting(request, invitation_id)
    return "team"


def _waiting(request: PracticeRequest, invitation_id: int) -> Invitation:
    return get_object_or_404(request.practice.invitations.waiting(), pk=invitation_id)


@requires(Action.MANAGE_TEAM)
@posted_from(_invitation_page)
def renew_invitation(request: PracticeRequest, invitation_id: int) -> HttpResponse:
    """Send a fresh link; the one before opens nothing any more."""
    old = _waiting(request, invitation_id)
    return _invite_again(request, email=old.email, full_name=old.full_name, role=old.role)


@requires(Action.MANAGE_TEAM)
@posted_from(_invitation_page)
def withdraw_invitation(request: PracticeRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    old = _waiting(request, invitation_id)
    actions.withdraw_invitation(invitation=old, actor=request.user)
    messages.success(request, f"The invitation of {old.full_name} has been taken back.")
    return redirect("team")
