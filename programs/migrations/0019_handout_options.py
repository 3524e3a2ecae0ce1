"""A kept handout says how it was to be printed: large print is one way among several."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0018_secrets_are_sealed"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="handout", name="handout_once"),
        migrations.AddField(
            model_name="handout",
            name="options",
            field=models.CharField(default="", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.UniqueConstraint(
                fields=("prescription", "access", "large_print", "options", "address", "practice"),
                name="handout_once",
            ),
        ),
    ]
