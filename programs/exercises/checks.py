"""System checks: ``manage.py check`` fails where a catalogue file is wrong."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from programs.exercises.catalogue_files import ContentError, read_content


@register()
def catalogue_is_valid(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every catalogue file parses and refers only to what exists."""
    try:
        read_content()
    except ContentError as error:
        return [Error(str(problem), id="programs.E001") for problem in error.problems]
    return []
