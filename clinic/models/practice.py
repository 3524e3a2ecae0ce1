"""A practice: its letterhead, and the numbers that its clinicians treat by."""

import datetime as dt
import hashlib
import zoneinfo
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from clinic.limits import week_limits
from clinic.models.practice_choices import EmergencyNumber, PaperSize, validate_time_zone
from clinic.parsing import alike


def _between(low: int, high: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


def _whole(default: int, label: str, low: int, high: int, help_text: str):  # type: ignore[no-untyped-def]
    return models.PositiveSmallIntegerField(
        label, default=default, validators=_between(low, high), help_text=help_text
    )


LONG_AGO: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""Before any change of settings."""


class Practice(models.Model):
    """The tenant. Every patient, case and program belongs to one."""

    name = models.CharField(max_length=120)
    address_line_1 = models.CharField("address", max_length=120, blank=True)
    address_line_2 = models.CharField("address, second line", max_length=120, blank=True)
    city = models.CharField("town or city", max_length=80, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(
        max_length=64, default="Europe/London", validators=[validate_time_zone]
    )
    paper_size = models.CharField(max_length=6, choices=PaperSize.choices, default=PaperSize.A4)
    emergency_number = models.CharField(
        max_length=3, choices=EmergencyNumber.choices, default=EmergencyNumber.EUROPE
    )
    out_of_hours = models.CharField(
        "out-of-hours advice",
        max_length=300,
        blank=True,
        help_text="What a patient does when you are closed. Printed on handouts.",
    )

    alert_email = models.EmailField(
        "alert address",
        blank=True,
        help_text="Gets an e-mail when a patient reports something urgent. It holds no health "
        "details. Choose an address that somebody reads every day.",
    )

    reply_email = models.EmailField(
        "reply address",
        blank=True,
        help_text="Where a patient’s answer to an e-mail with their link goes. Empty: to the "
        "address of this server, which nobody may read.",
    )

    needs_second_factor = models.BooleanField(
        "ask for a second factor",
        default=False,
        help_text="Everybody in the team then signs in with an app or a passkey as well. "
        "Whoever has none yet sets one up before anything else.",
    )

    pain_green_max = _whole(
        3, "pain to carry on with", 0, 8, "Up to this much pain (0–10), the patient carries on."
    )
    pain_amber_max = _whole(
        5, "pain to ease off at", 1, 9, "Up to this much (0–10) they ease off; above it they stop."
    )
    after_effect_minutes = _whole(
        5, "after-effect window", 1, 60, "Minutes for symptoms to settle after an exercise."
    )
    review_weeks_min = _whole(2, "review from", 1, 26, "Weeks after issuing a program.")
    review_weeks_max = _whole(4, "review by", 1, 26, "Weeks after issuing a program.")
    fusion_weeks = _whole(
        12, "after lumbar fusion", 1, 104, "Weeks without bending, twisting or traction."
    )
    fusion_uphill_weeks = _whole(
        6, "after lumbar fusion: level ground", 1, 104, "Weeks without walking uphill."
    )
    discectomy_weeks = _whole(
        6,
        "after lumbar discectomy or decompression",
        1,
        104,
        "Weeks of care with bending and twisting, without traction.",
    )
    hip_replacement_weeks = _whole(12, "after hip replacement", 1, 104, "Weeks of hip precautions.")
    knee_replacement_weeks = _whole(
        6, "after knee replacement", 1, 104, "Weeks without kneeling on that knee."
    )
    abdominal_surgery_weeks = _whole(
        12, "after abdominal surgery", 1, 104, "Weeks without pressure on the belly."
    )
    abdominal_strain_weeks = _whole(
        8, "after abdominal surgery: strain", 1, 104, "Weeks without curl-ups and leg lifts."
    )
    postnatal_weeks_limit = _whole(
        12, "after a birth", 1, 104, "Weeks of care with curl-ups and breath-holding."
    )
    pacemaker_weeks = _whole(
        6, "after a pacemaker", 1, 104, "Weeks without arms overhead or heavy arm load."
    )
    pregnancy_caution_week = _whole(
        13, "pregnancy: care from week", 1, 42, "From this week, take care with long back lying."
    )
    pregnancy_adapt_week = _whole(
        20, "pregnancy: adapt from week", 1, 42, "From this week, back lying is adapted."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    likeness = models.CharField(
        max_length=64,
        unique=True,
        editable=False,
        help_text="What name and town look like: no two practices are taken for each other.",
    )

    #: The columns that rules and handouts read.
    RULE_SETTINGS: ClassVar[tuple[str, ...]] = (
        "pain_green_max", "pain_amber_max", "after_effect_minutes", "review_weeks_min",
        "review_weeks_max", "fusion_weeks", "fusion_uphill_weeks", "discectomy_weeks",
        "hip_replacement_weeks", "knee_replacement_weeks", "abdominal_surgery_weeks",
        "abdominal_strain_weeks", "postnatal_weeks_limit", "pacemaker_weeks",
        "pregnancy_caution_week", "pregnancy_adapt_week",
    )  # fmt: skip

    own_limits = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Weeks that differ from the default, by the name of the limit.",
    )

    own_rules = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Names what the practice has changed in the rules; empty where that is nothing.",
    )

    figure_people = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Who is drawn in its pictures, by name; empty: everybody, mixed.",
    )

    #: When anything by which programs and reports are judged was changed last, by the database's
    #: clock. The database alone sets it: whatever was judged by what stood before is judged again.
    settings_at = models.DateTimeField(default=LONG_AGO, db_default=LONG_AGO, editable=False)

    keep_years = models.PositiveSmallIntegerField(
        "years to keep a record",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="After the last contact. Empty: records are kept until somebody erases them.",
    )

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="practice_has_a_name"),
            models.CheckConstraint(
                condition=Q(paper_size__in=PaperSize.values), name="practice_paper_size_known"
            ),
            models.CheckConstraint(
                condition=Q(emergency_number__in=EmergencyNumber.values),
                name="practice_emergency_number_known",
            ),
            models.CheckConstraint(
                condition=Q(pain_green_max__lt=F("pain_amber_max"), pain_amber_max__lte=9),
                name="practice_pain_bands_in_order",
                violation_error_message=(
                    "The pain to ease off at must be more than the pain to carry on with."
                ),
            ),
            models.CheckConstraint(
                condition=Q(after_effect_minutes__gte=1, after_effect_minutes__lte=60),
                name="practice_after_effect_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(review_weeks_min__gte=1)
                & Q(review_weeks_min__lte=F("review_weeks_max"))
                & Q(review_weeks_max__lte=26),
                name="practice_review_weeks_in_order",
            ),
            models.CheckConstraint(
                condition=Q(fusion_weeks__range=(1, 104))
                & Q(discectomy_weeks__range=(1, 104))
                & Q(hip_replacement_weeks__range=(1, 104))
                & Q(abdominal_surgery_weeks__range=(1, 104))
                & Q(pacemaker_weeks__range=(1, 104)),
                name="practice_surgery_weeks_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(fusion_uphill_weeks__range=(1, 104))
                & Q(knee_replacement_weeks__range=(1, 104))
                & Q(abdominal_strain_weeks__range=(1, 104))
                & Q(postnatal_weeks_limit__range=(1, 104)),
                name="practice_healing_weeks_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(pregnancy_caution_week__gte=1)
                & Q(pregnancy_caution_week__lte=F("pregnancy_adapt_week"))
                & Q(pregnancy_adapt_week__lte=42),
                name="practice_pregnancy_weeks_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the mark of what it looks like; ``settings_at`` is as the database has it."""
        self.likeness = self.likeness_of(self.name, self.city)
        if update_fields is not None and {"name", "city"} & set(update_fields):
            update_fields = {*update_fields, "likeness"}
        adding = self._state.adding
        super().save(*args, update_fields=update_fields, **kwargs)
        if not adding:
            self.refresh_from_db(fields=["settings_at"])

    @property
    def full_title(self) -> str:
        """Name and town, which together no other practice of this server has."""
        return ", ".join(filter(None, [self.name, self.city]))

    @staticmethod
    def likeness_of(name: str, city: str) -> str:
        """The mark that practices share which would be taken for each other."""
        return hashlib.sha256(alike.likeness(name, city).encode()).hexdigest()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone that every time of this practice is shown in."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def address_lines(self) -> list[str]:
        """The address as it stands on a letter, without empty lines."""
        town = " ".join(filter(None, [self.city, self.postcode]))
        lines = [self.address_line_1, self.address_line_2, town, self.country]
        return [line for line in lines if line]

    @property
    def rule_settings(self) -> dict[str, int]:
        """The numbers of this practice that rules read, by name."""
        columns = {name: getattr(self, name) for name in self.RULE_SETTINGS}
        return columns | week_limits(self.own_limits)

    @property
    def has_logo(self) -> bool:
        """Whether there is a logo, without loading it."""
        return Practice.objects.filter(pk=self.pk, logo__isnull=False).exists()

    def clean(self) -> None:
        """Say at the field which pair of numbers is the wrong way round."""
        super().clean()
        errors = {}
        pairs = (
            ("pain_green_max", "pain_amber_max", 1, "more than the pain to carry on with"),
            ("review_weeks_min", "review_weeks_max", 0, "no earlier than the first review week"),
            ("pregnancy_caution_week", "pregnancy_adapt_week", 0, "no earlier than the care week"),
        )
        for low, high, gap, words in pairs:
            first, second = getattr(self, low), getattr(self, high)
            if first is not None and second is not None and second - first < gap:
                errors[high] = f"This must be {words}, which is {first}."
        if errors:
            raise ValidationError(errors)
