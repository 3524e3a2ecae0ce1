"""What the builder's page says and has open beside its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from programs.builder.actions.starters import Applied
from programs.builder.dose_line_form import AllDosesForm
from programs.builder.forms import DetailsForm, StarterForm
from programs.builder.keep_form import OwnStarterForm


@dataclass(slots=True)
class Notice:
    """What just happened, in words; ``level`` as in Django's messages."""

    text: str
    level: str = "success"


@dataclass(slots=True)
class PageState:
    """What is open on the page beside the data. ``bound``: forms that came back with errors.

    ``templates``: whether the list of templates is shown, which is long and seldom wanted twice.
    ``titling``: whether title, note and review day are unfolded.
    """

    editing: str = ""
    swapping: str = ""
    bound: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    details: DetailsForm | None = None
    starter: StarterForm | None = None
    applied: Applied | None = None
    doses: AllDosesForm | None = None
    keeping: OwnStarterForm | None = None
    new: frozenset[str] = frozenset()
    templates: bool = False
    titling: bool = False
