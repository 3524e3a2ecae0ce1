"""Forms for the owners of a practice."""

from functools import cache
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from clinic.mail_address import MailAddressField
from clinic.models import Practice, Role
from clinic.models.practice_choices import known_time_zones
from clinic.practice.limit_fields import LimitFieldsForm, limits_layout
from clinic.practice.logos import Logo, read_logo
from clinic.uploads import MAX_MEGABYTES


@cache
def time_zone_choices() -> list[tuple[str, str]]:
    """Every place that has a zone of its own, readable, in order."""
    places = [name for name in known_time_zones() if "/" in name]
    regions = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    kept = sorted(name for name in places if name.split("/", 1)[0] in regions)
    return [(name, name.replace("_", " ").replace("/", " – ")) for name in ["UTC", *kept]]


def _row(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-sm") for name in names))


class PracticeForm(LimitFieldsForm):
    """Letterhead, local habits, and the numbers that the rules use."""

    time_zone = forms.ChoiceField(choices=time_zone_choices)

    class Meta:
        model = Practice
        fields: ClassVar = [
            "name", "address_line_1", "address_line_2", "city", "postcode", "country", "phone",
            "time_zone", "paper_size", "emergency_number", "out_of_hours",
            "alert_email", "reply_email", "needs_second_factor", *Practice.RULE_SETTINGS,
        ]  # fmt: skip
        widgets: ClassVar = {"out_of_hours": forms.Textarea(attrs={"rows": 3})}
        field_classes: ClassVar = dict.fromkeys(("alert_email", "reply_email"), MailAddressField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the bounds of each number at its field."""
        super().__init__(*args, **kwargs)
        for name in Practice.RULE_SETTINGS:
            self._show_bounds(name)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        # The page also comes back where a logo was refused, at the logo's address.
        self.helper.form_action = "practice_settings"
        self.helper.layout = self._layout()

    def _show_bounds(self, name: str) -> None:
        field = self.fields[name]
        column = self._meta.model._meta.get_field(name)
        limits = column.validators if isinstance(column, models.Field) else []
        lows = [v.limit_value for v in limits if isinstance(v, MinValueValidator)]
        highs = [v.limit_value for v in limits if isinstance(v, MaxValueValidator)]
        low, high = max(lows), min(highs)
        field.widget.attrs |= {"min": low, "max": high, "inputmode": "numeric"}
        sentence = f"Choose a whole number from {low} to {high}."
        field.error_messages["invalid"] = sentence
        field.validators = [MinValueValidator(low, sentence), MaxValueValidator(high, sentence)]
        field.help_text = f"{field.help_text} From {low} to {high}."

    @staticmethod
    def _layout() -> Layout:
        surgery = (
            "fusion_weeks", "fusion_uphill_weeks", "discectomy_weeks", "pacemaker_weeks",
            "hip_replacement_weeks", "knee_replacement_weeks", "abdominal_surgery_weeks",
            "abdominal_strain_weeks", "postnatal_weeks_limit",
        )  # fmt: skip
        return Layout(
            "shown",
            Fieldset(
                "Letterhead",
                "name", "address_line_1", "address_line_2",
                _row("city", "postcode"), _row("country", "phone"),
                css_class="panel",
            ),
            Fieldset(
                "Local habits",
                _row("time_zone", "paper_size"), "emergency_number", "out_of_hours",
                css_class="panel",
            ),
            Fieldset(
                "Urgent reports of patients",
                HTML("<p>They stand on top of everybody’s dashboard until somebody acknowledges "
                     "them. An e-mail tells you when nobody is looking.</p>"),
                "alert_email",
                css_class="panel", css_id="alerts",
            ),
            Fieldset(
                "E-mails to patients",
                HTML("<p>They come from this server, under the name of your practice.</p>"),
                "reply_email",
                css_class="panel",
            ),
            Fieldset("Who gets in", "needs_second_factor", css_class="panel"),
            Fieldset(
                "Pain and review",
                HTML("<p>Patients read these numbers on their handout.</p>"),
                _row("pain_green_max", "pain_amber_max"), "after_effect_minutes",
                _row("review_weeks_min", "review_weeks_max"),
                css_class="panel",
            ),
            Fieldset(
                "After surgery and in pregnancy",
                HTML("<p>For how many weeks the rules hold exercises back. A change applies to "
                     "every case of the practice at once.</p>"),
                *(_row(*surgery[start : start + 2]) for start in range(0, len(surgery), 2)),
                _row("pregnancy_caution_week", "pregnancy_adapt_week"),
                HTML("<p>More weeks, by part of the body. A field left empty goes back to its "
                     "default.</p>"),
                *limits_layout(),
                css_class="panel", css_id="weeks",
            ),
            Submit("save", "Save changes"),
        )  # fmt: skip


class LogoForm(forms.Form):
    """One picture."""

    logo = forms.FileField(
        label="Picture file",
        help_text=f"PNG or JPEG, up to {MAX_MEGABYTES} MB. It is shrunk to 640 by 320 dots.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def clean_logo(self) -> Logo:
        """The picture, re-encoded."""
        return read_logo(self.cleaned_data["logo"])


class InviteForm(forms.Form):
    """Somebody who is asked to join."""

    full_name = forms.CharField(label="Name", max_length=120)
    email = MailAddressField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(
        choices=Role.choices,
        initial=Role.CLINICIAN,
        help_text="What each role may do stands below the list of members.",
    )
