"""The search finds what a thing is called, says when it guesses, and never guesses wildly."""

import pytest

from programs.exercises.search import Match, SearchEntry, SearchIndex
from programs.exercises.search.meanings import MeaningsError, meanings, read_meanings
from programs.exercises.search.normal import words
from programs.exercises.search.spelling import dictionary
from tests.every_row import every
from tests.programs.searched import catalogue_entries, whole_catalogue


def first(query: str) -> str:
    return whole_catalogue().search(query).keys[0]


NOT_THERE = (
    *("trampoline", "swimming", "burpee", "acupuncture", "Pilates", "kinesio tape"),
    *("TMJ", "jaw pain", "gout big toe", "stroke arm", "cubital tunnel", "restless legs"),
    *("chest pain", "pain in my chest", "swollen calf", "stomach ache", "bicep curls"),
    *("chest pain in bed", "chest pain walking", "chest pain after running", "swollen calf in bed"),
    *("calf swelling when walking", "tummy ache sitting", "gout in big toe", "sore jaw at night"),
)


@every("query", NOT_THERE)
def test_what_is_not_there_is_not_found(query: str) -> None:
    hits = whole_catalogue().search(query)
    assert (hits.keys, hits.corrected) == ([], "")


@every(
    ("query", "slug"),
    [
        ("bridge", "bridge"),
        ("heat", "heat-pack"),
        ("heat pack", "heat-pack"),
        ("plank", "plank-feet"),
        ("McGill", "mcgill-curl-up"),
        ("clam", "clam"),
    ],
)
def test_what_was_once_taken_for_something_else_is_found(query: str, slug: str) -> None:
    """Before they were there, a massage, a head lift or a calf stretch was shown for them."""
    hits = whole_catalogue().search(query)
    assert (hits.keys[0], hits.corrected) == (slug, "")


def test_a_word_is_no_slip_of_another_however_near() -> None:
    index = SearchIndex([SearchEntry("massage", "Flank massage"), SearchEntry("lift", "Head lift")])
    assert [index.search(q).keys for q in ("plank", "heat", "flnak", "haed lift")] == [
        [],
        [],
        ["massage"],
        ["lift"],
    ]
    assert "plank" in dictionary()


def test_an_abbreviation_is_no_slip_of_another() -> None:
    """Somebody who asks about a clot in a leg was shown both knees to the chest, DKTC."""
    index = SearchIndex([SearchEntry("both", "Knees to chest", ("DKTC",))])
    for query in ("DVT", "DVT exercises", "dvt exercises", "DKTX help", "lie DKTX"):
        assert (index.search(query).keys, index.search(query).corrected) == ([], "")
    assert index.search("dktx exercise").corrected == "dktc exercise"


@every(
    ("query", "corrected", "slug"),
    [
        ("hamstirng", "hamstring", "supine-hamstring-stretch"),
        ("lat strech", "lat stretch", "latissimus-dorsi-wall-stretch"),
        ("knee hgu", "knee hug", "bed-knee-hug"),
        ("pelvik tilt", "pelvic tilt", "posterior-pelvic-tilt"),
        ("piriformus", "piriformis", "piriformis-stretch"),
    ],
)
def test_a_slip_is_put_right_and_said(query: str, corrected: str, slug: str) -> None:
    hits = whole_catalogue().search(query)
    assert (hits.corrected, hits.keys[0]) == (corrected, slug)


def test_what_is_found_as_typed_is_not_corrected() -> None:
    typed = [
        name for entry in catalogue_entries() for name in (entry.name, *entry.aliases, *entry.helps)
    ]
    assert {name: c for name in typed if (c := whole_catalogue().search(name).corrected)} == {}


def test_every_name_comes_before_what_only_mentions_it() -> None:
    """Names and other names of every entry; one that several share finds them all first."""
    called: dict[str, set[str]] = {}
    for entry in catalogue_entries():
        for name in (entry.name, *entry.aliases):
            called.setdefault("".join(words(name)), set()).add(entry.key)
    faults = {}
    for entry in catalogue_entries():
        for name in (entry.name, *entry.aliases):
            owners = called["".join(words(name))]
            if set(whole_catalogue().search(name).keys[: len(owners)]) != owners:
                faults[name] = whole_catalogue().search(name).keys[:4]
    assert faults == {}


