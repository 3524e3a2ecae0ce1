"""Numbers that were measured, one a row, which nobody changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

TABLE = "patients_casemeasure"
SAME_PRACTICE = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_case_id_practice
    FOREIGN KEY (case_id, practice_id) REFERENCES patients_case (id, practice_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
KEEP = f"""
CREATE TRIGGER {TABLE}_is_kept BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW WHEN (NOT wall_erasing()) EXECUTE FUNCTION patients_refuse_change();
"""
LET_GO = f"DROP TRIGGER {TABLE}_is_kept ON {TABLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("patients", "0023_visit_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pain", "Pain"),
                            ("chair_stands", "Stands from a chair in 30 seconds"),
                            ("walking_minutes", "Walking time"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.PositiveSmallIntegerField()),
                ("taken_on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.UUIDField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="patients.case",
                    ),
                ),
                ("practice", InheritedPractice(parent="case")),
            ],
            options={
                "ordering": ["taken_on", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "key", "kind", "practice"), name="case_measure_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pain"), ("value__lte", 10)),
                            models.Q(("kind", "chair_stands"), ("value__lte", 60)),
                            models.Q(("kind", "walking_minutes"), ("value__lte", 600)),
                            _connector="OR",
                        ),
                        name="case_measure_known_and_in_range",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SAME_PRACTICE, migrations.RunSQL.noop),
        migrations.RunSQL(*looked_up(Child(TABLE, "case_id", "patients_case"))),
        migrations.RunSQL(KEEP, LET_GO),
    ]
