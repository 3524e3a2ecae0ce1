"""Weeks of the rules that a practice has set for itself, where they differ from the default."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0016_no_index_twice"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="own_limits",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="Weeks that differ from the default, by the name of the limit.",
            ),
        ),
    ]
