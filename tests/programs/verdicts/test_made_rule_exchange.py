"""A practice's own rules go out as a file, and come into another after a look, all or none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clinic.models import AuditEntry, Practice, User
from programs.exercises.rulebook.made_actions import MOST_MADE, keep_made, retire_made
from programs.exercises.rulebook.models import MadeRule
from programs.prescriptions.models import Program
from tests.programs.builder.test_builder_page import text
from tests.programs.verdicts.test_made_rules import TYPED, confirm, running
from tests.undone import undone

__all__ = ["running"]
pytestmark = pytest.mark.django_db
URL, NEW = "/rules/own/exchange/", "/rules/own/new/"
WHY = {"why": "As our sister practice has it."}


def rule(title: str = "Ours", **parts: Any) -> dict[str, Any]:
    """A stored rule without its number and version."""
    clause: dict[str, Any] = {"verdict": "caution", "reason": "Ours.", "patient": "Go gently."}
    clause |= {"case": {"conditions": ["sciatica"]}, **parts}
    head = {"title": title, "source": "own", "item": "Letter", "evidence": "practice"}
    return {**head, "clause": [clause]}


def as_file(client: Client) -> bytes:
    return b"".join(client.get(f"{URL}?as=toml"))


def look(client: Client, raw: bytes, name: str = "own.toml") -> Any:
    return client.post(URL, {"what": "look", "file": SimpleUploadedFile(name, raw)})


def hold(client: Client, shown: Any, **sent: str) -> Any:
    """Press the button of the page."""
    page = shown.context
    kept = {"kept": page["form"].text, "toml": "on", "confirmed": page["found"].digest}
    return client.post(URL, {"what": "keep", **kept, **WHY, **sent})


def test_rules_go_out_and_come_into_another_practice_as_they_were(
    running: Program, other_practice: Practice, alice_client: Client, charlie_client: Client
) -> None:
    confirm(alice_client, NEW, TYPED)
    both = {"conditions": ["sciatica"], "surgeries": ["lumbar_fusion"], "together": "all",
            "part": "lumbar", "direction": "flexion", "side": "same"}  # fmt: skip
    confirm(
        alice_client, NEW, {**TYPED, "title": "“Both” \\ of them", "verdict": "caution", **both}
    )
    raw = as_file(alice_client)
    assert b"OWN-" not in raw
    shown = look(charlie_client, raw)
    page = text(shown)
    assert "2 rules to bring in; no running program is touched" in page
    assert "Not for this patient No curling after our surgeon’s repair" in page
    assert not other_practice.made_rules.exists()
    refused = hold(charlie_client, shown, why=" ")
    assert (refused.status_code, "Say why you bring them in." in text(refused)) == (422, True)
    assert not other_practice.made_rules.exists()
    for _ in range(2):
        assert hold(charlie_client, shown).status_code in (200, 302)
    came = list(other_practice.made_rules.order_by("pk"))
    went = list(MadeRule.objects.exclude(practice=other_practice).order_by("pk"))
    assert [row.data for row in came] == [row.data for row in went]
    assert [(row.rule, row.why, str(row.made_by)) for row in came] == [
        ("OWN-1", WHY["why"], "Charlie Cole"),
        ("OWN-2", WHY["why"], "Charlie Cole"),
    ]
    made = AuditEntry.objects.filter(practice=other_practice, action="rule.make")
    assert made.count() == 2
    again = text(look(charlie_client, raw))
    assert "There is nothing new in this file" in again
    assert "Here already: No curling after our surgeon’s repair, “Both” \\ of them." in again
    # It is a rule like one that was written there: the page for it opens.
    assert charlie_client.get("/rules/OWN-2/edit/").status_code == 200


def test_what_a_file_would_touch_is_seen_before_it_holds(
    running: Program, practice: Practice, alice: User, alice_client: Client
) -> None:
    confirm(alice_client, NEW, TYPED)
    raw = as_file(alice_client)
    row = MadeRule.objects.get()
    retire_made(practice=practice, actor=alice, rule=row.rule, seen=row.pk, why="x", key=uuid4())
    shown = look(alice_client, raw)
    assert "1 rule to bring in; 1 running program would be touched" in text(shown)
    assert "Small curl-up: Suitable becomes Not for this patient" in text(shown)
    # Without a look, and after the rules have changed, it is shown and not kept.
    kept = {"what": "keep", "kept": raw.decode(), "toml": "on", **WHY}
    assert alice_client.post(URL, kept).status_code == 200
    assert alice_client.post(URL, {**kept, "confirmed": "other"}).status_code == 200
    assert MadeRule.objects.filter(live=True).count() == 1
    assert hold(alice_client, shown).status_code == 302
    newest = MadeRule.objects.latest("pk")
    assert (newest.rule, newest.live, newest.data["clause"]) == ("OWN-2", True, row.data["clause"])


def test_only_owners_and_only_what_holds_goes_out(
    practice: Practice, alice: User, alice_client: Client, bob_client: Client
) -> None:
    first = keep_made(practice=practice, actor=alice, data=rule("Gone"), why="w", key=uuid4())
    keep_made(practice=practice, actor=alice, data=rule("Here"), why="w", key=uuid4())
    retire_made(
        practice=practice, actor=alice, rule=first.rule, seen=first.pk, why="x", key=uuid4()
    )
    assert b"Here" in as_file(alice_client)
    assert b"Gone" not in as_file(alice_client)
    assert bob_client.get(f"{URL}?as=toml").status_code == 403
    assert look(bob_client, as_file(alice_client)).status_code == 403


def test_a_name_that_is_taken_and_too_many_are_told(
    practice: Practice, alice: User, alice_client: Client, charlie_client: Client
) -> None:
    for number in range(MOST_MADE):
        data = rule(f"Rule {number}")
        keep_made(practice=practice, actor=alice, data=data, why="w", key=uuid4())
    raw = as_file(alice_client)
    one = b"[[rule]]" + raw.split(b"[[rule]]")[1]
    page = text(look(alice_client, one.replace(b"Go gently", b"Go slowly")))
    assert "Rule 0 , title: a rule is called this already" in page
    page = text(look(alice_client, one.replace(b"Rule 0", b"Another")))
    assert "Another , rule: a practice has at most 50 rules of its own" in page
    shown = look(charlie_client, raw)
    assert len(shown.context["found"].rules) == MOST_MADE
    assert "more than 50 rules" in text(look(charlie_client, raw + one))
    twice = text(look(charlie_client, one + one.replace(b"Go gently", b"Go slowly")))
    assert "Rule 0 , title: a rule is called this already" in twice


HEAD = b'[[rule]]\ntitle = "A"\nitem = "L"\n'
GOOD = (
    b'{ verdict = "caution", reason = "R.", patient = "P.", case = { conditions = ["sciatica"] } }'
)


def with_clause(old: str, new: str) -> bytes:
    return HEAD + b"clause = [" + GOOD.replace(old.encode(), new.encode()) + b"]"


def test_a_rule_written_by_hand_is_read(alice_client: Client) -> None:
    raw = with_clause('["sciatica"]', '["sciatica", "facet_joint_pain"]')
    shown = look(alice_client, raw)
    assert (shown.status_code, len(shown.context["found"].rules)) == (200, 1), text(shown)


HOSTILE = [
    ("a.toml", b"x = 1", "“x” is not known."),
    ("a.toml", b"rule = 1", "Write each one below a line [[rule]]."),
    ("a.toml", b"[[rule]]\ntitle = ", "cannot be read as TOML"),
    ("a.toml", b"a = " + b"[" * 5000, "The file"),
    ("a.toml", b"\xff\xfe\x00", "no text"),
    ("a.toml", b'[[rule]]\ntitle = "a\\u0000"', "has a character that is no text"),
    ("a.toml", b"[[rule]]\ntitle = 3", "rule 1 , title: "),
    ("a.toml", b"# nothing", "There is no rule in this file."),
    ("a.toml", b"[[rule]]\n" * 51, "There are more than 50 rules."),
    ("a.toml", b"[[rule]]\n" + b"a." * 20_000 + b"a = 1", "The file is nested too deeply."),
    ("a.toml", b"[[rule]]\ntitle = nan", "a number in the file that is too large, or no"),
    ("a.toml", b"x" * 1_000_001, "larger than 1000 kB"),
    ("a.csv", b"What\nrule", "Choose a TOML file: its name ends in .toml."),
    ("a.toml", HEAD, "A , clause: is missing"),
    ("a.toml", HEAD + b'id = "P-06"', "A , id: is given by the practice that keeps"),
    ("a.toml", HEAD + b"version = 9", "A , version: is given by the practice"),
    ("a.toml", b'level = "case"\n' + HEAD, "“level” is not known."),
    ("a.toml", HEAD + b'level = "case"\nclause = [' + GOOD + b"]", "verdict: 'caution' is not"),
    ("a.toml", HEAD + b'source = "S1"\nclause = [' + GOOD + b"]", "'S1' is not a known source"),
    ("a.toml", HEAD + b'evidence = "guideline"\nclause = [' + GOOD + b"]", "A , evidence"),
    ("a.toml", HEAD + b'reviewed_by = "X"\nclause = [' + GOOD + b"]", "A , reviewed_by"),
    ("a.toml", with_clause('"caution"', '"preferred"'), "verdict: 'preferred' is not one of"),
    ("a.toml", with_clause('"caution"', '"ok"'), "A , clause[1].verdict: 'ok' is not known"),
    ("a.toml", with_clause('"P."', '"P.", arm = "A."'), "A , clause: is not written as"),
    ("a.toml", with_clause('"P."', '"P.", when = "nowhere"'), "'nowhere' is not"),
    ("a.toml", with_clause('["sciatica"]', '["nothing"]'), "'nothing' is not"),
    ("a.toml", with_clause('conditions = ["sciatica"]', "age_from = 60"), "A , rule: Tick"),
    ("a.toml", with_clause(', patient = "P."', ""), "A , clause[1].patient: is missing"),
    ("a.toml", with_clause('"R."', '"' + "R" * 501 + '"'), "A , reason: "),
    ("a.toml", HEAD + b"clause = [" + GOOD + b", " + GOOD + b"]", "A , clause: is not written"),
]


def test_a_hostile_file_gets_a_plain_answer_and_nothing_milder_comes_in(
    alice_client: Client,
) -> None:
    wrong = []
    for name, raw, said in HOSTILE:
        with undone():
            shown = look(alice_client, raw, name)
            came_in = MadeRule.objects.exists()
        if shown.status_code != 422 or said not in text(shown) or came_in:
            wrong.append((name, raw[:80], said, shown.status_code, came_in, text(shown)))
    assert not wrong, str(wrong)
