"""Entries of the audit that were written before say whose record they are about."""

from django.db import migrations

# Kind, table, and the way from a row of it to its case.
_KINDS = [
    ("patients.case", "SELECT id, id AS case_id FROM patients_case"),
    ("patients.alert", "SELECT id, case_id FROM patients_alert"),
    ("patients.screenanswer", "SELECT id, case_id FROM patients_screenanswer"),
    ("patients.functionalgoal", "SELECT id, case_id FROM patients_functionalgoal"),
    ("programs.program", "SELECT id, case_id FROM programs_program"),
    ("programs.patientaccess", "SELECT id, case_id FROM programs_patientaccess"),
    (
        "programs.programitem",
        "SELECT i.id, p.case_id FROM programs_programitem i "
        "JOIN programs_program p ON p.id = i.program_id",
    ),
    (
        "programs.issuedprescription",
        "SELECT i.id, p.case_id FROM programs_issuedprescription i "
        "JOIN programs_program p ON p.id = i.program_id",
    ),
    (
        "programs.override",
        "SELECT o.id, p.case_id FROM programs_override o "
        "JOIN programs_programitem i ON i.id = o.item_id "
        "JOIN programs_program p ON p.id = i.program_id",
    ),
    (
        "programs.reminder",
        "SELECT r.id, a.case_id FROM programs_reminder r "
        "JOIN programs_patientaccess a ON a.id = r.access_id",
    ),
]


def _fill() -> str:
    """One statement for each kind. The entries say what they said: only the empty column is set."""
    parts = [
        "UPDATE clinic_auditentry e SET patient = c.patient_id "  # noqa: S608
        f"FROM ({rows}) r JOIN patients_case c ON c.id = r.case_id "
        f"WHERE e.patient IS NULL AND e.target_kind = '{kind}' AND e.target_id = r.id::text;"
        for kind, rows in _KINDS
    ]
    patients = (
        "UPDATE clinic_auditentry e SET patient = p.id FROM patients_patient p "
        "WHERE e.patient IS NULL AND e.target_kind = 'patients.patient' "
        "AND e.target_id = p.id::text;"
    )
    return "\n".join([patients, *parts])


FORWARD = f"""
ALTER TABLE clinic_auditentry DISABLE TRIGGER clinic_auditentry_append_only;
{_fill()}
ALTER TABLE clinic_auditentry ENABLE TRIGGER clinic_auditentry_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0014_overrides_are_kept"),
        ("clinic", "0007_looks"),
        ("patients", "0015_one_save_one_line"),
    ]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
