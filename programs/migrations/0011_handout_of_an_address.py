"""A kept handout names the site that is printed on it: where that moved, another is printed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0010_screen_waivers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="handout",
            name="handout_once",
        ),
        migrations.AddField(
            model_name="handout",
            name="address",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="handout",
            constraint=models.UniqueConstraint(
                fields=("prescription", "access", "large_print", "address"), name="handout_once"
            ),
        ),
    ]
