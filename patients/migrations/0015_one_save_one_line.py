"""What was written with one press shares an id; rows from before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0014_one_event_one_card")]

    operations = [
        migrations.AddField(
            model_name="caserevision",
            name="save_id",
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
