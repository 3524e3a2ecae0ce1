"""What the people of a practice say of a rule: signatures and comments, kept as they were said."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE TRIGGER rule_review_is_final BEFORE UPDATE OR DELETE ON programs_rulereview
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
LET_GO = "DROP TRIGGER rule_review_is_final ON programs_rulereview;"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("programs", "0025_no_index_twice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleReview",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed", "Signed"),
                            ("comment", "Comment"),
                            ("withdrawn", "Signature taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("registration", models.CharField(blank=True, max_length=60)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("words", models.TextField(blank=True, max_length=2000)),
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
                        related_name="rule_reviews",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "signed"),
                                ("signed_on__isnull", False),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("registration", ""), _negated=True),
                            ),
                            models.Q(("kind", "comment"), models.Q(("words", ""), _negated=True)),
                            ("kind", "withdrawn"),
                            _connector="OR",
                        ),
                        name="rule_review_is_whole",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
