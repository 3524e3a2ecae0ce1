"""What each practice looks like, so that none is taken for another."""

import hashlib

from django.db import migrations, models

from clinic.parsing.alike import likeness


def mark(apps, schema_editor):
    """Say what each practice looks like; the later of two that look alike gets its number."""
    taken = set()
    for practice in apps.get_model("clinic", "Practice").objects.order_by("pk"):
        looks = likeness(practice.name, practice.city)
        if looks in taken:
            looks = f"{looks} {practice.pk}"
        taken.add(looks)
        practice.likeness = hashlib.sha256(looks.encode()).hexdigest()
        practice.save(update_fields=["likeness"])


class Migration(migrations.Migration):
    dependencies = [("clinic", "0007_looks")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="likeness",
            field=models.CharField(max_length=64, null=True, editable=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
