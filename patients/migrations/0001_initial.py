"""Patients, cases and what is recorded about them."""

import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import patients.models.case_reading


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clinic", "0002_audit_is_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Patient",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("full_name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "search_name",
                    models.CharField(blank=True, default="", editable=False, max_length=450),
                ),
                ("date_of_birth", models.DateField()),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "clinician_notes",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="notes for the clinician"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "touched_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_by",
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
                        related_name="patients",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "ordering": ["full_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("opened_on", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("pregnant", models.CharField(default="unknown", max_length=10)),
                ("due_date", models.DateField(blank=True, null=True)),
                ("directional_preference", models.CharField(default="untested", max_length=10)),
                ("preference_recorded_on", models.DateField(blank=True, null=True)),
                ("irritability", models.CharField(default="unknown", max_length=10)),
                (
                    "resources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("baseline_pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("baseline_left", models.CharField(blank=True, max_length=20)),
                ("baseline_right", models.CharField(blank=True, max_length=20)),
                ("goals", models.TextField(blank=True, max_length=2000)),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "facts_changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "clinician",
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
                        related_name="cases",
                        to="clinic.practice",
                    ),
                ),
                (
                    "preference_recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_on", "pk"],
            },
            bases=(patients.models.case_reading.CaseReading, models.Model),
        ),
        migrations.CreateModel(
            name="ScreenAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=60)),
                ("answer", models.CharField(max_length=10)),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
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
                        related_name="answers",
                        to="patients.case",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RedFlagClearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cleared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.TextField(max_length=2000)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearance",
                        to="patients.screenanswer",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseCondition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("side", models.CharField(max_length=12)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="patients.case",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "code", "side"), name="condition_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side__in", ["left", "right", "bilateral", "central", "unspecified"])
                        ),
                        name="condition_side_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("snapshot", models.JSONField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="patients.case",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="case_revision_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseSurgery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("performed_on", models.DateField()),
                ("side", models.CharField(blank=True, max_length=12)),
                ("approach", models.CharField(blank=True, max_length=12)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surgeries",
                        to="patients.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-performed_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "code", "performed_on", "side"), name="surgery_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["", "left", "right", "bilateral"])),
                        name="surgery_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approach__in", ["", "posterior", "anterior", "lateral", "unknown"])
                        ),
                        name="surgery_approach_known",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["practice", "-touched_at"], name="patient_touched"),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["practice", "search_name"], name="patient_search"),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.UniqueConstraint(
                fields=("id", "practice"), name="patient_and_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_of_birth__gte", datetime.date(1890, 1, 1)),
                    (
                        "date_of_birth__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("created_at"), "+", models.Value(datetime.timedelta(days=1))
                        ),
                    ),
                ),
                name="patient_birth_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(("full_name__regex", "\\S")), name="patient_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__regex", "\\S")), name="case_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("pregnant__in", ["yes", "no", "unknown"])),
                name="case_pregnant_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_date__isnull", False), ("pregnant", "yes")),
                    models.Q(
                        models.Q(("pregnant", "yes"), _negated=True), ("due_date__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="case_due_date_when_pregnant",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("directional_preference__in", ["flexion", "extension", "none", "untested"])
                ),
                name="case_preference_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("directional_preference", "untested"),
                    models.Q(
                        ("preference_recorded_by__isnull", False),
                        ("preference_recorded_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="case_preference_has_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("irritability__in", ["low", "moderate", "high", "unknown"])),
                name="case_irritability_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline_pain__isnull", True),
                    ("baseline_pain__range", (0, 10)),
                    _connector="OR",
                ),
                name="case_pain_0_to_10",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "baseline_left__in",
                        [
                            "",
                            "none",
                            "back_middle",
                            "back_side",
                            "buttock",
                            "thigh",
                            "lower_leg",
                            "foot",
                        ],
                    ),
                    (
                        "baseline_right__in",
                        [
                            "",
                            "none",
                            "back_middle",
                            "back_side",
                            "buttock",
                            "thigh",
                            "lower_leg",
                            "foot",
                        ],
                    ),
                ),
                name="case_locations_known",
            ),
        ),
        migrations.AddIndex(
            model_name="screenanswer",
            index=models.Index(fields=["case", "code", "id"], name="answer_latest"),
        ),
        migrations.AddConstraint(
            model_name="screenanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["finding", "red_flag"])), name="answer_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="screenanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["yes", "no", "unknown"])), name="answer_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="redflagclearance",
            constraint=models.CheckConstraint(
                condition=models.Q(("note__regex", "\\S")), name="clearance_has_note"
            ),
        ),
    ]
