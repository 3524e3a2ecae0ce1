"""A handout is printed once and kept: later downloads are a read, and the row is final."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic.models import Practice, User
from programs.access import link_card
from programs.access.models import PatientAccess
from programs.prescriptions.handout import handout
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from tests.factories import CaseFactory
from tests.programs.pdf import Pdf
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription
from tests.waiting import PATIENCE_S


@pytest.fixture
def issued(practice: Practice, alice: User) -> IssuedPrescription:
    return issue_for(
        CaseFactory(patient__practice=practice), alice, sample_prescription(1, figures=False)
    )


@pytest.fixture
def access(issued: IssuedPrescription) -> PatientAccess:
    return PatientAccess.objects.get(case=issued.program.case)


def test_the_kept_handout_is_what_rendering_gives_and_is_read_in_one_query_again(
    issued: IssuedPrescription, access: PatientAccess
) -> None:
    kept = handout.kept(issued, access, PrintOptions())
    card = link_card.access_card(access)
    assert bytes(kept.pdf) == handout.render(issued.prescription(), card)
    assert card.spaced_code in Pdf(bytes(kept.pdf)).text
    with CaptureQueriesContext(connection) as queries:
        again = handout.kept(issued, access, PrintOptions())
    assert (again.pk, bytes(again.pdf)) == (kept.pk, bytes(kept.pdf))
    assert len(queries) == 1


def test_large_print_and_a_renewed_link_are_handouts_of_their_own(
    issued: IssuedPrescription, access: PatientAccess, alice: User
) -> None:
    normal = handout.kept(issued, access, PrintOptions())
    large = handout.kept(issued, access, PrintOptions(large=True))
    PatientAccess.objects.filter(pk=access.pk).update(
        revoked_at=access.created_at, revoked_by=alice
    )
    renewed = PatientAccess.objects.create(case=access.case, created_by=alice)
    other = handout.kept(issued, renewed, PrintOptions())
    assert len({bytes(h.pdf) for h in (normal, large, other)}) == 3
    assert Handout.objects.count() == 3


def test_a_site_that_moved_prints_where_it_is_now(
    issued: IssuedPrescription, access: PatientAccess, settings: Any
) -> None:
    """As a trial server on another port, whose square code would lead nowhere."""
    here = handout.kept(issued, access, PrintOptions())
    assert "127.0.0.1:8000/p" in Pdf(bytes(here.pdf)).text
    settings.PUBLIC_URL = "http://127.0.0.1:8031"
    moved = handout.kept(issued, access, PrintOptions())
    assert "127.0.0.1:8031/p" in Pdf(bytes(moved.pdf)).text
    assert ":8000" not in Pdf(bytes(moved.pdf)).text
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    assert handout.kept(issued, access, PrintOptions()) == here


def test_the_card_leads_to_the_patient_s_door(access: PatientAccess) -> None:
    card = link_card.access_card(access)
    assert card.url == f"http://127.0.0.1:8000/p/{access.token}/"
    assert card.address_words == "127.0.0.1:8000/p"
    assert card.code == access.code


@pytest.mark.parametrize("changes", [["update", "delete"], ["delete", "update"]])
def test_a_kept_handout_can_neither_change_nor_vanish(
    changes: list[str], issued: IssuedPrescription, access: PatientAccess
) -> None:
    """Whichever is tried first: a connection plans a guard once and keeps the plan."""
    kept = handout.kept(issued, access, PrintOptions())
    rows = Handout.objects.filter(pk=kept.pk)
    for change in changes:
        refused = pytest.raises((IntegrityError, InternalError), match="is final")
        with refused, transaction.atomic():
            rows.update(pdf=b"other") if change == "update" else rows.delete()
    assert bytes(rows.get().pdf) == bytes(kept.pdf)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_keep_one_row(practice: Practice, alice: User) -> None:
    issued = issue_for(
        CaseFactory(patient__practice=practice), alice, sample_prescription(1, figures=False)
    )
    access = PatientAccess.objects.get(case=issued.program.case)
    kept: list[tuple[int, bytes]] = []
    ready = threading.Barrier(2, timeout=PATIENCE_S)

    def print_it() -> None:
        try:
            ready.wait()
            row = handout.kept(issued, access, PrintOptions())
            kept.append((row.pk, bytes(row.pdf)))
        finally:
            connection.close()

    threads = [threading.Thread(target=print_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(kept) == 2
    assert kept[0] == kept[1]
    assert Handout.objects.count() == 1
