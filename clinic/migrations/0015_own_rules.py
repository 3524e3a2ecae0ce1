"""Names what a practice has changed in the rules, so that whoever keeps them read sees a change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_years_to_keep"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="own_rules",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Names what the practice has changed in the rules; empty where that is nothing.",
                max_length=64,
            ),
        ),
    ]
