"""What is said of the safety screen at issuing is kept: the database refuses change and deletion."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FORBID = """
CREATE TRIGGER waiver_is_final BEFORE UPDATE OR DELETE ON programs_screenwaiver
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
CREATE TRIGGER screen_review_is_final BEFORE UPDATE OR DELETE ON programs_screenreview
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
ALLOW = """
DROP TRIGGER screen_review_is_final ON programs_screenreview;
DROP TRIGGER waiver_is_final ON programs_screenwaiver;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0009_attempts_of_a_reminder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScreenReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("changed", models.BooleanField()),
                ("screened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screen_reviews",
                        to="programs.program",
                    ),
                ),
                (
                    "screened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ScreenWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("reason", models.TextField(max_length=1000)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prescription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="programs.issuedprescription",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("prescription", "code"), name="waived_once_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "\\S")), name="waiver_has_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
