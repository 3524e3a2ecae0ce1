"""Where answers to a patient's letters go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinic", "0019_figure_people")]

    operations = [
        migrations.AddField(
            "practice",
            "reply_email",
            models.EmailField(
                "reply address",
                blank=True,
                default="",
                help_text="Where a patient’s answer to an e-mail with their link goes. Empty: to "
                "the address of this server, which nobody may read.",
            ),
            preserve_default=False,
        ),
    ]
