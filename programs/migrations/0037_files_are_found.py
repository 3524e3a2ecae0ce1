"""Which files wait to leave, and which rows need a file of the bucket; while others go on."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("programs", "0036_files_may_leave")]

    operations = [
        AddIndexConcurrently(
            "handout",
            models.Index(
                condition=Q(stored_digest=""), fields=["practice", "id"], name="handouts_to_store"
            ),
        ),
        AddIndexConcurrently(
            "handout",
            models.Index(
                condition=~Q(stored_digest=""),
                fields=["stored_digest", "practice"],
                name="handouts_stored",
            ),
        ),
        AddIndexConcurrently(
            "exercisepicture",
            models.Index(
                condition=~Q(stored_digest=""),
                fields=["stored_digest", "practice"],
                name="pictures_stored",
            ),
        ),
        ValidateConstraint("handout", "handout_lies_in_one_place"),
        ValidateConstraint("exercisepicture", "picture_lies_in_one_place"),
    ]
