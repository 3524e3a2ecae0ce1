"""Weeks of care after a meniscus repair were those of the ACL: a practice keeps what it had set."""

from typing import Any

from django.db import migrations

DEFAULT = 12


def keep(apps: Any, schema_editor: Any) -> None:
    """No shorter than before, and no shorter than the weeks without a deep bend."""
    practices = apps.get_model("clinic", "Practice").objects.exclude(own_limits={})
    for practice in practices.iterator():
        own = practice.own_limits
        weeks = max(own.get("acl_weeks", DEFAULT), own.get("meniscus_weeks", 0))
        if weeks != DEFAULT:
            practice.own_limits = {**own, "meniscus_care_weeks": weeks}
            practice.save(update_fields=["own_limits"])


class Migration(migrations.Migration):
    dependencies = [("clinic", "0017_own_limits")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
