"""A card of the results is written once; only the addresses in it are each program's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.builder import result_cards
from programs.builder.result_cards import card_html
from programs.builder.results import Found, search
from programs.builder.warming import warm_up
from programs.exercises.library import read_ahead
from programs.exercises.query import Wanted
from programs.prescriptions.models import Program
from programs.rules.facts import CaseFacts, RuleSettings
from programs.verdicts.assessments import assess_catalogue
from programs.verdicts.judgement import judge_program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


def found_for(facts: CaseFacts, items: dict[tuple[int, str], str] | None = None) -> list[Found]:
    library = read_ahead()
    assessed = assess_catalogue(library, facts, RuleSettings())
    return search(library, facts, assessed, Wanted(), items or {}).shown


def urls(name: str) -> dict[str, str]:
    return {end: f"/{name}/{end}/?a&b" for end in ("program", "add", "screen", "entries")}


def test_it_is_written_once_and_leads_where_each_program_is() -> None:
    result_cards._cards.clear()
    first = found_for(CaseFacts())[0]
    one, other = (card_html(first, None, urls(name)) for name in ("one", "other"))
    assert one.replace("/one/", "/other/") == other
    assert "/one/add/?a&amp;b" in one
    assert "@" not in one
    # What it says decides whether it is another one: that it is in the program, or a verdict.
    (there,) = [f for f in found_for(CaseFacts(), {(first.pk, ""): "7"}) if f.pk == first.pk]
    assert 'href="#item-7"' in card_html(there, None, urls("one"))
    assert len(result_cards._cards) == 2


def test_a_worker_begins_with_the_first_results_written() -> None:
    result_cards._cards.clear()
    warm_up()
    assert len(result_cards._cards) >= 12


def test_judging_a_case_does_not_read_who_gave_its_answers(draft: Program) -> None:
    with CaptureQueriesContext(connection) as caught:
        judge_program(draft)
    (answers,) = [q["sql"] for q in caught.captured_queries if "patients_screenanswer" in q["sql"]]
    assert "clinic_user" not in answers
