"""What owners do to their practice. Each is one transaction, and leaves an audit entry."""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinic import audit, wall
from clinic.accounts.invitations import new_invitation_token
from clinic.limits import WEEK_LIMITS, limit_errors, own_limits_of, week_limits
from clinic.models import Invitation, InvitationEnd, Membership, Practice, PracticeLogo, Role, User
from clinic.practice.logos import Logo
from clinic.wall import passages

_TAKEN: Final = (
    "Another practice on this server looks like this one, by name and town. "
    "Add what tells them apart, such as the street."
)


@transaction.atomic
def create_practice(*, name: str, owner_email: str, owner_name: str) -> tuple[Invitation, str]:
    """Make a practice, and ask its first owner to join: the invitation and its token.

    ``ValidationError`` when a name is no good.
    """
    practice = Practice(name=name.strip())
    practice.full_clean()
    # Its number first: it is founded within itself, and sees no other practice.
    practice.pk = passages.new_practice()
    with wall.within(practice.pk):
        with _told_apart():
            practice.save(force_insert=True)
        audit.record(practice=practice, actor=None, action="practice.create", target=practice)
        return invite(
            practice=practice,
            actor=None,
            email=owner_email,
            full_name=owner_name,
            role=Role.OWNER,
        )


@contextmanager
def _told_apart() -> Iterator[None]:
    """Say what is wrong where another practice looks the same; the database sees all of them."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "likeness" in str(error):
            raise ValidationError({"name": _TAKEN}) from error
        raise


@transaction.atomic
def change_practice(*, practice: Practice, actor: User, fields: Sequence[str]) -> None:
    """Save the named fields and limits of a practice whose new values are already set and checked.

    ``ValidationError`` when it would be taken for another practice of this server.
    """
    if not fields:
        return
    columns = [name for name in fields if name not in WEEK_LIMITS]
    if len(columns) < len(fields):
        _merge_limits(practice, set(fields) - set(columns))
        columns.append("own_limits")
    with _told_apart():
        practice.save(update_fields=columns)
    numbers: dict[str, Any] = practice.rule_settings
    audit.record(
        practice=practice,
        actor=actor,
        action="practice.change",
        target=practice,
        fields=sorted(fields),
        **{name: numbers[name] for name in fields if name in numbers},
    )


def _merge_limits(practice: Practice, names: Set[str]) -> None:
    """Set these limits alone: somebody else may have changed others in the meantime."""
    locked = Practice.objects.select_for_update().only("own_limits").get(pk=practice.pk)
    mine = week_limits(practice.own_limits)
    merged = week_limits(locked.own_limits) | {name: mine[name] for name in names}
    if errors := limit_errors(merged):
        raise ValidationError(errors)
    practice.own_limits = own_limits_of(merged)


@transaction.atomic
def set_logo(*, practice: Practice, actor: User, logo: Logo) -> PracticeLogo:
    """Put a logo on the practice's handouts from now on."""
    kept, _ = PracticeLogo.objects.update_or_create(
        practice=practice,
        defaults={
            "content": logo.content,
            "content_type": logo.content_type,
            "width": logo.width,
            "height": logo.height,
        },
    )
    audit.record(practice=practice, actor=actor, action="practice.set_logo", target=practice)
    return kept


@transaction.atomic
def remove_logo(*, practice: Practice, actor: User) -> None:
    """Take the logo off handouts from now on; issued ones keep what they were printed with."""
    removed, _ = PracticeLogo.objects.filter(practice=practice).delete()
    if removed:
        audit.record(practice=practice, actor=actor, action="practice.remove_logo", target=practice)


@transaction.atomic
def invite(
    *, practice: Practice, actor: User | None, email: str, full_name: str, role: Role
) -> tuple[Invitation, str]:
    """Ask an address to join: the invitation, and the token of its link.

    Whether there is an account with it is not looked up. One that waited for an answer from the
    same address ends. ``ValidationError`` when they are a member of this practice now.
    """
    address = User.objects.normalize_email(email)
    # Two clicks at once make one invitation after the other.
    Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.memberships.active().filter(user__email=address).exists():
        raise ValidationError({"email": "This person is already a member."})
    for old in practice.invitations.waiting().filter(email=address):
        old.close(InvitationEnd.REPLACED)
    token = new_invitation_token()
    invitation = Invitation(
        practice=practice,
        invited_by=actor,
        email=address,
        full_name=" ".join(full_name.split()),
        role=role,
        token_hash=Invitation.hashed(token),
    )
    invitation.full_clean(exclude=["invited_by"], validate_unique=False)
    invitation.save()
    audit.record(
        practice=practice, actor=actor, action="team.invite", target=invitation, role=str(role)
    )
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: User) -> None:
    """Take back what has not been answered yet."""
    practice = Practice.objects.select_for_update().get(pk=invitation.practice_id)
    waiting = practice.invitations.waiting().filter(pk=invitation.pk).first()
    if waiting is None:
        return
    waiting.close(InvitationEnd.WITHDRAWN)
    audit.record(practice=practice, actor=actor, action="team.withdraw", target=invitation)


@transaction.atomic
def end_membership(*, membership: Membership, actor: User) -> None:
    """Close the practice to a member at once, and end every session they have.

    ``ValidationError`` when nobody would be left to run the practice.
    """
    practice = Practice.objects.select_for_update().get(pk=membership.practice_id)
    others = practice.memberships.active().exclude(pk=membership.pk)
    if membership.is_owner and not others.filter(role=Role.OWNER).exists():
        raise ValidationError("A practice needs an owner. Make somebody else an owner first.")
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    audit.record(practice=practice, actor=actor, action="team.end", target=membership)
    _withdraw_those_of(membership)
    if membership.user_id != actor.pk:
        membership.user.end_sessions()


def _withdraw_those_of(membership: Membership) -> None:
    """Whoever may not invite any more has nobody let in by what they sent before."""
    sent = Invitation.objects.waiting().filter(
        practice=membership.practice_id, invited_by=membership.user_id
    )
    for invitation in sent:
        invitation.close(InvitationEnd.WITHDRAWN)


@transaction.atomic
def change_role(*, membership: Membership, actor: User, role: Role) -> None:
    """Give a member another role; at least one owner stays."""
    practice = Practice.objects.select_for_update().get(pk=membership.practice_id)
    owners = practice.memberships.active().filter(role=Role.OWNER).exclude(pk=membership.pk)
    if role != Role.OWNER and not owners.exists():
        raise ValidationError("A practice needs an owner. Make somebody else an owner first.")
    membership.role = role
    membership.save(update_fields=["role"])
    if role != Role.OWNER:
        _withdraw_those_of(membership)
    audit.record(
        practice=practice, actor=actor, action="team.change_role", target=membership, role=str(role)
    )
