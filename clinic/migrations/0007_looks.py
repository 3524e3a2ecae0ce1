"""Who looked at what, and whose record an entry of the audit is about."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER clinic_look_append_only
    BEFORE UPDATE OR DELETE ON clinic_look
    FOR EACH ROW EXECUTE FUNCTION clinic_refuse_audit_change();
"""
BACKWARD = "DROP TRIGGER clinic_look_append_only ON clinic_look;"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0006_letters_wait_in_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
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
                            ("read", "Read"),
                            ("print", "Printed"),
                            ("export", "Exported"),
                            ("sign_in", "Signed in"),
                            ("sign_out", "Signed out"),
                        ],
                        max_length=8,
                    ),
                ),
                ("page", models.CharField(max_length=60)),
                ("patient", models.UUIDField(null=True)),
                ("case", models.UUIDField(null=True)),
                ("request_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="auditentry",
            name="patient",
            field=models.UUIDField(
                blank=True,
                help_text="Whose record it is about; no key, so that it stays.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="request_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        # Built beside the running work by 0022.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddIndex(
                    model_name="auditentry",
                    index=models.Index(
                        condition=models.Q(("patient__isnull", False)),
                        fields=["practice", "patient", "-at", "-id"],
                        name="audit_by_patient",
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="look",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="look",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="clinic.practice",
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["practice", "-at", "-id"], name="looks_by_practice"),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(
                condition=models.Q(("patient__isnull", False)),
                fields=["practice", "patient", "-at", "-id"],
                name="looks_by_patient",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
