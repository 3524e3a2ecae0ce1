"""What a line of the record is about, by its name, where it is a thing of the practice.

The record holds numbers and no words. A template or an exercise is never deleted, so that its name
of today is found by its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from django.apps import apps

from clinic.models import Practice
from patients.oversight.entries import RecordEntry

_NAMED: Final = MappingProxyType(
    {
        "programs.exercise": "name",
        "programs.exercisepicture": "exercise__name",
        "programs.ownstarter": "name",
    }
)
"""Kinds of things with a name that says nothing of a patient, and where it stands."""


def names_of(practice: Practice, rows: Iterable[RecordEntry]) -> dict[str, str]:
    """The name of each thing that these lines are about, by its target; one query a kind."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        kind, _, number = row.target.partition("/")
        if kind in _NAMED:
            wanted.setdefault(kind, []).append(int(number))
    found = {}
    for kind, numbers in wanted.items():
        named = apps.get_model(kind)._default_manager.filter(practice=practice, pk__in=numbers)
        for number, name in named.values_list("pk", _NAMED[kind]):
            found[f"{kind}/{number}"] = name
    return found
