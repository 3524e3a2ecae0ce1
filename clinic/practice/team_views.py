"""The team page of a practice, for its owners."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from clinic.accounts.invitations import invite
from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.models import Membership, Role
from clinic.permissions import Action, requires
from clinic.practice import actions
from clinic.practice.forms import MemberForm

INVITATION_KEY = "invitation"


def _team_page(request: PracticeRequest, membership_id: int) -> str:
    get_object_or_404(request.practice.memberships, pk=membership_id)
    return "team"


@requires(Action.MANAGE_TEAM)
@require_get_or_post
def team(request: PracticeRequest) -> HttpResponse:
    """Who works here; a form adds somebody."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = actions.add_member(
                practice=request.practice, actor=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _tell(request, membership, f"{membership.user} is now in the team.")
            return redirect("team")
    members = request.practice.memberships.select_related("user")
    context: dict[str, Any] = {
        "form": form,
        "members": members.filter(is_active=True).order_by("user__full_name", "pk"),
        "past_members": members.filter(is_active=False).order_by("user__full_name", "pk"),
        "invitation": request.session.pop(INVITATION_KEY, None),
    }
    return render(request, "clinic/practice/team.html", context)


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
    """Open the practice again to somebody who was a member before."""
    ended = request.practice.memberships.filter(is_active=False)
    membership = get_object_or_404(ended.select_related("user"), pk=membership_id)
    try:
        membership = actions.add_member(
            practice=request.practice,
            actor=request.user,
            email=membership.user.email,
            full_name=membership.user.full_name,
            role=Role.CLINICIAN,
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        _tell(request, membership, f"{membership.user} is in the team again.")
    return redirect("team")


@requires(Action.MANAGE_TEAM)
@posted_from(_team_page)
def change_role(request: PracticeRequest, membership_id: int) -> HttpResponse:
    """Make a member an owner, or an owner a clinician."""
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


@requires(Action.MANAGE_TEAM)
@posted_from(_team_page)
def renew_invitation(request: PracticeRequest, membership_id: int) -> HttpResponse:
    """A fresh link for a member who has not chosen a password yet."""
    membership = get_object_or_404(
        request.practice.memberships.active().select_related("user", "practice"), pk=membership_id
    )
    _tell(request, membership, "")
    return redirect("team")


def _tell(request: PracticeRequest, membership: Membership, sentence: str) -> None:
    """Send the link where one is needed, and keep it for one look at the team page."""
    invitation = invite(membership)
    if invitation is not None:
        request.session[INVITATION_KEY] = {
            "name": invitation.name,
            "link": invitation.link,
            "mailed": invitation.mailed,
        }
    if sentence:
        messages.success(request, sentence)
    elif invitation is None:
        messages.info(request, f"{membership.user} has a password already.")
