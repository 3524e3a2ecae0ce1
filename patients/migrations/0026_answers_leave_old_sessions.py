"""A kept answer remembers which old sessions it rests on, so that the others are not read again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0025_case_reviews")]

    operations = [
        migrations.AddField(
            model_name="caseresponse",
            name="folded_before",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="caseresponse",
            name="folded",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
