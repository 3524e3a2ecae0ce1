"""A rule that the practice has signed is not called unreviewed where it judges."""

from typing import Any

import pytest
from django.test import Client

from clinic.models import Practice
from programs.exercises.library import library_for
from programs.exercises.rulebook.standings import digests_now
from programs.prescriptions.models import Program
from programs.verdicts.standing import decision_key
from tests import factories
from tests.programs.builder.test_builder_page import text
from tests.programs.conftest import MakeCase, judged
from tests.programs.exercises.rulebook.rules import put_exercise, put_rule
from tests.programs.exercises.rulebook.test_rule_review import sign

pytestmark = pytest.mark.django_db
NOT_YET = "Not yet reviewed by a registered physiotherapist"


@pytest.fixture
def page(make_case: MakeCase) -> str:
    """A program with a curl-up for somebody with osteoporosis, whom one rule speaks about."""
    put_rule("P-02")
    put_rule("P-06")
    put_exercise("curl-up")
    case = make_case(yes=("osteoporosis",))
    program: Program = factories.ProgramFactory(case=case)
    factories.ProgramItemFactory(program=program, slug="curl-up")
    return f"/programs/{program.pk}/"


def test_a_line_says_not_yet_reviewed_until_the_practice_has_signed(
    alice_client: Client, bob_client: Client, page: str
) -> None:
    assert NOT_YET in text(bob_client.get(page))
    assert sign(alice_client, "P-06") == 302
    after = text(bob_client.get(page))
    assert ("Rule P-06" in after, NOT_YET in after) == (True, False)


def test_it_says_so_again_once_the_signature_is_taken_back_or_the_rule_changes(
    alice_client: Client, page: str
) -> None:
    sign(alice_client, "P-06")
    put_rule("P-06", title="Osteoporosis, in other words")
    assert NOT_YET in text(alice_client.get(page))
    sign(alice_client, "P-06")
    assert NOT_YET not in text(alice_client.get(page))
    seen = digests_now()["P-06"]
    alice_client.post("/rules/P-06/", {"what": "withdraw", "seen": seen})
    assert NOT_YET in text(alice_client.get(page))


def test_a_signature_counts_for_its_own_practice_and_its_own_rule(
    alice_client: Client, practice: Practice, other_practice: Practice, page: str
) -> None:
    sign(alice_client, "P-06")
    here, there = library_for(practice).rules, library_for(other_practice).rules
    assert here["P-06"].reviewed_by == "Alice Archer, registration PH12345"
    assert here["P-06"].reviewed_on == "2026-11-20"
    assert (here["P-02"].reviewed_by, there["P-06"].reviewed_by) == ("", "")


def test_signing_asks_the_builder_for_no_query_more(
    alice_client: Client, practice: Practice, page: str, django_assert_num_queries: Any
) -> None:
    library_for(practice)
    with django_assert_num_queries(1):
        library_for(practice)
    sign(alice_client, "P-06")
    library_for(practice)
    with django_assert_num_queries(1):
        library_for(practice)


def test_signing_asks_nothing_anew_that_was_decided(
    alice_client: Client, practice: Practice, page: str
) -> None:
    program = Program.objects.get()
    before = [decision_key(reason) for reason in judged(program).standing.blocked]
    sign(alice_client, "P-06")
    after = judged(program).standing.blocked
    assert [decision_key(reason) for reason in after] == before
    assert [reason.reviewed for reason in after] == [True]
