"""Who works in which practice, and as what; and who has been asked to."""

import datetime as dt
import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.practice import Practice


class Role(models.TextChoices):
    """What a member may do; ``clinic.permissions`` says what that is."""

    OWNER = "owner", "Owner"
    CLINICIAN = "clinician", "Clinician"
    ASSISTANT = "assistant", "Assistant"
    READ_ONLY = "read_only", "Read only"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Sets of memberships."""

    def active(self) -> "MembershipQuerySet":
        """Those that open a door today."""
        return self.filter(is_active=True, user__is_active=True)


class Membership(models.Model):
    """One person in one practice. It is ended, never deleted."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CLINICIAN)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["practice__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "user"], name="membership_once_for_each_practice"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.practice}"

    @property
    def is_owner(self) -> bool:
        """Whether this member runs the practice."""
        return self.role == Role.OWNER


INVITATION_DAYS = 7


def invitation_end() -> dt.datetime:
    """The last moment of an invitation made now."""
    return timezone.now() + dt.timedelta(days=INVITATION_DAYS)


class InvitationEnd(models.TextChoices):
    """What became of an invitation."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    REPLACED = "replaced", "Replaced by a newer one"
    WITHDRAWN = "withdrawn", "Taken back"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sets of invitations."""

    def waiting(self) -> "InvitationQuerySet":
        """Those without an answer, too old ones included."""
        return self.filter(closed_at=None)

    def of_token(self, token: str) -> "InvitationQuerySet":
        """The one that this link opens, while it opens anything."""
        return self.waiting().filter(
            token_hash=Invitation.hashed(token), expires_at__gt=timezone.now()
        )


class Invitation(models.Model):
    """A practice asks an address whether its reader wants to join; only the answer makes a member.

    Whether there is an account with the address is nobody's business before the answer, so no
    invitation knows it. The link's token is in the letter; the row has only its hash.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mail address")
    full_name = models.CharField("name", max_length=120, help_text="As the practice wrote it.")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CLINICIAN)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Empty where the practice was founded with it.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=invitation_end)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=InvitationEnd.choices, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["full_name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "email"],
                condition=Q(closed_at=None),
                name="one_open_invitation_an_address",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="invitation_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @staticmethod
    def hashed(token: str) -> str:
        """What the row keeps of the token."""
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def is_too_old(self) -> bool:
        """Whether its link has ended by itself."""
        return self.expires_at <= timezone.now()

    def close(self, outcome: InvitationEnd) -> None:
        """Whatever became of it, its link opens nothing from now on."""
        self.closed_at, self.outcome = timezone.now(), outcome
        self.save(update_fields=["closed_at", "outcome"])
