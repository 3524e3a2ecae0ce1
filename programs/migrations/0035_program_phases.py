"""A program knows which phase of a plan it is in, and when the next one is proposed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0034_drawn_figures")]

    operations = [
        migrations.AddField("program", "plan", models.JSONField(blank=True, default=dict)),
        migrations.AddField("program", "phase", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("program", "next_phase_on", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(
            "program",
            models.CheckConstraint(
                condition=models.Q(phase=0) | ~models.Q(plan={}), name="phase_is_of_a_plan"
            ),
        ),
    ]
