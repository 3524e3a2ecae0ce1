"""That a record was erased, which is never changed itself."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER patients_erasure_is_kept BEFORE UPDATE OR DELETE ON patients_erasure
    FOR EACH ROW EXECUTE FUNCTION patients_refuse_change();
"""
LET_GO = "DROP TRIGGER patients_erasure_is_kept ON patients_erasure;"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("patients", "0018_patients_are_found_by_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("patient", models.UUIDField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("asked", "The patient asked for it"),
                            ("retention", "The time to keep it is over"),
                            ("mistake", "It was recorded by mistake"),
                        ],
                        max_length=10,
                    ),
                ),
                ("erased_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("counts", models.JSONField(default=dict)),
                (
                    "erased_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "ordering": ["-erased_at", "-pk"],
                "indexes": [
                    models.Index(fields=["practice", "-erased_at", "-id"], name="erasures_by_time")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["asked", "retention", "mistake"])),
                        name="erasure_reason_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
