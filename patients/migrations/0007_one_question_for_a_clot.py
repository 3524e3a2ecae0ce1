"""Signs of a clot in a leg were asked twice; what was answered to the one counts for both now.

Rows stay as they are. The answer that counts is added once more under the question that is still
asked, with who gave it and when, and with its clearance.
"""

from django.db import migrations
from django.db.models import F

OLD, NEW = "dvt_suspected", "rf_dvt_pattern"
#: Which of two answers is the more careful one.
CARE = {"unknown": 0, "no": 1, "cleared": 2, "yes": 3}


def copy_answers(apps, schema_editor):
    answer = apps.get_model("patients", "ScreenAnswer")
    clearance = apps.get_model("patients", "RedFlagClearance")
    latest = {}
    for row in answer.objects.filter(code__in=[OLD, NEW]).order_by("pk").iterator():
        latest[row.case_id, row.code] = row
    notes = {
        note.answer_id: note
        for note in clearance.objects.filter(answer__code__in=[OLD, NEW]).iterator()
    }
    for (case, code), row in latest.items():
        if code != OLD or _care(row, notes) <= _care(latest.get((case, NEW)), notes):
            continue
        made = answer.objects.create(
            case_id=case,
            kind="red_flag",
            code=NEW,
            answer=row.answer,
            answered_by_id=row.answered_by_id,
            answered_at=row.answered_at,
            copied_from=row,
        )
        if row.pk in notes:
            note = notes[row.pk]
            clearance.objects.create(
                answer=made,
                cleared_by_id=note.cleared_by_id,
                cleared_at=note.cleared_at,
                note=note.note,
            )


def _care(row, notes):
    if row is None:
        return CARE["unknown"]
    return CARE["cleared" if row.pk in notes else row.answer]


def take_copies_back(apps, schema_editor):
    """Only copies go; a clearance that was written on one moves to the answer it was copied from."""
    answer = apps.get_model("patients", "ScreenAnswer")
    clearance = apps.get_model("patients", "RedFlagClearance")
    copies = answer.objects.filter(copied_from__isnull=False, code=NEW)
    on_copies = clearance.objects.filter(answer__in=copies)
    kept = set(clearance.objects.values_list("answer_id", flat=True))
    for note in on_copies.annotate(original=F("answer__copied_from")):
        if note.original not in kept:
            clearance.objects.create(
                answer_id=note.original,
                cleared_by_id=note.cleared_by_id,
                cleared_at=note.cleared_at,
                note=note.note,
            )
    on_copies.delete()
    copies.delete()


def _guard(table, how):
    return f"ALTER TABLE {table} {how} TRIGGER {table}_is_kept;"


TABLES = ["patients_redflagclearance", "patients_screenanswer"]


class Migration(migrations.Migration):
    dependencies = [("patients", "0006_sex_sides_and_birth")]

    # Going forward only adds. Going back has to take rows away, and opens the guard for that alone;
    # operations are undone from the last to the first.
    operations = [
        *[migrations.RunSQL("", _guard(table, "ENABLE")) for table in TABLES],
        # Rows that wait for their foreign keys to be checked would keep the guard from closing.
        migrations.RunSQL("", "SET CONSTRAINTS ALL IMMEDIATE;"),
        migrations.RunPython(copy_answers, take_copies_back),
        *[migrations.RunSQL("", _guard(table, "DISABLE")) for table in TABLES],
    ]
