"""Two records of one person become one; what moved, and what each said, is kept for good."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEPT = ["patients_patientmerge", "patients_patientmergereturn"]
#: Table and column of what points at a patient of the same practice.
SAME_PRACTICE = [
    ("patients_patient", "merged_into_id"),
    ("patients_patientmerge", "kept_id"),
    ("patients_patientmerge", "gone_id"),
]


def _keep(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION patients_refuse_change();",
        f"DROP TRIGGER {table}_is_kept ON {table};",
    )


def _share(table, column):
    name = f"{table.removeprefix('patients_')}_{column.removesuffix('_id')}_shares_practice"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, practice_id) "
        "REFERENCES patients_patient (id, practice_id);",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_weeks_of_healing"),
        ("patients", "0009_fold_names_and_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PatientMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("moved", models.JSONField()),
                ("values", models.JSONField()),
                (
                    "merged_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PatientMergeReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "returned_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="patient",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="patients.patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="patient_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="patientmerge",
            name="gone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goings",
                to="patients.patient",
            ),
        ),
        migrations.AddField(
            model_name="patientmerge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="patients.patient",
            ),
        ),
        migrations.AddField(
            model_name="patientmerge",
            name="merged_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="patientmerge",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="patient_merges",
                to="clinic.practice",
            ),
        ),
        migrations.AddField(
            model_name="patientmergereturn",
            name="merge",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_back",
                to="patients.patientmerge",
            ),
        ),
        migrations.AddField(
            model_name="patientmergereturn",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.practice"
            ),
        ),
        migrations.AddField(
            model_name="patientmergereturn",
            name="returned_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="patientmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("gone")), _negated=True), name="merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="patientmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")), name="merge_has_reason"
            ),
        ),
        *[_keep(table) for table in KEPT],
        *[_share(*where) for where in SAME_PRACTICE],
    ]
