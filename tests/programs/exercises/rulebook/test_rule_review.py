"""A physiotherapist signs a rule or leaves a comment; a changed rule is unsigned again."""

import csv
import io

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from clinic.models import AuditEntry, Practice, Role, User
from programs.exercises.rulebook.models import RuleReview
from programs.exercises.rulebook.standings import digests_now
from tests.every_row import every
from tests.programs.builder.test_builder_page import text
from tests.programs.exercises.rulebook.rules import put_rule

pytestmark = pytest.mark.django_db
SIGNED = {"what": "sign", "name": "Alice Archer", "registration": "PH12345"}


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    put_rule("P-02")
    put_rule("R01")


def sign(client: Client, code: str = "P-02", **changed: str) -> int:
    """Sign the rule as it is now, on the suite's day; the status."""
    data = {**SIGNED, "seen": digests_now()[code], "signed_on": "2026-11-20", **changed}
    return client.post(f"/rules/{code}/", data).status_code


def test_a_signed_rule_says_by_whom_and_counts(alice_client: Client, bob_client: Client) -> None:
    assert "None of them has been reviewed" in text(alice_client.get("/rules/"))
    assert sign(alice_client) == 302
    page = text(bob_client.get("/rules/"))
    assert "1 of 2 rules signed in your practice." in page
    assert "Signed by Alice Archer, registration PH12345, on 20 Nov 2026" in page
    assert "Signed by Alice Archer, registration PH12345" in text(bob_client.get("/rules/P-02/"))
    assert "P-02" not in text(bob_client.get("/rules/?state=unsigned"))
    assert "R01" not in text(bob_client.get("/rules/?state=signed"))


def test_a_changed_rule_falls_back_to_unsigned(alice_client: Client) -> None:
    sign(alice_client)
    put_rule("P-02", title="Open wound near the low back")
    assert "None of them has been reviewed" in text(alice_client.get("/rules/"))
    page = text(alice_client.get("/rules/?state=changed"))
    said = "Not signed: changed since Alice Archer signed version 1 on 20 Nov 2026"
    assert (said in page, "R01" in page) == (True, False)
    assert "version 1, which has changed since" in text(alice_client.get("/rules/P-02/"))


def test_a_rule_that_changed_while_it_was_read_is_not_signed(alice_client: Client) -> None:
    before = digests_now()["P-02"]
    put_rule("P-02", title="Another title")
    data = {**SIGNED, "seen": before, "signed_on": "2026-11-20", "registration": "PH98765"}
    answer = alice_client.post("/rules/P-02/", data)
    assert (answer.status_code, RuleReview.objects.count()) == (409, 0)
    assert "This rule has changed while the page was open" in text(answer)
    assert 'value="PH98765"' in answer.content.decode()


@every(
    ("field", "value", "said"),
    [
        ("name", "", "Say who signs."),
        ("registration", " ", "Give the number under which"),
        ("signed_on", "2026-11-21", "This day is still to come."),
    ],
)
def test_a_signature_without_a_part_is_refused_and_kept(
    alice_client: Client, field: str, value: str, said: str
) -> None:
    data = {**SIGNED, "seen": digests_now()["P-02"], "signed_on": "2026-11-20", field: value}
    answer = alice_client.post("/rules/P-02/", data)
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert 'value="2026-11-2' in answer.content.decode()
    assert not RuleReview.objects.exists()


def test_comments_stand_with_the_rule_and_a_signature_can_be_taken_back(
    alice_client: Client, bob_client: Client
) -> None:
    seen = digests_now()["P-02"]
    doubt = {"what": "comment", "seen": seen, "words": "What of a healed <b>scar</b>?"}
    for _ in range(2):
        bob_client.post("/rules/P-02/", doubt)
        sign(alice_client)
    page = alice_client.get("/rules/P-02/").content.decode()
    assert "What of a healed &lt;b&gt;scar&lt;/b&gt;?" in page
    assert "· 1 comment" in text(alice_client.get("/rules/?state=comments"))
    assert alice_client.post("/rules/P-02/", {"what": "withdraw", "seen": seen}).status_code == 302
    assert "Signature taken back" in text(alice_client.get("/rules/P-02/"))
    again = alice_client.post("/rules/P-02/", {"what": "withdraw", "seen": seen})
    assert "This rule is not signed as it stands." in text(again)
    kinds = ["comment", "signed", "withdrawn"]
    assert list(RuleReview.objects.values_list("kind", flat=True)) == kinds
    told = AuditEntry.objects.filter(action__startswith="rule.").order_by("pk")
    assert [entry.action for entry in told] == [f"rule.{kind}" for kind in kinds]
    assert told[0].details == {"rule": "P-02@1"}


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.READ_ONLY])
def test_others_read_and_do_not_sign(
    practice: Practice, bob: User, bob_client: Client, role: Role
) -> None:
    practice.memberships.filter(user=bob).update(role=role)
    page = text(bob_client.get("/rules/P-02/"))
    assert ("Open wound on the low back" in page, "Sign this rule" in page) == (True, False)
    assert sign(bob_client) == 403
    assert bob_client.get("/rules/review/").status_code == 200


def test_another_practice_sees_nothing_of_it(alice_client: Client, charlie_client: Client) -> None:
    sign(alice_client)
    assert "Alice Archer" not in text(charlie_client.get("/rules/P-02/"))
    assert "None of them has been reviewed" in text(charlie_client.get("/rules/"))
    assert b"Alice Archer" not in b"".join(charlie_client.get("/rules/review/"))


def test_nothing_that_was_said_changes(alice_client: Client) -> None:
    sign(alice_client)
    for change in (RuleReview.objects.all().delete, lambda: RuleReview.objects.update(name="X")):
        with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
            change()


def test_all_is_one_document_and_one_table(alice_client: Client, bob_client: Client) -> None:
    sign(alice_client)
    words = {"what": "comment", "seen": digests_now()["R01"], "words": "=1+1 is no source"}
    bob_client.post("/rules/R01/", words)
    answer = alice_client.get("/rules/review/")
    page = b"".join(answer).decode()
    assert "1 of 2 rules signed." in page
    assert "registration PH12345" in page
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rules-2026-11-20.html"'
    table = b"".join(alice_client.get("/rules/review/?as=csv")).decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(table))
    assert (first["Rule"], first["Registration"], first["Signed on"]) == (
        "P-02", "PH12345", "2026-11-20",
    )  # fmt: skip
    assert second["Comments"] == "Bob Brown: =1+1 is no source"


@every("asked", ["P-02", "p02", "wound", "sore skin back", "C20"])
def test_a_rule_is_found_by_number_word_region_and_source(alice_client: Client, asked: str) -> None:
    page = text(alice_client.get("/rules/", {"q": asked}))
    assert "Open wound on the low back" in page
    assert "1 rule found." in page


def test_what_is_in_no_rule_is_said(alice_client: Client) -> None:
    assert "No rule has all of these words" in text(alice_client.get("/rules/?q=trampoline"))
    assert alice_client.get("/rules/R99/").status_code == 404


def test_a_practices_own_weeks_stand_in_the_words(practice: Practice, alice_client: Client) -> None:
    put_rule("P-09")
    practice.fusion_weeks = 14
    practice.save()
    assert "less than 14 weeks ago" in text(alice_client.get("/rules/P-09/"))
