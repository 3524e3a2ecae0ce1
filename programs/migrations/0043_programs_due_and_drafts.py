"""Which programs are due, and which drafts wait, is read from an index and not from all of them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Least


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("programs", "0042_checks_say_since_when")]

    operations = [
        AddIndexConcurrently(
            model_name="program",
            index=models.Index(
                models.F("practice"),
                Least("review_on", "next_phase_on"),
                condition=models.Q(ended_at=None, draft_open=False),
                name="programs_due",
            ),
        ),
        AddIndexConcurrently(
            model_name="program",
            index=models.Index(
                fields=["practice", "-changed_at"],
                condition=models.Q(ended_at=None, draft_open=True),
                name="programs_drafts",
            ),
        ),
    ]