@every(
    ("queries", "slug"),
    [
        ("curl-up, curl up, curlup, Curl-ups, sit up, situp, sit-ups, crunch, crunches", "curl-up"),
        ("dead bug, deadbug, dead-bug, dead bugs", "dead-bug"),
        ("hook lying march, hooklying march, crook lying march", "hook-lying-march"),
        ("hip mobilisation, hip mobilization, hip mobilizations", "hip-mobilisation-hooklying"),
        ("exercise bike, bike, bicycle, cycling, stationary bike", "stationary-cycling"),
        ("DKTC, both knees to chest", "bed-knee-hug or double-knee-to-chest"),
        ("4 point kneeling, four point kneeling, all fours, on all 4s, hands and knees, quadruped",
         "posterior-pelvic-tilt-hands-and-knees or cat-camel or bird-dog or bird-dog-leg-only"),
        ("McKenzie, repeated extension, EIS", "standing-back-extension"),
        ("walking, walks, walking exercise", "walking"),
        ("lumbar rotation, lumber rotation, trunk rotation",
         "knees-side-to-side or lower-trunk-rotation-hold"),
        ("sciatica, leg pain, radiculopathy, slipped disc, slipped disk",
         "walking or standing-back-extension or sciatic-nerve-slider-lying"),
        ("stenosis, spinal stenosis, claudication", "counter-forward-lean or interval-walking "
         "or double-knee-to-chest or seated-back-flexion "
         "or bed-knee-hug or childs-pose or assisted-leg-traction or bench-traction or walking "
         "or stationary-cycling or incline-walking or prone-ball-decompression "
         "or standing-back-flexion"),
        ("knee replacement, TKR", "seated-knee-bend or ankle-pumps"),
        ("plantar fasciitis", "plantar-fascia-stretch"),
        ("Achilles", "wall-calf-stretch or heel-drop-step"),
        ("physio ball, swiss ball, gym ball", "prone-ball-decompression"),
        ("ice, ice pack, icing", "cold-pack"),
    ],
)  # fmt: skip
def test_however_it_is_written_it_is_found_first(queries: str, slug: str) -> None:
    wanted = set(slug.split(" or "))
    assert wanted <= {entry.key for entry in catalogue_entries()}
    found = {query: first(query) for query in queries.split(", ")}
    assert {query: key for query, key in found.items() if key not in wanted} == {}


def test_a_stem_shared_by_chance_is_no_match() -> None:
    index = SearchIndex([SearchEntry("bend", "Side bend"), SearchEntry("pillow", "Side lying")])
    assert [index.search(q).keys for q in ("sidelying", "side-lying")] == [["pillow"], ["pillow"]]


def test_how_well_it_matches_comes_in_steps() -> None:
    index = SearchIndex(
        [
            SearchEntry("begun", "Calfskin walk"),
            SearchEntry("words", "Stretch", muscles=["calf muscle"], helps=["wall sitting"]),
            SearchEntry("named", "Calf stretch at the wall"),
            SearchEntry("about", "Heel drop", regions=["Calf"]),
            SearchEntry("called", "Step drop", aliases=["calf"]),
        ]
    )
    steps = {hit.key: hit.match for hit in index.search("calf").found}
    assert list(steps.items()) == [
        ("called", Match.CALLED),
        ("about", Match.ABOUT),
        ("named", Match.NAMED),
        ("words", Match.NAMED),
        ("begun", Match.BEGUN),
    ]
    assert index.search("stretch calf").found[0].key == "named"


def test_what_a_phrase_means_has_to_stand_in_one_text() -> None:
    index = SearchIndex(
        [
            SearchEntry("apart", "Straight back", aliases=["leg swing"], muscles=["raise"]),
            SearchEntry("raise", "Straight leg raise"),
        ]
    )
    assert index.search("SLR").keys == ["raise"]


@every("group", [["one"], ["Same", "same"], ["word", "?!"]])
def test_a_group_that_says_nothing_is_refused(group: list[str]) -> None:
    with pytest.raises(MeaningsError, match="a group needs two different phrases"):
        read_meanings([group])


def test_the_groups_are_read_and_speak_both_ways() -> None:
    known = meanings().others
    assert ("hook", "lying") in known[("crook", "lying")]
    assert ("crook", "lying") in known[("hook", "lying")]
    assert ("hook", "lying") in known[("crooklying",)]
