"""Rules for tests that need one or two of them, and not the whole catalogue."""

from typing import Any

from clinic.parsing.digests import digest_of
from programs.exercises.catalogue_files import built_in
from programs.exercises.models import CatalogueLoad, Rule


def put_rule(code: str, **changed: Any) -> str:
    """Load one rule, or load it anew with something changed; its id."""
    data = {**built_in().raw_rules[code], **changed}
    values = {"data": data, "digest": digest_of(data), "version": data["version"]}
    Rule.objects.update_or_create(slug=code, defaults=values)
    CatalogueLoad.objects.create(digest=digest_of([code, data]))
    return code
