"""Everything that hangs on a row, found by the foreign keys of all models.

So that a table which is added later is exported and erased with the rest, without a word here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Belonging:
    """A model whose rows hang on the root; ``ways``: lookups from a row to the root's key."""

    model: type[models.Model]
    ways: tuple[str, ...]

    def rows(self, roots: Collection[Any]) -> models.QuerySet[Any]:
        """The rows that hang on any of these."""
        wanted = Q()
        for way in self.ways:
            wanted |= Q(**{f"{way}__in": roots})
        return self.model._default_manager.filter(wanted).order_by("pk")


@cache
def belongings(label: str) -> tuple[Belonging, ...]:
    """The root's own model and all that hang on it, each after everything that it hangs on."""
    root = apps.get_model(label)
    ways: dict[type[models.Model], list[str]] = {root: ["pk"]}
    depth: dict[type[models.Model], int] = {root: 0}
    for model, way in _walk(root, ""):
        shortest = len(ways.setdefault(model, [way])[0].split("__"))
        steps = len(way.split("__"))
        if steps < shortest:
            ways[model] = [way]
        elif steps == shortest and way not in ways[model]:
            ways[model].append(way)
        depth[model] = max(depth.get(model, 0), steps)
    ordered = sorted(ways, key=lambda model: (depth[model], model._meta.label))
    return tuple(Belonging(model, tuple(ways[model])) for model in ordered)


def _walk(model: type[models.Model], onward: str) -> Iterator[tuple[type[models.Model], str]]:
    """Each model that hangs on this one, with every way to it; a row's own kind is left out."""
    relation: Any
    for relation in model._meta.get_fields(include_hidden=True):
        child = relation.related_model
        hangs_on = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if not hangs_on or child is model or not isinstance(child, type):
            continue
        way = f"{relation.field.name}__{onward}" if onward else str(relation.field.name)
        yield child, way
        yield from _walk(child, way)
