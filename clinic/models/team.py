"""Who works in which practice, and as what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clinic.models.practice import Practice


class Role(models.TextChoices):
    """What a member may do; ``clinic.permissions`` says what that is."""

    OWNER = "owner", "Owner"
    CLINICIAN = "clinician", "Clinician"


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
