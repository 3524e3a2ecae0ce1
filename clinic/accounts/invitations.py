"""An invitation into a practice: the letter with the link, and the answer to it.

Whoever invites, only the answer of the person makes a member. Nothing on the way there differs for
an address that has an account and one that has none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from clinic import audit, wall
from clinic.accounts.factors.kept import note_address
from clinic.models import Invitation, InvitationEnd, Membership, User
from clinic.parsing.printable import unlinked
from clinic.wall import passages


def new_invitation_token() -> str:
    """256 bits for a link that nobody can guess."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """``link`` to pass on in a trial without a mail server; ``mailed`` when it went by e-mail."""

    name: str
    link: str
    mailed: bool


def invitation_link(token: str) -> str:
    """The address in the letter."""
    return settings.PUBLIC_URL + reverse("invitation", args=[token])


def send_invitation(invitation: Invitation, token: str) -> SentInvitation:
    """Send the letter. Only a trial without a mail server tells the link to whoever invites.

    In production without one it is printed where the server runs, like every letter: an owner who
    had the link could open an account in somebody else's name.
    """
    link = invitation_link(token)
    title = unlinked(invitation.practice.full_title)
    by = invitation.invited_by
    body = render_to_string(
        "clinic/accounts/invitation_email.txt",
        {
            "name": unlinked(invitation.full_name),
            "by": unlinked(by.full_name) if by else "",
            "practice": title,
            "role": invitation.get_role_display().lower(),
            "link": link,
        },
    )
    send_mail(f"Invitation from {title}", body, None, [invitation.email])
    has_server = bool(settings.EMAIL_HOST)
    shown = link if settings.DEVELOPMENT and not has_server else ""
    return SentInvitation(invitation.full_name, shown, mailed=has_server)


@contextmanager
def open_with(token: str) -> Iterator[Invitation | None]:
    """The invitation that this link opens, and its practice's rows meanwhile; else None."""
    practice = passages.practice_of_invitation(Invitation.hashed(token))
    if practice is None:
        yield None
        return
    with wall.within(practice):
        found = Invitation.objects.of_token(token).select_related("practice", "invited_by")
        yield found.first()


@transaction.atomic
def join(*, invitation: Invitation, user: User) -> Membership:
    """The yes of the person with the address; where they start to work does not change by it."""
    invitation = _still_open(invitation)
    if user.email != invitation.email or not user.is_active:
        raise ValidationError("This invitation is for somebody else.")
    membership, made = Membership.objects.get_or_create(
        practice_id=invitation.practice_id, user=user, defaults={"role": invitation.role}
    )
    if not made and not membership.is_active:
        membership.is_active, membership.role = True, invitation.role
        membership.save(update_fields=["is_active", "role"])
    invitation.close(InvitationEnd.ACCEPTED)
    audit.record(
        practice=invitation.practice,
        actor=user,
        action="team.join",
        target=membership,
        role=str(membership.role),
    )
    return membership


@transaction.atomic
def join_as_new(*, invitation: Invitation, full_name: str, password: str) -> Membership:
    """An account with the invited address, and the yes; ``ValidationError`` where there is one."""
    invitation = _still_open(invitation)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email=invitation.email,
                password=password,
                full_name=full_name,
                start_practice=invitation.practice,
            )
    except IntegrityError:
        raise ValidationError(
            "There is an account with this e-mail address. Sign in with it, then open the link "
            "again."
        ) from None
    # Who follows a link that went nowhere but to the address reads what comes there.
    mailed = bool(settings.EMAIL_HOST) and invitation.invited_by_id is not None
    note_address(user, confirmed=mailed)
    return join(invitation=invitation, user=user)


@transaction.atomic
def decline(*, invitation: Invitation) -> None:
    """The no; it needs no account, only the letter."""
    invitation = _still_open(invitation)
    invitation.close(InvitationEnd.DECLINED)
    audit.record(
        practice=invitation.practice,
        actor=None,
        actor_label="invited",
        action="team.decline",
        target=invitation,
    )


def _still_open(invitation: Invitation) -> Invitation:
    """The row, locked; of two answers at once the second finds it closed."""
    found = (
        Invitation.objects.waiting()
        .select_related("practice", "invited_by")
        .select_for_update(of=("self",))
        .filter(pk=invitation.pk)
        .first()
    )
    if found is None or found.is_too_old:
        raise ValidationError("This invitation has been answered, or is too old.")
    return found
