"""A query may say what must not be, and one word too many does not empty the list."""

from programs.exercises.search import SearchEntry, SearchIndex
from tests.every_row import every
from tests.programs.searched import whole_catalogue
from tests.programs.shipped import shipped_definitions

HOPS = SearchEntry("hops", "Hip hops", needs=["jumping"])
BAND = SearchEntry("band", "Hip out with a band", needs=["Resistance band", "equipment"])
LIE = SearchEntry("lie", "Hip out lying", needs=["floor"])
SIT = SearchEntry("sit", "Hip turn sitting")
HIPS = SearchIndex([HOPS, BAND, LIE, SIT])


@every(
    ("query", "keys"),
    [
        ("hip without a band", {"hops", "lie", "sit"}),
        ("hip without bands or jumping", {"lie", "sit"}),
        ("hip without equipment", {"hops", "lie", "sit"}),
        ("no floor hip", {"hops", "band", "sit"}),
        ("hip no jumps", {"band", "lie", "sit"}),
        ("without sitting", {"hops", "band", "lie"}),
        ("no band", {"hops", "lie", "sit"}),
        ("hip", {"hops", "band", "lie", "sit"}),
        ("without", set()),
    ],
)
def test_what_a_query_leaves_out_is_not_shown(query: str, keys: set[str]) -> None:
    hits = HIPS.search(query)
    assert (set(hits.keys), hits.corrected) == (keys, "")


def test_the_shipped_catalogue_is_searched_so() -> None:
    definitions = {entry.slug: entry for entry in shipped_definitions()}
    core = whole_catalogue().search("core without equipment").keys
    assert "dead-bug" in core[:3]
    assert not any(definitions[slug].traits.equipment for slug in core)
    shoulder = whole_catalogue().search("shoulder without weights").keys
    assert "pendulum" in shoulder[:3]
    assert whole_catalogue().search("small hops").keys[0] == "small-hops"
    for query in ("calf without impact", "calf without hopping", "calf no jumps"):
        assert "small-hops" not in whole_catalogue().search(query).keys
    squats = {"squat", "mini-squat", "wall-sit"}
    assert not squats & set(whole_catalogue().search("knee strengthening without squatting").keys)


def test_one_word_too_many_is_left_out_and_said() -> None:
    hits = whole_catalogue().search("heel pain morning")
    assert (hits.corrected, hits.keys[0]) == ("heel pain", "heel-raise-towel")


def test_asides_and_what_is_asked_instead_are_said() -> None:
    """When, how hard and in which colour; where all of it has another name, that is asked."""
    said = {
        "grey theraband row": "theraband row",
        "stairs are really hard": "stair",
        "getting off the toilet": "sit to stand",
        "pain when driving": "sitting posture",
        "red": "",
    }
    assert {query: whole_catalogue().search(query).corrected for query in said} == said


def test_what_was_asked_lately_is_kept() -> None:
    index = whole_catalogue()
    assert index.search("stretch") is index.search("stretch")
    assert index.search("stretch", 3) is not index.search("stretch")


def test_a_part_of_the_body_or_a_thing_is_never_the_word_too_many() -> None:
    arm, chair = (
        whole_catalogue().search("cant lift my arm"),
        whole_catalogue().search("cant get up from chair"),
    )
    assert (arm.corrected, chair.corrected) == ("lift my arm", "get up from chair")
    assert chair.keys[0] == "sit-to-stand"
    assert "seated-march" not in arm.keys


@every("query", ["TKR week 2", "6 weeks after hip replacement", "day 1 TKR"])
def test_a_time_is_no_word_of_an_exercise(query: str) -> None:
    assert {"ankle-pumps", "heel-slide"} <= set(whole_catalogue().search(query).keys)


@every("query", ["knee trampoline strength", "hip burpee", "heel morning"])
def test_a_word_that_the_catalogue_does_not_know_is_never_left_out(query: str) -> None:
    """The part of the body is named beside the empty list, for the reader to ask for."""
    assert whole_catalogue().search(query).keys == []
    assert whole_catalogue().search(query).near == (query.split()[0],)
