"""What one event raises stands on one card, and what no longer holds says why.

Open alerts are given the session that their facts name. One that names none stands alone.
"""

import django.db.models.fields.json
import django.db.models.functions
from django.db import migrations, models


def name_the_session(apps, schema_editor):
    alert = apps.get_model("patients", "Alert")
    for row in alert.objects.filter(acknowledged_at=None).iterator():
        sessions = row.facts.get("sessions") or [row.facts.get("session") or ""]
        row.occasion = str(sessions[-1])[:80]
        row.save(update_fields=["occasion"])


class Migration(migrations.Migration):
    dependencies = [("patients", "0013_practice_filled")]

    operations = [
        migrations.AddField(
            model_name="alert",
            name="ended_why",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="alert",
            name="occasion",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_session, migrations.RunPython.noop),
        # The rows that were changed wait for their foreign keys to be checked.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE;", migrations.RunSQL.noop),
        # Built beside the running work by 0034; the stricter key of before holds until then.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="alert", name="alert_open_once"),
                migrations.AddIndex(
                    model_name="alert",
                    index=models.Index(fields=["case", "occasion"], name="alerts_by_occasion"),
                ),
                migrations.AddConstraint(
                    model_name="alert",
                    constraint=models.UniqueConstraint(
                        models.F("case"),
                        models.F("kind"),
                        models.F("code"),
                        models.F("item"),
                        django.db.models.functions.Coalesce(
                            django.db.models.fields.json.KeyTextTransform("seen", "facts"),
                            models.Value(""),
                        ),
                        models.F("practice"),
                        condition=models.Q(acknowledged_at=None, ended_at=None)
                        & ~models.Q(code="red_flag"),
                        name="alert_open_once",
                    ),
                ),
            ]
        ),
    ]
