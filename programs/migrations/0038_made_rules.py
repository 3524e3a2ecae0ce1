"""Rules that a practice writes itself, version by version; only added to."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER made_rule_is_final BEFORE UPDATE OR DELETE ON programs_maderule
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
LET_GO = "DROP TRIGGER made_rule_is_final ON programs_maderule;"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0020_reply_address"),
        ("programs", "0037_files_are_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MadeRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=12)),
                ("version", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("data", models.JSONField()),
                ("live", models.BooleanField(default=True)),
                ("why", models.TextField(max_length=500)),
                ("key", models.UUIDField()),
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
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_rules",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "key"), name="made_rule_kept_once"),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="made_rule_says_why"
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
