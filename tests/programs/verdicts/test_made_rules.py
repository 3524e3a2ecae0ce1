"""An owner writes a rule: shown before it holds, judged like the others, and never milder."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.models import AuditEntry, Practice, User
from clinic.parsing.errors import DefinitionError
from programs.exercises.catalogue_files import built_in
from programs.exercises.library import library_for
from programs.exercises.rulebook.models import MadeRule
from programs.prescriptions.models import Program
from programs.rules.book import SEVERITY
from programs.rules.engine import judge
from programs.rules.facts import CaseFacts, ConditionFact
from programs.rules.made import MADE_VERDICTS, made_rule, read_or_warn
from programs.verdicts.recheck import recheck_live
from tests import factories
from tests.every_row import every
from tests.programs.builder.test_builder_page import text
from tests.programs.conftest import SCREEN, MakeCase, judged
from tests.programs.exercises.rulebook.rules import put_exercise, put_rule
from tests.programs.verdicts.test_recheck import live

NEW = "/rules/own/new/"
TYPED = {
    "title": "No curling after our surgeon’s repair",
    "verdict": "contraindicated",
    "conditions": ["lumbar_foraminal_stenosis"] * 2,
    "together": "any",
    "flags": ["head_lift"],
    "reason": "Dr Vale asks \u202efor {no} curling.",
    "patient": "Leave this one out.",
    "source": "Dr Vale, letter of May 2026",
    "why": "She asked for it.",
}
TABLE: dict[str, Any] = {
    "id": "OWN-1", "version": 1, "title": "Ours", "source": "own", "item": "Letter",
    "evidence": "practice",
    "clause": [{"verdict": "caution", "reason": "Ours.", "patient": "Go gently."}],
}  # fmt: skip


def confirm(client: Client, address: str, typed: dict[str, Any]) -> str:
    """Look at what it touches, then let it hold; what was shown."""
    sent = {"token": str(uuid4()), **typed}
    shown = client.post(address, sent)
    assert shown.status_code == 200, shown.context["form"].errors
    found = re.findall(r'name="(seen|confirmed)" value="([^"]*)"', shown.content.decode())
    for _ in range(2):
        assert client.post(address, {**sent, **dict(found)}).status_code == 302
    return text(shown)


@pytest.fixture
def running(make_case: MakeCase, alice: User) -> Program:
    """A curl-up that nothing spoke against when it went out."""
    for slug in ("curl-up", "dead-bug"):
        put_exercise(slug)
    put_rule("P-02")
    return live(make_case(no=SCREEN), alice, "curl-up", "dead-bug")


def test_a_rule_shows_whom_it_touches_then_holds_and_says_whose_it_is(
    running: Program, practice: Practice, alice_client: Client
) -> None:
    shown = confirm(alice_client, NEW, TYPED)
    assert "1 running program would be touched" in shown
    assert "Small curl-up: Suitable becomes Not for this patient" in shown
    assert "In a made-up patient with Lumbar foraminal stenosis" in shown
    row = MadeRule.objects.get()
    assert (row.rule, row.version, str(row.made_by)) == ("OWN-1", 1, "Alice Archer")
    practice.refresh_from_db()
    (flag,) = recheck_live(practice, running.case)
    assert flag.reason == "Dr Vale asks for (no) curling."
    program = factories.ProgramFactory(case=factories.CaseFactory(patient=running.case.patient))
    factories.ConditionFactory(case=program.case, code="lumbar_foraminal_stenosis", side="left")
    factories.ProgramItemFactory(program=program, slug="curl-up")
    assessment = judged(program).assessment
    assert assessment is not None
    assert [(r.rule, r.verdict) for r in assessment.reasons] == [("OWN-1", "contraindicated")]
    words = text(alice_client.get(f"/programs/{program.pk}/"))
    assert "Your practice: a rule of your own, from: Dr Vale, letter of May 2026" in words
    assert AuditEntry.objects.get(action="rule.make").details["verdict"] == "contraindicated"


def test_it_has_a_page_is_signed_changed_and_taken_out(
    running: Program, practice: Practice, alice_client: Client
) -> None:
    confirm(alice_client, NEW, TYPED)
    digest = MadeRule.objects.get().digest
    signed = {"what": "sign", "seen": digest, "name": "Alice Archer", "registration": "PH1",
              "signed_on": "2026-11-20"}  # fmt: skip
    page = text(alice_client.post("/rules/OWN-1/", signed, follow=True))
    assert "Signed by Alice Archer, registration PH1" in page
    assert "Change it" in page
    confirm(alice_client, "/rules/OWN-1/edit/", {**TYPED, "verdict": "caution"})
    page = text(alice_client.get("/rules/OWN-1/"))
    assert "Not signed: changed since Alice Archer signed version 1" in page
    assert "Version 2, 20 Nov 2026: She asked for it." in page
    out = {"what": "retire", "seen": str(MadeRule.objects.last().pk)}  # type: ignore[union-attr]
    refused = alice_client.post("/rules/OWN-1/edit/", out)
    assert (refused.status_code, "Say why it goes." in text(refused)) == (422, True)
    shown = alice_client.post("/rules/OWN-1/edit/", {**out, "why_out": "She has\0 left."})
    assert "1 running program would be touched" in text(shown)
    assert "would hold no longer, because: She has left." in text(shown)
    assert "Small curl-up: Take care becomes Suitable" in text(shown)
    assert "OWN-1" in library_for(Practice.objects.get(pk=practice.pk)).rules, "shown, not done"
    done = {**out, "why_out": "She has left.", "confirmed": out["seen"]}
    for _ in range(2):
        gone = alice_client.post("/rules/OWN-1/edit/", done)
        assert gone.headers["Location"] == "/rules/"
    assert alice_client.get("/rules/OWN-1/").status_code == 404
    assert "OWN-1" not in library_for(Practice.objects.get(pk=practice.pk)).rules
    assert [row.live for row in MadeRule.objects.all()] == [True, True, False]
    with pytest.raises(DatabaseError), transaction.atomic():
        MadeRule.objects.filter(version=1).update(why="Another")


def test_a_form_that_was_kept_says_so_when_it_comes_with_other_words(
    running: Program, alice_client: Client
) -> None:
    sent = {**TYPED, "token": str(uuid4())}
    confirm(alice_client, NEW, sent)
    other = {**sent, "verdict": "caution"}
    shown = alice_client.post(NEW, other)
    answer = alice_client.post(NEW, {**other, "confirmed": shown.context["confirmed"]})
    assert answer.status_code == 409
    assert "This form is kept already, as rule OWN-1." in text(answer)
    assert MadeRule.objects.get().data["clause"][0]["verdict"] == "contraindicated"


def test_what_is_missing_is_told_and_another_practice_has_nothing_of_it(
    running: Program, alice_client: Client, bob_client: Client, charlie_client: Client
) -> None:
    nothing = {**TYPED, "conditions": [], "flags": []}
    answer = alice_client.post(NEW, nothing)
    assert answer.status_code == 422
    assert "Tick which patients or which exercises it is about." in text(answer)
    milder = alice_client.post(NEW, {**TYPED, "verdict": "preferred"})
    assert milder.context["form"].errors == {"verdict": ["Choose from the list."]}
    assert bob_client.get(NEW).status_code == 403
    confirm(alice_client, NEW, TYPED)
    assert charlie_client.get("/rules/OWN-1/edit/").status_code == 404
    assert charlie_client.get("/rules/OWN-1/").status_code == 404


@every("verdict", ["ok", "preferred", "adapt", "info", "urgent"])
def test_a_stored_rule_can_only_warn_or_forbid(verdict: str) -> None:
    clause = {**TABLE["clause"][0], "verdict": verdict, "case": {"age_from": 60}}
    if verdict == "adapt":
        clause["modification"] = "Half of it."
    with pytest.raises(DefinitionError):
        made_rule({**TABLE, "clause": [clause]})


def test_a_rule_that_can_no_longer_be_read_asks_for_care_with_everything() -> None:
    clause = {**TABLE["clause"][0], "case": {"conditions": ["gone"]}}
    rule = read_or_warn({**TABLE, "clause": [clause]})
    dead_bug = built_in().definitions["dead-bug"].traits
    found = judge([rule], CaseFacts(), "dead-bug", dead_bug, "")
    assert found.verdict == "caution"
    assert found.reasons[0].reason.startswith("The rule “Ours” of your practice can no longer")


_CODES = ("lumbar_foraminal_stenosis", "disc_herniation_acute", "hyperlordosis")
_SLUGS = ("childs-pose", "curl-up", "walking", "prone-press-up", "seated-back-flexion")


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(MADE_VERDICTS),
    st.sets(st.sampled_from(_CODES)),
    st.sets(st.sampled_from(_CODES)),
    st.sampled_from(["", "flexion", "extension"]),
    st.sampled_from(_SLUGS),
)
def test_a_rule_of_a_practice_never_makes_a_verdict_milder(
    verdict: str, asked: set[str], there: set[str], way: str, slug: str
) -> None:
    clause: dict[str, Any] = {**TABLE["clause"][0], "verdict": verdict, "case": {"age_from": 60}}
    if asked:
        clause["case"] = {"conditions": sorted(asked)}
    if way:
        clause["exercise"] = {"movements": [{"directions": [way]}]}
    facts = CaseFacts(
        conditions=tuple(ConditionFact(code, "right") for code in sorted(there)), age=70
    )
    rules, traits = built_in().rules, built_in().definitions[slug].traits
    before = judge(rules, facts, slug, traits, "").verdict
    after = judge(
        [*rules, made_rule({**TABLE, "clause": [clause]})], facts, slug, traits, ""
    ).verdict
    assert SEVERITY[after] >= SEVERITY[before]
