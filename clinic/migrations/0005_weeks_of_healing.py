"""Weeks of healing that the rules gained: level ground, kneeling, strain, a birth."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_alert_email"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="abdominal_strain_weeks",
            field=models.PositiveSmallIntegerField(
                default=8,
                help_text="Weeks without curl-ups and leg lifts.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(104),
                ],
                verbose_name="after abdominal surgery: strain",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="fusion_uphill_weeks",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text="Weeks without walking uphill.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(104),
                ],
                verbose_name="after lumbar fusion: level ground",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="knee_replacement_weeks",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text="Weeks without kneeling on that knee.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(104),
                ],
                verbose_name="after knee replacement",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="postnatal_weeks_limit",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="Weeks of care with curl-ups and breath-holding.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(104),
                ],
                verbose_name="after a birth",
            ),
        ),
        migrations.AlterField(
            model_name="practice",
            name="discectomy_weeks",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text="Weeks of care with bending and twisting, without traction.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(104),
                ],
                verbose_name="after lumbar discectomy or decompression",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fusion_uphill_weeks__range", (1, 104)),
                    ("knee_replacement_weeks__range", (1, 104)),
                    ("abdominal_strain_weeks__range", (1, 104)),
                    ("postnatal_weeks_limit__range", (1, 104)),
                ),
                name="practice_healing_weeks_in_bounds",
            ),
        ),
    ]
