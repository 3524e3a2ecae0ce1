"""Who helps a patient has a link of their own, and is named beside what they enter."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_own_rules"),
        ("patients", "0028_helpers_are_named"),
        ("programs", "0029_links_sent_step_aside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="patientaccess",
            name="one_link_a_case",
        ),
        migrations.AddField(
            model_name="exerciselog",
            name="helper",
            field=models.CharField(blank=True, db_default="", default="", max_length=103),
        ),
        migrations.AddField(
            model_name="patientaccess",
            name="helper",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="patientaccess",
            name="helper_is",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="sessionlog",
            name="helper",
            field=models.CharField(blank=True, db_default="", default="", max_length=103),
        ),
        migrations.AddConstraint(
            model_name="patientaccess",
            constraint=models.UniqueConstraint(
                condition=models.Q(("helper", ""), ("revoked_at", None)),
                fields=("case", "practice"),
                name="one_own_link_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="patientaccess",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), models.Q(("helper", ""), _negated=True)),
                fields=("case", "helper", "helper_is", "practice"),
                name="one_link_a_helper",
            ),
        ),
    ]
