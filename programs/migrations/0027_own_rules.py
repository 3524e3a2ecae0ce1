"""How a practice keeps a rule: stricter or switched off, with who, when and why; only added to."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER own_rule_is_final BEFORE UPDATE OR DELETE ON programs_ownrule
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
LET_GO = "DROP TRIGGER own_rule_is_final ON programs_ownrule;"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_own_rules"),
        ("programs", "0026_rule_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnRule",
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
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("as_written", "As written"),
                            (
                                "stricter",
                                "Stricter: what it asks care for counts as “not for this patient”",
                            ),
                            ("off", "Switched off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=500)),
                ("note", models.TextField(blank=True, max_length=1000)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changed_rules",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way", "as_written"),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="own_rule_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["as_written", "stricter", "off"])),
                        name="own_rule_way_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
