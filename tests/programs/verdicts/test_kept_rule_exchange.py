"""How a practice keeps built-in rules goes along in the file of its own rules, and comes in."""

from __future__ import annotations

import pytest
from django.test import Client

from clinic.models import AuditEntry, Practice
from patients.models import Case
from programs.exercises.catalogue_files import built_in
from programs.exercises.rulebook.models import OwnRule
from programs.prescriptions.models import Program
from tests.programs.builder.test_builder_page import text
from tests.programs.conftest import SCREEN, MakeCase
from tests.programs.verdicts.test_made_rule_exchange import WHY as BROUGHT
from tests.programs.verdicts.test_made_rule_exchange import as_file, hold, look
from tests.programs.verdicts.test_own_rules import WHY, Change, _catalogue, change, running
from tests.undone import undone

__all__ = ["_catalogue", "change", "running"]
pytestmark = pytest.mark.django_db
HERE = b"version = %d" % built_in().raw_rules["P-06"]["version"]
OFF = (
    b'[[kept]]\nrule = "P-06"\n' + HERE + b'\nway = "off"\nreason = "Our surgeons ask for this."\n'
)


@pytest.fixture
def stenosis(make_case: MakeCase) -> Case:
    """Everything asked and answered no."""
    return make_case(no=SCREEN)


def test_what_is_kept_otherwise_goes_out_and_comes_into_another_practice(
    change: Change, other_practice: Practice, alice_client: Client, charlie_client: Client
) -> None:
    change("P-06", "off", note="Ask Dr Nowak.")
    change("R43", "stricter")
    change("L03", "as_written", reason="", note="We use this every day.")
    raw = as_file(alice_client)
    shown = look(charlie_client, raw)
    page = text(shown)
    assert "3 rules to bring in; no running program is touched" in page
    assert f"As written → becomes Switched off. “{WHY}” Note: “Ask Dr Nowak.”" in page, page
    assert not OwnRule.objects.filter(practice=other_practice).exists()
    refused = hold(charlie_client, shown, why=" ")
    assert (refused.status_code, "Say why you bring them in." in text(refused)) == (422, True)
    long = hold(charlie_client, shown, why="x" * 490)
    assert (long.status_code, "is too long by" in text(long)) == (409, True)
    assert not OwnRule.objects.filter(practice=other_practice).exists()
    assert hold(charlie_client, shown).status_code == 302
    rows = OwnRule.objects.filter(practice=other_practice).order_by("rule")
    reason = f"{WHY} Brought in: {BROUGHT['why']}"
    assert [(row.rule, row.way, row.reason, row.note, str(row.made_by)) for row in rows] == [
        ("L03", "as_written", "", "We use this every day.", "Charlie Cole"),
        ("P-06", "off", reason, "Ask Dr Nowak.", "Charlie Cole"),
        ("R43", "stricter", reason, "", "Charlie Cole"),
    ]
    trail = AuditEntry.objects.filter(practice=other_practice, action="rule.change")
    assert trail.count() == 3
    again = text(look(charlie_client, raw))
    assert "There is nothing new in this file" in again
    assert "Here already: L03, P-06, R43." in again


def test_what_it_would_touch_is_seen_and_only_what_was_seen_is_kept(
    running: Program, change: Change, alice_client: Client
) -> None:
    raw = OFF.replace(b'"off"', b'"stricter"').replace(b"P-06", b"R43")
    shown = look(alice_client, raw)
    assert "1 rule to bring in" in text(shown), text(shown)
    change("R43", "stricter", note="Meanwhile.")
    assert hold(alice_client, shown).status_code == 200
    assert OwnRule.objects.count() == 1


def test_a_file_makes_nothing_milder_than_it_is_kept_here(
    change: Change, alice_client: Client
) -> None:
    change("R43", "stricter")
    shown = look(alice_client, OFF.replace(b"P-06", b"R43"))
    assert (shown.status_code, "R43 , way: is milder than it is kept here" in text(shown)) == (
        422,
        True,
    )
    back = look(alice_client, b'[[kept]]\nrule = "R43"\nway = "as_written"\nnote = "Soft."\n')
    assert "R43 , way: is milder than it is kept here" in text(back)
    assert OwnRule.objects.count() == 1


HOSTILE = [
    (HERE, b"", "P-06 , version: is not the one here"),
    (HERE, b"version = 999", "P-06 , version: is not the one here"),
    (b'reason = "Our surgeons ask for this."', b"", "P-06 , reason: Say why"),
    (b'"Our surgeons ask for this."', b'"Short"', "P-06 , reason: Say why"),
    (b'"Our surgeons ask for this."', b"7", "P-06 , reason: must be text"),
    (b'"off"', b'"gone"', "P-06 , way: "),
    (b"P-06", b"P-16", "P-16 , way: "),
    (b"P-06", b"OWN-1", "OWN-1 , rule: is no rule of the catalogue here"),
    (b"P-06", b"X-99", "X-99 , rule: is no rule of the catalogue here"),
    (b"way =", b'who = "me"\nway =', "P-06 , who: is not known"),
    (b'"P-06"', b"6", "kept 1 , rule: must be text"),
]


def test_a_hostile_file_switches_nothing_off(alice_client: Client) -> None:
    wrong = []
    for old, new, said in HOSTILE:
        with undone():
            shown = look(alice_client, OFF.replace(old, new))
            switched = OwnRule.objects.exists()
        if shown.status_code != 422 or said not in text(shown) or switched:
            wrong.append((old, new, shown.status_code, switched, text(shown)))
    assert not wrong, str(wrong)
    twice = look(alice_client, OFF + OFF)
    assert "P-06 , rule: stands in the file twice" in text(twice)
    many = look(alice_client, OFF * 1001)
    assert "There are more than 1000 rules kept otherwise" in text(many)
    assert not OwnRule.objects.exists()
