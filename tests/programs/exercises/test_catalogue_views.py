"""The catalogue and the rules as a clinician reads them."""

import pytest
from django.test import Client

from clinic.models import Practice
from programs.exercises.catalogue_files import built_in
from programs.exercises.models import Exercise
from programs.exercises.rulebook.wording import LEVEL_LABELS
from programs.rules.book import LEVELS
from tests.programs.builder.test_builder_page import text
from tests.programs.conftest import exercise_id

pytestmark = pytest.mark.usefixtures("shipped_catalogue")


def test_every_entry_can_be_opened(alice_client: Client) -> None:
    addresses = dict(Exercise.objects.filter(practice=None).values_list("slug", "pk"))
    for slug, definition in built_in().definitions.items():
        page = text(alice_client.get(f"/exercises/{addresses[slug]}/"))
        assert definition.name.replace("'", "'") in page
        assert "{side}" not in page
        assert "Not yet reviewed by a registered physiotherapist." in page


def test_the_list_is_searched_filtered_and_paged(alice_client: Client) -> None:
    page = text(alice_client.get("/exercises/"))
    assert f"{len(built_in().definitions)} exercises" in page
    assert "Page 1 of 8 Next page" in page
    found = text(alice_client.get("/exercises/?q=hamstirng&purpose=stretch"))
    assert "thigh stretch" in found
    part = alice_client.get("/exercises/?q=walking", HTTP_HX_REQUEST="true").content.decode()
    assert part.startswith('<div id="entries">')
    assert "Nothing is called “zzzzzz”." in text(alice_client.get("/exercises/?q=zzzzzz"))
    for odd in ("?page=abc", "?page=-1", "?page=999", "?q=%00", "?purpose=nonsense"):
        assert alice_client.get(f"/exercises/{odd}").status_code == 200


def test_what_is_never_prescribed_says_so(alice_client: Client) -> None:
    page = text(alice_client.get(f"/exercises/{exercise_id('psoas-release')}/"))
    assert "It is never given to a patient." in page
    assert "rule R32" in page


def test_an_entry_that_is_not_there(alice_client: Client) -> None:
    assert alice_client.get("/exercises/0/").status_code == 404


def test_a_practice_s_own_entry_is_its_own(
    alice_client: Client, charlie_client: Client, practice: Practice
) -> None:
    base = Exercise.objects.get(slug="dead-bug")
    data = {**base.data, "slug": "own-dead-bug", "name": "Our own dead bug", "prerequisites": []}
    own = Exercise.objects.create(
        practice=practice,
        slug="own-dead-bug",
        data=data,
        name=data["name"],
        kind=base.kind,
        phase=base.phase,
        sided=base.sided,
    )
    assert "Our own dead bug" in text(alice_client.get("/exercises/?q=our+own"))
    assert alice_client.get(f"/exercises/{own.pk}/").status_code == 200
    assert charlie_client.get(f"/exercises/{own.pk}/").status_code == 404
    assert "Our own dead bug" not in text(charlie_client.get("/exercises/?q=our+own"))


def test_every_rule_is_listed_with_source_and_review(alice_client: Client) -> None:
    rules, page, html = built_in().rules, 1, ""
    while "Next" in (part := text(alice_client.get(f"/rules/?page={page}"))) or not html:
        html += part
        page += 1
    html += part
    for rule in rules:
        assert rule.title in html, rule.id
    assert html.count("not yet reviewed by a registered physiotherapist") >= len(rules)
    assert "{" not in html


def test_rules_are_shown_by_kind(alice_client: Client) -> None:
    assert set(LEVEL_LABELS) == set(LEVELS)
    page = text(alice_client.get("/rules/?level=program"))
    assert "Several types of exercise in stenosis" in page
    assert "Unhealed vertebral fracture" not in page
    assert alice_client.get("/rules/?level=nonsense").status_code == 200
