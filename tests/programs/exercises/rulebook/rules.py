"""Rules and exercises for tests that need a few of them, and not the whole catalogue."""

from typing import Any

from clinic.parsing.digests import digest_of
from programs.exercises.catalogue_files import built_in
from programs.exercises.models import CatalogueLoad, Exercise, Rule


def put_rule(code: str, **changed: Any) -> str:
    """Load one rule, or load it anew with something changed; its id."""
    data = {**built_in().raw_rules[code], **changed}
    values = {"data": data, "digest": digest_of(data), "version": data["version"]}
    Rule.objects.update_or_create(slug=code, defaults=values)
    CatalogueLoad.objects.create(digest=digest_of([code, data]))
    return code


def put_exercise(slug: str) -> Exercise:
    """Load one built-in exercise, without what it refers to."""
    alone: dict[str, Any] = {"easier": [], "harder": [], "prerequisites": []}
    data = {**built_in().raw_exercises[slug], **alone}
    traits = built_in().definitions[slug].traits
    made = Exercise.objects.create(
        slug=slug,
        data=data,
        digest=digest_of(data),
        name=data["name"],
        kind=traits.kind,
        phase=traits.phase,
        sided=traits.sided,
    )
    CatalogueLoad.objects.create(digest=digest_of([slug, data]))
    return made
