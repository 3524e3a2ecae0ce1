"""What was decided at each review of a case, which nobody changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

TABLE = "patients_casereview"
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
        ("patients", "0024_case_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("amend", "Change the program"),
                            ("continue", "Continue as it is"),
                            ("discharge", "Discharge"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(max_length=3000)),
                ("next_on", models.DateField(blank=True, null=True)),
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
                        related_name="reviews",
                        to="patients.case",
                    ),
                ),
                ("practice", InheritedPractice(parent="case")),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "key", "practice"), name="case_review_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["amend", "continue", "discharge"])),
                        name="case_review_end_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note__regex", "\\S")), name="case_review_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_on__isnull", False), ("outcome", "continue")),
                            models.Q(
                                models.Q(("outcome", "continue"), _negated=True), ("next_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="case_review_continues_to_a_day",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SAME_PRACTICE, migrations.RunSQL.noop),
        migrations.RunSQL(*looked_up(Child(TABLE, "case_id", "patients_case"))),
        migrations.RunSQL(KEEP, LET_GO),
    ]
