"""For how many years a practice keeps a record."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0013_more_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="keep_years",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="After the last contact. Empty: records are kept until somebody erases them.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="years to keep a record",
            ),
        ),
    ]
