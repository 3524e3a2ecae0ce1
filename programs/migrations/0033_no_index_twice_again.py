"""What an index holds that another begins with goes, in the tables that came since."""

from django.db import migrations

from clinic.wall.indexes import no_index_twice

#: Model, its foreign key, what that leads to, and the name of the way back.
KEYS = [
    ("exerciseuse", "practice", "clinic.practice", "+"),
    ("handout", "prescription", "programs.issuedprescription", "handouts"),
    ("linksent", "access", "programs.patientaccess", "sendings"),
    ("remindermail", "reminder", "programs.reminder", "mails"),
    ("screenwaiver", "prescription", "programs.issuedprescription", "waivers"),
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("programs", "0032_asked_by_the_version")]

    operations = no_index_twice("programs", KEYS)
