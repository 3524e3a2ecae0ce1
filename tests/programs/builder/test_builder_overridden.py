"""What went out against the rules is told where the program is."""

import datetime as dt

from django.test import Client

from clinic.models import User
from programs.prescriptions.models import (
    Override,
    OverrideRevocation,
    Program,
)
from programs.verdicts.standing import decision_key
from tests import factories
from tests.clock import TODAY
from tests.programs.builder.test_builder_page import text, url
from tests.programs.builder.test_builder_program import issue
from tests.programs.conftest import judged


def test_an_issued_program_says_what_went_out_against_the_rules(
    draft: Program, alice_client: Client, bob: User
) -> None:
    """The words stay with the version, also when the override is taken back for the next one."""
    item = factories.ProgramItemFactory(program=draft, slug="curl-up")
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    override = Override.objects.create(
        item=item,
        rules=[decision_key(r) for r in judged(draft).standing.blocked],
        reason="Seen by the specialist.",
        made_by=bob,
        made_on=TODAY,
        expires_on=dt.date(2099, 1, 31),
    )
    issue(alice_client, draft)
    words = f"went out against the rules, by {bob} until 31 Jan 2099: Seen by the specialist."
    assert text(alice_client.get(url(draft))).count(words) == 1
    OverrideRevocation.objects.create(override=override, revoked_by=bob)
    assert text(alice_client.get(url(draft, "versions/"))).count(words) == 1


def test_an_override_taken_back_before_issuing_is_not_told(
    ready: Program, alice_client: Client, alice: User
) -> None:
    slip = Override.objects.create(
        item=ready.items.get(),
        rules=[],
        reason="A slip.",
        made_by=alice,
        made_on=TODAY,
        expires_on=TODAY,
    )
    OverrideRevocation.objects.create(override=slip, revoked_by=alice)
    issue(alice_client, ready)
    assert "against the rules" not in text(alice_client.get(url(ready)))
