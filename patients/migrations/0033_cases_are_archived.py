"""A closed case can be archived by itself. No row is written; the check is made beside the work."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

CLOSED = models.CheckConstraint(
    condition=models.Q(("archived_at", None), ("closed_at__isnull", False), _connector="OR"),
    name="case_archived_when_closed",
)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0032_limits_of_the_surgeon")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        AddConstraintNotValid(model_name="case", constraint=CLOSED),
        ValidateConstraint(model_name="case", name=CLOSED.name),
    ]
