"""Words that are spelt by country on a patient's page."""

from __future__ import annotations

from django import template
from django.utils import timezone

from patients.identity.regions import region_of
from programs.prescriptions import spelling

register = template.Library()


@register.simple_tag
def program_word() -> str:
    """As the practice's country writes it: a patient's page is shown in the practice's time zone.

    Pages that stand before a practice is known do without the word.
    """
    return spelling.program_word(region_of(str(timezone.get_current_timezone())))
