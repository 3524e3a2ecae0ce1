"""Every address that shows a patient's record leaves an entry of who looked.

A new kind of argument fails here until it is said whose record it leads to, or that it leads to
none.
"""

from django.conf import settings

from clinic.models import Role
from tests.guards.addresses import every_address
from tests.guards.test_signin import OPEN
from tests.guards.walk import Stop

NO_RECORD = {
    "exercise_id", "frame", "invitation_id", "membership_id", "named", "picture_id", "pk",
    "rule_id", "side", "signed_in_id", "starter_id", "wanted", "wish_id",
}  # fmt: skip
"""What belongs to the practice or its catalogue, and to no patient; ``pk`` is a passkey, and the
page of ``wanted`` handouts says only how many are ready."""
WITHIN = {
    "access_id", "answer_id", "code", "goal_id", "item", "item_id", "merge_id", "version",
    "visit_id",
}  # fmt: skip
"""What is found below a case, a program or a patient, which the same address names."""
WITH_ARGUMENTS = [a for a in every_address() if a.converters and a.name not in OPEN]
OF_A_RECORD = [a for a in WITH_ARGUMENTS if set(a.converters) & set(settings.RECORD_ARGUMENTS)]


def test_every_argument_has_its_place() -> None:
    found = {name for address in WITH_ARGUMENTS for name in address.converters}
    assert found == set(settings.RECORD_ARGUMENTS) | NO_RECORD | WITHIN


def test_what_is_below_a_record_comes_with_it() -> None:
    alone = [a.name for a in WITH_ARGUMENTS if set(a.converters) & WITHIN and a not in OF_A_RECORD]
    assert alone == []


def what_is_shown_is_kept(stop: Stop) -> list[str]:
    if stop.address not in OF_A_RECORD:
        return []
    wrong = []
    for how, told in (("asked", stop.asked), ("sent", stop.sent_by(Role.OWNER))):
        shown = told.status < 300
        if bool(told.looks) != shown:
            wrong.append(f"{how}: status {told.status}, {len(told.looks)} looks kept")
        # What shows something of others as well has a row without a patient besides.
        lists = int(shown and stop.name in settings.RECORD_LISTS)
        if (alone := [row.patient for row in told.looks].count(None)) != lists:
            wrong.append(f"{how}: {alone} looks kept without a patient")
    return wrong


def a_list_is_kept_without_a_patient(stop: Stop) -> list[str]:
    if stop.name not in settings.RECORD_LISTS:
        return []
    rows = [(row.patient, row.case) for row in stop.ask(Role.OWNER, {"q": "Hannah"}).looks]
    return [] if rows.count((None, None)) == 1 else [f"a list is kept as {rows}"]
