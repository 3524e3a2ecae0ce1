"""Usual doses, own templates, and what was sent to patients about their link."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

SENT = "programs_linksent"
SAME_PRACTICE = f"""
ALTER TABLE {SENT} ADD CONSTRAINT {SENT}_access_id_practice
    FOREIGN KEY (access_id, practice_id) REFERENCES programs_patientaccess (id, practice_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
KEEP = f"""
CREATE TRIGGER {SENT}_is_kept BEFORE UPDATE OR DELETE ON {SENT}
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
LET_GO = f"DROP TRIGGER {SENT}_is_kept ON {SENT};"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("programs", "0021_checks_of_running_programs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExerciseUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dosage", models.JSONField(default=dict)),
                ("times", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("favourite", models.BooleanField(default=False)),
                (
                    "clinician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.exercise",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "clinician", "exercise"), name="exercise_use_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkSent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("email", "E-mail from here"),
                            ("message", "Message from the clinic’s phone"),
                            ("own_email", "E-mail from the clinic’s own mailbox"),
                            ("copied", "Copied"),
                        ],
                        max_length=12,
                    ),
                ),
                ("to", models.CharField(blank=True, max_length=254)),
                ("text", models.TextField(max_length=2000)),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="programs.patientaccess",
                    ),
                ),
                ("practice", InheritedPractice(parent="access")),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-sent_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("access", "key", "practice"), name="link_sent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnStarter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=90)),
                ("data", models.JSONField()),
                ("shared", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="own_starters",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("practice", "made_by", "name"),
                        name="own_starter_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="own_starter_has_name"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SAME_PRACTICE, migrations.RunSQL.noop),
        migrations.RunSQL(*looked_up(Child(SENT, "access_id", "programs_patientaccess"))),
        migrations.RunSQL(KEEP, LET_GO),
    ]
