"""The symptom questions: what is answered, what stays unasked, and the picture beside the list."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from patients.body import BODY_REGIONS, regions_of
from patients.response.facts import Kind
from patients.vocabulary import Chain
from programs.exercises.own.reading_grade import read_lines
from programs.portal.symptoms.body_picture import pictures_of
from programs.portal.symptoms.forms import SymptomForm
from programs.portal.symptoms.words import (
    KIND_QUESTIONS,
    KIND_WORDS,
    PAIN_QUESTIONS,
    SHORT_KINDS,
    WHERE_QUESTIONS,
    said_words,
)
from tests.every_row import every

AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
EXERCISES = [("item-a", "Dead bug"), ("item-b", 'Bend <b>"back"</b>')]


def posted(text: str, **options: Any) -> SymptomForm:
    return SymptomForm(QueryDict(text), **options)


def answers(form: SymptomForm) -> tuple[object, ...]:
    assert form.is_valid(), form.errors
    said = form.entry(session=uuid4(), phase="after", at=AT)
    return (said.pain, said.regions, said.kinds, said.provoked)


def last(**changes: Any) -> SimpleNamespace:
    said = {"pain": 4, "regions": ["calf_left"], "kinds": [], "client_id": UUID(int=7)}
    return SimpleNamespace(**{**said, **changes})


@every(
    ("typed", "wanted"),
    [
        ("now-pain=0", (0, None, None, None)),
        ("now-pain=10&now-regions=nowhere", (10, (), None, None)),
        (
            "now-regions=calf_left&now-regions=foot_right",
            (None, ("calf_left", "foot_right"), None, None),
        ),
        ("now-kinds=none", (None, None, (), None)),
        ("now-kinds=tingling&now-kinds=burning", (None, None, ("tingling", "burning"), None)),
        ("now-provoked=item-b", (None, None, None, ("item-b",))),
        ("now-provoked=none&now-pain=2", (2, None, None, ())),
    ],
)
def test_what_is_not_answered_stays_unasked(typed: str, wanted: tuple[object, ...]) -> None:
    assert answers(posted(typed, exercises=EXERCISES)) == wanted


@every(
    ("typed", "field", "said"),
    [
        ("now-pain=11", "pain", "Choose a number from 0 to 10."),
        ("now-pain=%D9%A3", "pain", "Choose a number from 0 to 10."),
        ("now-regions=elbow", "regions", "Choose places of the list."),
        (
            "now-regions=nowhere&now-regions=calf_left",
            "regions",
            "You chose Nowhere and a place too. Choose one or the other.",
        ),
        (
            "now-kinds=none&now-kinds=pain",
            "kinds",
            "You chose None of these and a feeling too. Choose one or the other.",
        ),
        ("now-provoked=item-z", "provoked", "Choose exercises of the list."),
        ("", "__all__", "Please answer at least one question."),
        (
            "now-same=nonsense",
            "__all__",
            "Something newer came in since you opened this page. Please look once more.",
        ),
    ],
)
def test_a_mistake_is_said_at_its_question(typed: str, field: str, said: str) -> None:
    form = posted(typed, exercises=EXERCISES, last=last())
    assert dict(form.errors) == {field: [said]}
    assert said in render_to_string("programs/portal/symptoms/_symptoms.html", {"symptoms": form})


def test_the_same_as_last_time_is_one_button() -> None:
    form = posted(f"now-same={UUID(int=7)}&now-pain=99", exercises=EXERCISES, last=last())
    assert answers(form) == (4, ("calf_left",), (), None)


def test_posted_twice_it_keeps_its_id() -> None:
    entry = posted(f"now-pain=3&now-id={UUID(int=5)}")
    assert entry.is_valid()
    assert entry.entry(session=UUID(int=1), phase="before", at=AT).id == UUID(int=5)
    odd = posted("now-pain=3&now-id=%00")
    assert odd.is_valid()
    assert odd.entry(session=UUID(int=1), phase="before", at=AT).id != UUID(int=5)


def test_two_sets_of_questions_stand_on_one_page() -> None:
    page = "".join(
        render_to_string(
            "programs/portal/symptoms/_symptoms.html", {"symptoms": SymptomForm(prefix=name)}
        )
        for name in ("before", "after")
    )
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\bfor="([^"]+)"', page)) <= set(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


@pytest.mark.parametrize("chain", Chain)
def test_the_picture_and_the_list_have_the_same_places(chain: Chain) -> None:
    form = SymptomForm(chain=chain)
    page = render_to_string("programs/portal/symptoms/_symptoms.html", {"symptoms": form})
    codes = [region.code for region in regions_of(chain)]
    assert sorted(re.findall(r'data-region="([^"]+)"', page)) == sorted(codes)
    boxes = re.findall(r'type="checkbox"\s+name="now-regions"\s+value="([^"]+)"', page)
    assert boxes == ["nowhere", *codes]
    assert form.chosen_words == ""


def test_every_place_is_coloured_and_ticked_without_a_script() -> None:
    css = Path("static/programs/portal/symptoms/symptoms.css").read_text()
    for code in BODY_REGIONS:
        assert css.count(f'[value="{code}"]:focus-visible) [data-region="{code}"]') == 1, code
        assert css.count(f'[value="{code}"]:checked) [data-region="{code}"]') == 2, code


def test_neck_and_arms_are_asked_about_in_their_own_words() -> None:
    form = posted("now-regions=palm_left&now-kinds=weakness", chain=Chain.ARM)
    assert answers(form) == (None, ("palm_left",), ("weakness",), None)
    assert form.chosen_words == "Palm and fingers of the left hand"
    assert [b.label for b in form.kind_choices if b.value == "weakness"] == [
        "Weak: my arm or hand gives way"
    ]
    odd = posted("now-regions=calf_left", chain=Chain.ARM)
    assert dict(odd.errors) == {"regions": ["Choose places of the list."]}


@pytest.mark.parametrize("chain", Chain)
def test_left_is_on_the_left_from_behind_and_on_the_right_from_the_front(chain: Chain) -> None:
    for picture in pictures_of(chain):
        for spot in picture.spots:
            if len(spot.region.sides) == 2:
                assert spot.tick[0] == 90
                continue
            shown = picture.left if spot.tick[0] < 90 else picture.right
            assert shown.lower() == spot.region.sides[0], spot.region.code


def test_what_was_said_comes_back_ticked_and_escaped() -> None:
    said = last(pain=6, kinds=["numbness"], provoked=["item-b"])
    page = render_to_string(
        "programs/portal/symptoms/_symptoms.html",
        {"symptoms": SymptomForm(said=said, exercises=EXERCISES)},
    )
    checked = re.findall(r'value="([^"]+)"\s+id="[^"]+"\s+checked', page)
    assert checked == ["6", "calf_left", "numbness", "item-b"]
    assert "You chose: Left calf" in page
    assert ("<b>" in page, "Bend &lt;b&gt;" in page) == (False, True)


def test_nothing_is_said_in_words_where_nothing_was() -> None:
    assert said_words(None, None, None) == ""
    assert said_words(0, [], []) == "Pain 0 out of 10; nowhere"
    assert said_words(4, ["foot_left", "back_middle"], ["weakness", "pain"]) == (
        "Pain 4 out of 10; middle of the low back, top of the left foot or toes; pain or ache, weak"
    )


def test_every_kind_has_words_and_all_of_it_reads_easily() -> None:
    assert (set(KIND_WORDS), set(SHORT_KINDS)) == (set(Kind), set(Kind))
    lines = [f"{w}." for w in [*KIND_WORDS.values(), *(r.label for r in BODY_REGIONS.values())]]
    lines += [*PAIN_QUESTIONS.values(), *WHERE_QUESTIONS.values(), *KIND_QUESTIONS.values()]
    read = read_lines(lines)
    assert read is not None
    assert (read.grade <= 6, read.long) == (True, ())
