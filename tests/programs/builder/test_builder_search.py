"""Finding exercises from the builder, in a catalogue of any size."""

import json
import re

from django.test import Client

from patients import vocabulary
from programs.exercises.library import library_for
from programs.exercises.models import CatalogueLoad, Exercise
from programs.prescriptions.models import Program
from tests import factories
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import exercise_id

HTMX = {"HTTP_HX_REQUEST": "true"}


def find(client: Client, program: Program, query: str) -> str:
    return client.get(url(program, f"search/?{query}"), **HTMX).content.decode()


FINDS = {
    "hamstirng": "supine-hamstring-stretch",
    "QL": "quadratus-lumborum-ball-release",
    "lat strech": "latissimus-dorsi-wall-stretch",
    "belly": "oblique-fingertip-release",
}
NARROWS = [
    ("purpose=aerobic", "walking", "dead-bug"),
    ("region=calf", "wall-calf-stretch", "walking"),
    ("position=prone_over_ball", "prone-ball-decompression", "walking"),
    ("kind=release", "quadratus-lumborum-ball-release", "walking"),
    ("kind=advice&q=sit", "sit-tall", "walking"),
    ("at_hand=1&q=walking", "walking", "stationary-cycling"),
]


def test_slips_and_short_names_find_and_filters_narrow(
    draft: Program, alice_client: Client
) -> None:
    wrong = []
    for words, slug in FINDS.items():
        if str(exercise_id(slug)) not in _ids(find(alice_client, draft, f"q={words}")):
            wrong.append(f"{words} does not find {slug}")
    for query, slug, other in NARROWS:
        found = _ids(find(alice_client, draft, query))
        if str(exercise_id(slug)) not in found:
            wrong.append(f"{query} leaves {slug} out")
        if str(exercise_id(other)) in found:
            wrong.append(f"{query} lets {other} in")
    assert not wrong, "\n".join(wrong)


def test_what_the_patient_lacks_is_named_and_can_be_left_out(
    draft: Program, alice_client: Client
) -> None:
    for at_home, said in (
        ([], "Needs: Stationary bike"),
        (["chair"], "Not at home: Stationary bike"),
        (["stationary_bike"], ""),
    ):
        draft.case.resources = at_home
        draft.case.save()
        html = " ".join(find(alice_client, draft, "q=stationary+cycling").split())
        assert said in html
        assert bool(said) == ("result__hint" in html)
        kept = find(alice_client, draft, "q=stationary+cycling&at_hand=1")
        assert ("Nothing found." in kept) == bool(said)


def test_a_question_that_could_change_the_verdict_is_named(
    draft: Program, alice_client: Client
) -> None:
    assert "Not asked:" not in find(alice_client, draft, "q=small+curl-up")
    draft.case.answers.filter(code="osteoporosis")
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="unknown")
    html = find(alice_client, draft, "q=small+curl-up")
    assert "Not asked: Osteoporosis." in html
    assert "safety-screen/?only=osteoporosis&amp;next=" in html


STRANGE = [
    "q=%00",
    "q=" + "x" * 5000,
    "q=%F0%9F%99%82",
    "q=%27%22%3Cscript%3E",
    "page=-1",
    "page=99999999999999999999",
    "page=abc",
    "purpose=nonsense&region=%00&kind=x&position=y&at_hand=z",
    "q=((((",
    "part=1&page=7",
]


def test_strange_searches_are_answered(draft: Program, alice_client: Client) -> None:
    alice_client.raise_request_exception = False
    wrong = []
    for query in STRANGE:
        part = alice_client.get(url(draft, f"search/?{query}"), **HTMX)
        page = alice_client.get(url(draft, f"?{query}"))
        if (part.status_code, page.status_code) != (200, 200):
            wrong.append((query[:60], part.status_code, page.status_code))
        elif b"<script>" in page.content.split(b'id="results"')[0].split(b"</head>")[1]:
            wrong.append((query[:60], "a script"))
    assert not wrong, str(wrong)


