"""Notes of visits: drafts, and signed ones that the database lets nobody change, with additions."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

NOTE, ADDED = "patients_visitnote", "patients_visitamendment"
CHILDREN = [Child(NOTE, "case_id", "patients_case"), Child(ADDED, "visit_id", NOTE)]
KEEP = f"""
CREATE TRIGGER {NOTE}_is_kept BEFORE UPDATE OR DELETE ON {NOTE}
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL AND NOT wall_erasing())
    EXECUTE FUNCTION patients_refuse_change();
CREATE TRIGGER {ADDED}_is_kept BEFORE UPDATE OR DELETE ON {ADDED}
    FOR EACH ROW WHEN (NOT wall_erasing()) EXECUTE FUNCTION patients_refuse_change();
"""
LET_GO = f"""
DROP TRIGGER {ADDED}_is_kept ON {ADDED};
DROP TRIGGER {NOTE}_is_kept ON {NOTE};
"""


def same_practice(child):
    """A row and what it hangs on have one practice."""
    return f"""
ALTER TABLE {child.table} ADD CONSTRAINT {child.table}_{child.column}_practice
    FOREIGN KEY ({child.column}, practice_id) REFERENCES {child.parent} (id, practice_id)
    DEFERRABLE INITIALLY DEFERRED;
"""


def without(child: Child) -> str:
    """And on the way back, where the key that it refers to goes."""
    return f"ALTER TABLE {child.table} DROP CONSTRAINT {child.table}_{child.column}_practice"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("patients", "0022_no_index_twice"),
        ("programs", "0020_guards_step_aside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VisitNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("visited_on", models.DateField()),
                ("subjective", models.TextField(blank=True, max_length=6000)),
                ("objective", models.TextField(blank=True, max_length=6000)),
                ("assessment", models.TextField(blank=True, max_length=6000)),
                ("plan", models.TextField(blank=True, max_length=6000)),
                ("free", models.TextField(blank=True, max_length=6000)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="patients.case",
                    ),
                ),
                ("practice", InheritedPractice(parent="case")),
            ],
            options={
                "ordering": ["-visited_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="VisitAmendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("words", models.TextField(max_length=6000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("practice", InheritedPractice(parent="visit")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="patients.visitnote",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="visitnote",
            constraint=models.UniqueConstraint(
                fields=("id", "practice"), name="visit_and_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitnote",
            constraint=models.UniqueConstraint(
                fields=("case", "key", "practice"), name="visit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subjective__regex", "\\S"),
                    ("objective__regex", "\\S"),
                    ("assessment__regex", "\\S"),
                    ("plan__regex", "\\S"),
                    ("free__regex", "\\S"),
                    _connector="OR",
                ),
                name="visit_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_at", None), ("discarded_at", None), _connector="OR"),
                name="visit_signed_or_discarded",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitamendment",
            constraint=models.UniqueConstraint(
                fields=("visit", "key", "practice"), name="visit_amendment_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitamendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("words__regex", "\\S")), name="visit_amendment_says"
            ),
        ),
        *(migrations.RunSQL(same_practice(child), without(child)) for child in CHILDREN),
        *(migrations.RunSQL(*looked_up(child)) for child in CHILDREN),
        migrations.RunSQL(KEEP, LET_GO),
    ]
