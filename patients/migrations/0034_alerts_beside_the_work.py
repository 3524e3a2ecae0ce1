"""The index and the key of alerts that ``0014_one_event_one_card`` names, built beside the work."""

from django.db import migrations

from clinic.wall.columns import Steps
from clinic.wall.indexes import index_beside, other_key

OPEN = "WHERE acknowledged_at IS NULL AND ended_at IS NULL AND NOT (code = 'red_flag')"
SEEN = f"""patients_alert
(case_id, kind, code, item, COALESCE(facts ->> 'seen', ''), practice_id) {OPEN}"""
BEFORE = f"patients_alert (case_id, kind, code, item, practice_id) {OPEN}"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0033_cases_are_archived")]

    operations = [
        Steps(
            index_beside("alerts_by_occasion", "patients_alert (case_id, occasion)"),
            other_key("alert_open_once", SEEN, BEFORE, "'seen'"),
        )
    ]
