"""What owners do to their practice. Each is one transaction, and leaves an audit entry."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinic import audit, wall
from clinic.models import Membership, Practice, PracticeLogo, Role, User
from clinic.practice.logos import Logo
from clinic.wall import passages


@transaction.atomic
def create_practice(*, name: str, owner_email: str, owner_name: str) -> Membership:
    """Make a practice and its first owner; ``ValidationError`` when a name is no good."""
    practice = Practice(name=name.strip())
    practice.full_clean()
    # Its number first: it is founded within itself, and sees no other practice.
    practice.pk = passages.new_practice()
    with wall.within(practice.pk):
        return _founded(practice, owner_email, owner_name)


def _founded(practice: Practice, owner_email: str, owner_name: str) -> Membership:
    practice.save(force_insert=True)
    address = User.objects.normalize_email(owner_email)
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(email=address, full_name=owner_name.strip())
        user.full_clean(exclude=["password"])
    membership = Membership.objects.create(practice=practice, user=user, role=Role.OWNER)
    audit.record(practice=practice, actor=None, action="practice.create", target=practice)
    return membership


@transaction.atomic
def change_practice(*, practice: Practice, actor: User, fields: Sequence[str]) -> None:
    """Save the named fields of a practice whose new values are already set and checked."""
    if not fields:
        return
    practice.save(update_fields=list(fields))
    audit.record(
        practice=practice,
        actor=actor,
        action="practice.change",
        target=practice,
        fields=sorted(fields),
        **{name: getattr(practice, name) for name in fields if name in Practice.RULE_SETTINGS},
    )


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
def add_member(
    *, practice: Practice, actor: User, email: str, full_name: str, role: Role
) -> Membership:
    """Open the practice to somebody, with a new account where they have none.

    Somebody who was a member before is one again. ``ValidationError`` when they are one now, or
    when their account is closed. A link to set a password that was handed out before, perhaps
    by another practice, works no more.
    """
    user, is_new = _account(email, full_name)
    if not user.is_active:
        raise ValidationError({"email": "The account with this address is closed."})
    if not is_new and not user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
    membership, made = Membership.objects.select_for_update().get_or_create(
        practice=practice, user=user, defaults={"role": role}
    )
    if not made:
        if membership.is_active:
            raise ValidationError({"email": "This person is already a member."})
        membership.is_active, membership.role = True, role
        membership.save(update_fields=["is_active", "role"])
    audit.record(
        practice=practice, actor=actor, action="team.add", target=membership, role=str(role)
    )
    return membership


def _account(email: str, full_name: str) -> tuple[User, bool]:
    """The account with this address, and whether it is new; two clicks at once make one."""
    address = User.objects.normalize_email(email)
    user = User.objects.filter(email=address).first()
    if user is not None:
        return user, False
    try:
        with transaction.atomic():
            return User.objects.create_user(email=address, full_name=full_name), True
    except IntegrityError:
        return User.objects.get(email=address), False


@transaction.atomic
def end_membership(*, membership: Membership, actor: User) -> None:
    """Close the practice to a member, at their next click.

    ``ValidationError`` when nobody would be left to run the practice.
    """
    practice = Practice.objects.select_for_update().get(pk=membership.practice_id)
    others = practice.memberships.active().exclude(pk=membership.pk)
    if membership.is_owner and not others.filter(role=Role.OWNER).exists():
        raise ValidationError("A practice needs an owner. Make somebody else an owner first.")
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    audit.record(practice=practice, actor=actor, action="team.end", target=membership)


@transaction.atomic
def change_role(*, membership: Membership, actor: User, role: Role) -> None:
    """Make a member an owner, or an owner a clinician; at least one owner stays."""
    practice = Practice.objects.select_for_update().get(pk=membership.practice_id)
    owners = practice.memberships.active().filter(role=Role.OWNER).exclude(pk=membership.pk)
    if role != Role.OWNER and not owners.exists():
        raise ValidationError("A practice needs an owner. Make somebody else an owner first.")
    membership.role = role
    membership.save(update_fields=["role"])
    audit.record(
        practice=practice, actor=actor, action="team.change_role", target=membership, role=str(role)
    )
