"""What an index holds that another begins with goes, in the tables that came since."""

from django.db import migrations

from clinic.wall.indexes import no_index_twice

#: Model, its foreign key, what that leads to, and the name of the way back.
KEYS = [
    ("caserevision", "case", "patients.case", "revisions"),
    ("casesurgery", "case", "patients.case", "surgeries"),
    ("erasure", "practice", "clinic.practice", "erasures"),
    ("goalscore", "goal", "patients.functionalgoal", "scores"),
    ("nameword", "practice", "clinic.practice", "+"),
    ("patient", "practice", "clinic.practice", "patients"),
    ("visitamendment", "visit", "patients.visitnote", "amendments"),
    ("visitnote", "case", "patients.case", "visits"),
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0029_alerts_counted")]

    operations = no_index_twice("patients", KEYS)
