"""The number beside the inbox, which is on every page: answered by an index of what waits."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import Practice
from patients.inbox.entries import Show, shown, waiting_in
from patients.models import Alert
from tests import factories

DONE, OPEN = 150, 3


def alerts(practice: Practice, count: int, **values: Any) -> None:
    case = factories.CaseFactory(patient__practice=practice)
    one = factories.AlertFactory.build(case=case, **values)
    fields = {f.attname: getattr(one, f.attname) for f in Alert._meta.concrete_fields}
    fields |= {"id": None, "practice_id": practice.pk}
    Alert.objects.bulk_create(
        Alert(**{**fields, "occasion": str(n), "item": str(n), "event": str(n)})
        for n in range(count)
    )


def seen() -> dict[str, Any]:
    """What an alert holds that somebody has acknowledged."""
    by = factories.UserFactory()
    return {"acknowledged_at": timezone.now(), "acknowledged_by": by, "note": "Seen."}


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", ()) for node in nodes(part))]


def test_what_was_dealt_with_is_not_read_for_it(
    practice: Practice, other_practice: Practice
) -> None:
    for owner in (practice, other_practice):
        alerts(owner, DONE, **seen())
        alerts(owner, OPEN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE patients_alert")
    assert shown(practice, Show.OPEN).count() == OPEN
    with CaptureQueriesContext(connection) as asked:
        assert waiting_in(practice) == OPEN
    sql = asked.captured_queries[-1]["sql"].rsplit("; ", 1)[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()[0]
    scans = [node for node in nodes(plan["Plan"]) if "Scan" in node["Node Type"]]
    used = {node["Index Name"] for node in scans if "Index Name" in node}
    assert used & {"alerts_counted", "alerts_waiting"}
    assert (
        sum(n["Actual Rows"] * n["Actual Loops"] for n in scans if "Relation Name" in n) <= 2 * OPEN
    )
