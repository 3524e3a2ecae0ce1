"""Pages to PDF: read strictly, styled once, and the process left as it was."""

import gc
from xml.etree import ElementTree

import pytest
import tinyhtml5
from cachetools import LRUCache

from programs.prescriptions.handout import styles
from programs.prescriptions.handout.handout import page_of
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.handout.pdf import print_page
from programs.prescriptions.handout.press import places
from tests.programs import nasty
from tests.programs.pdf import Pdf
from tests.programs.samples import ACCESS, sample_prescription

PAGE = "<html lang='en'><head><title>Words</title></head><body>{}</body></html>"


def shape(element: ElementTree.Element) -> object:
    """The tree as nested tuples; space between tags says nothing."""
    text, tail = (" ".join((t or "").split()) for t in (element.text, element.tail))
    return element.tag, sorted(element.attrib.items()), text, tail, [shape(e) for e in element]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("make", [sample_prescription, nasty.nasty_prescription])
def test_a_strict_and_a_forgiving_reader_see_the_same_page(make: object, large: bool) -> None:
    assert callable(make)
    html = page_of(make(), ACCESS, PrintOptions(large=large)).html
    strict = ElementTree.XML(html)
    forgiving = tinyhtml5.parse(html, namespace_html_elements=False)
    assert shape(strict) == shape(forgiving)


def test_what_a_handout_never_had_is_not_printed_wrongly_but_refused() -> None:
    with pytest.raises(ElementTree.ParseError):
        print_page(PAGE.format("<p>never closed"), {}, "A4")


def test_a_failure_leaves_collector_and_press_as_they_were() -> None:
    assert gc.isenabled()
    with pytest.raises(TypeError):
        print_page(PAGE.format("<p>x</p>"), {}, {})  # type: ignore[arg-type]
    assert gc.isenabled()
    assert "Words" in Pdf(print_page(PAGE.format("<p>Words</p>"), {}, "A4")).text


def test_styles_are_kept_and_forgotten_without_a_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def page() -> bytes:
        made = page_of(sample_prescription(2), ACCESS)
        return print_page(made.html, made.pictures, made.paper_size)

    first = page()
    kept = len(styles._kept)
    assert page() == first
    assert len(styles._kept) == kept
    monkeypatch.setattr(styles, "_kept", LRUCache(20))
    monkeypatch.setattr(places, "_MOST_PLACES", 1)
    assert page() == first
    assert len(styles._kept) == 20


def test_two_handouts_that_share_their_styles_share_nothing_else() -> None:
    def words(patient: str) -> str:
        made = page_of(sample_prescription(2, patient_name=patient), ACCESS)
        return Pdf(print_page(made.html, made.pictures, made.paper_size)).text

    hers, his = words("Maria Abel"), words("Jonas Brandt")
    assert "Maria Abel" in hers
    assert "Maria Abel" not in his
    assert his == hers.replace("Maria Abel", "Jonas Brandt")
