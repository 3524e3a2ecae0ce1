"""The body on which a patient points, drawn once for each view."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from programs.portal.symptoms.body_picture import BodyPicture

register = template.Library()
_IDS: Final = "ids-of-this-form"
"""Stands in the kept drawing for what the ids of a form's regions begin with."""


@register.simple_tag
def body(picture: BodyPicture, ids: str) -> SafeString:
    """One view of the body; ``ids``: what the ids of the form's regions begin with."""
    return SafeString(_drawn(picture).replace(_IDS, escape(ids)))


@lru_cache(maxsize=8)
def _drawn(picture: BodyPicture) -> str:
    return render_to_string(
        "programs/portal/symptoms/_body.html", {"picture": picture, "ids": _IDS}
    )
