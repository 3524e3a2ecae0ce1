"""What the people of a practice say of a rule."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models import Practice
from programs.rules.own import WAY_LABELS


class RuleSaying(models.TextChoices):
    """What can be said of a rule."""

    SIGNED = "signed", "Signed"
    COMMENT = "comment", "Comment"
    WITHDRAWN = "withdrawn", "Signature taken back"


class RuleReview(models.Model):
    """One thing said of a rule as it stood then: a signature, a comment, a signature taken back.

    ``digest`` names the rule's content. What was said of other content is kept and does not count.
    The rule is named by its id, as decisions about it are.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="rule_reviews")
    rule = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=RuleSaying.choices)
    name = models.CharField(max_length=120, blank=True)
    registration = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(kind="signed", signed_on__isnull=False) & ~Q(name="") & ~Q(registration="")
                )
                | (Q(kind="comment") & ~Q(words=""))
                | Q(kind="withdrawn"),
                name="rule_review_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_kind_display()}"

    @property
    def signature(self) -> str:
        """Who signed, as it is printed; the day stands apart."""
        return f"{self.name}, registration {self.registration}"


class OwnRule(models.Model):
    """How a practice keeps a rule from then on; the newest row of a rule holds.

    Only ever added. ``digest``: the content that was decided about. A rule that has changed since
    is switched off no longer, and stays stricter. ``Practice.own_rules`` names them all.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="changed_rules")
    rule = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=list(WAY_LABELS.items()))
    reason = models.TextField(max_length=500, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(way="as_written") | ~Q(reason=""), name="own_rule_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(way__in=list(WAY_LABELS)), name="own_rule_way_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_way_display()}"


class MadeRule(models.Model):
    """A version of a rule that a practice wrote itself; the newest row of a rule holds while live.

    Only ever added. ``data`` is what a rule's table in the catalogue holds, read by
    :mod:`programs.rules.made`. ``key`` comes from the form, so that a double click keeps one.
    ``Practice.own_rules`` names them all.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="made_rules"
    )
    rule = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    data = models.JSONField()
    live = models.BooleanField(default=True)
    why = models.TextField(max_length=500)
    key = models.UUIDField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "key"], name="made_rule_kept_once"),
            models.CheckConstraint(condition=~Q(why=""), name="made_rule_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, version {self.version}"
