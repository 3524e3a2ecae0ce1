"""The answers of the safety screen, and the clearing of red flags.

The case is named, not imported: it reads these rows.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients import vocabulary
from patients.models.columns import CODE_LENGTH, HELPER_LENGTH, THE_PATIENT
from patients.models.querysets import ScreenAnswerQuerySet
from patients.vocabulary import Answer


class ScreenAnswer(models.Model):
    """An answer of the safety screen: who, when. Rows are only added; the latest counts.

    ``answered_by`` is null where the patient said it on their own page, or the ``helper`` named.
    """

    FINDING = "finding"
    RED_FLAG = "red_flag"

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        "patients.Case", on_delete=models.PROTECT, db_index=False, related_name="answers"
    )
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=CODE_LENGTH)
    answer = models.CharField(max_length=10)
    #: Where a yes is about one side; empty: not said, so both.
    side = models.CharField(max_length=12, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helper = models.CharField(max_length=HELPER_LENGTH, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(default=timezone.now)
    #: The answer that this one repeats, where two questions became one.
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    #: Filled by ``with_nerve_sign``.
    nerve_sign: bool

    objects = ScreenAnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["case", "code", "id"], name="answer_latest"),
            # What may stop a case is found by its code, over the whole practice.
            models.Index(
                fields=["practice", "code"], condition=Q(answer="yes"), name="answers_yes"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="answer_and_practice"),
            models.CheckConstraint(
                name="answer_kind_known", condition=Q(kind__in=["finding", "red_flag"])
            ),
            models.CheckConstraint(
                name="answer_known", condition=Q(answer__in=[v.value for v in Answer])
            ),
            models.CheckConstraint(
                name="answer_side_of_yes",
                condition=Q(side="")
                | Q(side__in=["left", "right", "bilateral"], answer=Answer.YES.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {vocabulary.ANSWER_LABELS[Answer(self.answer)]}"

    @property
    def named(self) -> str:
        """The label with the side, where one was said, like "Knee problem, left"."""
        if not self.side:
            return self.label
        return f"{self.label}, {vocabulary.SIDE_LABELS[vocabulary.Side(self.side)].lower()}"

    @property
    def label(self) -> str:
        """The clinician's short name of the question."""
        return vocabulary.answer_label(self.code)

    @property
    def who(self) -> str:
        """Who answered, as it is shown."""
        return str(self.answered_by) if self.answered_by else self.helper or THE_PATIENT

    @property
    def route(self) -> vocabulary.Route | None:
        """How fast a yes needs a medical answer; None where it does not."""
        return vocabulary.route_of(self.code)

    @property
    def stop_route(self) -> vocabulary.Route:
        """How fast it needs an answer where it stops the case: alone or together, by today."""
        return vocabulary.stop_route(self.code)

    @property
    def is_cleared(self) -> bool:
        """A named clinician has cleared this yes."""
        return hasattr(self, "clearance")

    @property
    def is_open_stop(self) -> bool:
        """This answer, if it is the current one, stops prescribing."""
        return (
            self.answer == Answer.YES
            and self.code in vocabulary.STOPPING_CODES
            and not self.is_cleared
        )


class RedFlagClearance(models.Model):
    """A named clinician's word that a stopping answer needs no more action, and why."""

    practice = InheritedPractice(parent="answer")
    answer = models.OneToOneField(ScreenAnswer, on_delete=models.PROTECT, related_name="clearance")
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(max_length=2000)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="clearance_has_note", condition=Q(note__regex=r"\S"))
        ]

    def __str__(self) -> str:
        return f"{self.answer.label}, cleared"