def test_without_htmx_a_search_is_the_page_itself(draft: Program, alice_client: Client) -> None:
    response = alice_client.get(url(draft, "search/?q=walk"))
    assert response["Location"] == url(draft, "?q=walk")


def test_more_comes_in_steps(draft: Program, alice_client: Client) -> None:
    first = find(alice_client, draft, "")
    assert (
        first.split('class="results__closed"')[0].count('<li class="result')
        - first.split('class="results__closed"')[0].count("results__more")
        == 12
    )
    more = find(alice_client, draft, "page=2&part=1")
    assert more.count('<li class="result"') == 12
    assert not set(_ids(more)) & set(_ids(first.split('class="results__closed"')[0]))
    whole = alice_client.get(url(draft, "?page=2")).content.decode()
    assert _ids(whole)[:24] == _ids(first.split('class="results__closed"')[0]) + _ids(more)


def _ids(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('id="result-')[1:]]


def test_what_is_in_the_program_is_marked(draft: Program, alice_client: Client) -> None:
    factories.ProgramItemFactory(program=draft, slug="walking")
    assert "✓ In the program" in text(alice_client.get(url(draft, "search/?q=walking"), **HTMX))


def synthetic(count: int) -> None:
    """A catalogue of ``count`` more entries, made from the real ones."""
    real = list(Exercise.objects.filter(practice=None))
    rows = []
    for n in range(count):
        base = real[n % len(real)]
        data = json.loads(json.dumps(base.data))
        data.update(slug=f"made-{n}", name=f"{base.name} {n}", easier=[], harder=[])
        data["prerequisites"] = []
        rows.append(
            Exercise(
                slug=data["slug"],
                data=data,
                digest="x",
                name=data["name"],
                kind=base.kind,
                phase=base.phase,
                sided=base.sided,
            )
        )
    Exercise.objects.bulk_create(rows)
    CatalogueLoad.objects.create(digest=f"made {count}")


def test_a_search_asks_the_same_few_questions_of_any_catalogue(
    draft: Program, alice_client: Client, django_assert_num_queries: object
) -> None:
    factories.AnswerFactory(case=draft.case, code=next(iter(vocabulary.FINDINGS)))
    for count in (0, 200):
        if count:
            synthetic(count)
        find(alice_client, draft, "")
        for query in ("", "q=stretch", "q=hamstirng", "page=3"):
            said = f"{count} more, {query}"
            with django_assert_num_queries(11, info=said):  # type: ignore[operator]
                find(alice_client, draft, query)


def test_the_name_comes_first_even_where_it_is_not_for_the_patient(
    draft: Program, alice_client: Client
) -> None:
    """Brittle bones: a curl-up is what was asked for, and the reason stands beside it."""
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    html = find(alice_client, draft, "q=curl-up")
    assert _ids(html)[0] == str(exercise_id("curl-up"))
    first = html.split('id="result-')[1]
    assert 'class="verdict verdict-contraindicated"' in first
    assert "Reasons and override" in first
    assert "results__closed" not in html


def test_builder_and_catalogue_have_one_order_where_the_rules_say_nothing(
    draft: Program, alice_client: Client
) -> None:
    for query in ("pelvic+tilt", "hamstring", "ball"):
        entries = alice_client.get(f"/exercises/?q={query}", **HTMX).content.decode()
        listed = re.findall(r'href="/exercises/(\d+)/"', entries)
        hits = library_for(draft.case.practice).search.search(query.replace("+", " "))
        ids = library_for(draft.case.practice).ids
        assert listed == [str(ids[hit.key]) for hit in hits.found][: len(listed)]
        found = _ids(find(alice_client, draft, f"q={query}"))
        match = {str(ids[hit.key]): hit.match for hit in hits.found}
        assert [match[pk] for pk in found] == sorted(match[pk] for pk in found)
