"""How many cards wait stands in the navigation of every page, and is read from an index alone; the
list of what is done begins behind a card, and its index begins there."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0028_helpers_are_named")]

    operations = [
        AddIndexConcurrently(
            model_name="alert",
            index=models.Index(
                fields=["practice", "case"],
                include=["id", "occasion", "snoozed_until"],
                condition=models.Q(("acknowledged_at", None)),
                name="alerts_counted",
            ),
        ),
        AddIndexConcurrently(
            model_name="alert",
            index=models.Index(
                fields=["practice", "-acknowledged_at"],
                condition=models.Q(("acknowledged_at__isnull", False)),
                name="alerts_done",
            ),
        ),
    ]
