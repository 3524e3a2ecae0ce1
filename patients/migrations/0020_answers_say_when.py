"""A kept answer says when it is to be judged again, and what a dashboard asks gets its indexes.

What is there already is due at once. Indexes are built beside the running work.
"""

import datetime as dt

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0019_erasures")]

    operations = [
        migrations.AddField(
            model_name="caseresponse",
            name="judge_at",
            field=models.DateTimeField(default=LONG_AGO),
        ),
        migrations.AddField(
            model_name="caseresponse",
            name="watched",
            field=models.BooleanField(default=True),
        ),
        AddIndexConcurrently(
            model_name="caseresponse",
            index=models.Index(
                fields=["judge_at", "practice"], condition=Q(watched=True), name="answers_due"
            ),
        ),
        AddIndexConcurrently(
            model_name="caseresponse",
            index=models.Index(
                fields=["edition", "practice"], condition=Q(watched=True), name="answers_edition"
            ),
        ),
        AddIndexConcurrently(
            model_name="screenanswer",
            index=models.Index(
                fields=["practice", "code"], condition=Q(answer="yes"), name="answers_yes"
            ),
        ),
        AddIndexConcurrently(
            model_name="alert",
            index=models.Index(
                fields=["practice", "code"],
                condition=Q(acknowledged_at__isnull=False, ended_at=None),
                name="alerts_uncleared",
            ),
        ),
    ]
