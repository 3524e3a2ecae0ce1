"""What a clinician finds by typing into the catalogue search."""

from hypothesis import example, given
from hypothesis import strategies as st

from programs.exercises.search import (
    MOST_QUERY_WORDS,
    STOP_WORDS,
    SearchEntry,
    SearchIndex,
    words,
)
from tests.every_row import every
from tests.programs.searched import catalogue_entries, whole_catalogue


def found(query: str) -> list[str]:
    return whole_catalogue().search(query).keys


@every(
    ("query", "first"),
    [
        ("hamstirng", ["supine-hamstring-stretch"]),
        ("ham", ["supine-hamstring-stretch"]),
        ("hamsri", ["supine-hamstring-stretch"]),
        ("lat strech", ["latissimus-dorsi-wall-stretch"]),
        ("piriformis", ["piriformis-stretch"]),
        ("pir", ["piriformis-stretch"]),
        ("knee hug", ["bed-knee-hug", "double-knee-to-chest"]),
        ("knee hgu", ["bed-knee-hug"]),
        ("calves", ["wall-calf-stretch"]),
        ("gastrocnemius", ["wall-calf-stretch"]),
        ("pelvic tilt posterior", ["posterior-pelvic-tilt"]),
        ("anterior pelvic tilt", ["anterior-pelvic-tilt"]),
        ("Child’s pose", ["childs-pose"]),
        ("CHILDS POSE", ["childs-pose"]),
        ("Quadríceps strétch", ["quadriceps-stretch"]),
        ("dead bug", ["dead-bug"]),
        ("exercise bike", ["stationary-cycling"]),
        ("ice", ["cold-pack"]),
    ],
)
def test_finds_first_what_was_meant(query: str, first: list[str]) -> None:
    assert found(query)[: len(first)] == first


def test_an_abbreviation_finds_the_muscle() -> None:
    assert sorted(found("QL")[:2]) == [
        "quadratus-lumborum-ball-release",
        "quadratus-lumborum-hang-stretch",
    ]


def test_everyday_words_stand_for_anatomical_ones() -> None:
    index = SearchIndex(
        [
            SearchEntry("curl", "Curl-up", muscles=["rectus abdominis"], regions=["Belly"]),
            SearchEntry("bridge", "Bridge", muscles=["gluteus maximus"]),
        ]
    )
    assert [index.search(q).keys for q in ("tummy", "bum", "glutes")] == [
        ["curl"],
        ["bridge"],
        ["bridge"],
    ]
    abdominal = {e.key for e in catalogue_entries() if "Belly" in e.regions}
    assert set(found("tummy")[:8]) <= abdominal


def test_opposite_tilts_are_never_mixed_up() -> None:
    assert [key for key in found("posterior pelvic tilt") if "anterior" in key] == []
    assert [key for key in found("anterior pelvic tilt") if "posterior" in key] == []


def test_every_word_must_match() -> None:
    assert found("piriformis treadmill") == []
    assert found("zzzzqq") == []
    assert found("hamstring zzzzqq") == []


def test_little_words_are_no_hindrance() -> None:
    assert found("stretch for the calf") == found("stretch calf")


@every("query", ["", "   ", "?!", "🙂"])
def test_nothing_typed_gives_everything_in_catalogue_order(query: str) -> None:
    assert found(query) == [entry.key for entry in catalogue_entries()]
    assert {hit.score for hit in whole_catalogue().search(query).found} == {0.0}


def test_limit_takes_the_best() -> None:
    assert (
        whole_catalogue().search("stretch", 3).found
        == whole_catalogue().search("stretch").found[:3]
    )
    assert whole_catalogue().search("", 2).found == whole_catalogue().search("").found[:2]


def test_a_right_word_beats_a_misspelling() -> None:
    index = SearchIndex([SearchEntry("half", "Half kneel"), SearchEntry("calf", "Calf raise")])
    assert index.search("calf").keys == ["calf"]


def test_an_empty_catalogue_finds_nothing() -> None:
    empty: SearchIndex[str] = SearchIndex([])
    assert [empty.search(q).found for q in ("", "knee", "kneee")] == [(), (), ()]


def test_every_name_finds_its_entry_first() -> None:
    assert {e.key: first for e in catalogue_entries() if (first := found(e.name)[0]) != e.key} == {}


def test_the_beginnings_of_every_name_find_the_entry() -> None:
    missed = [
        f"{entry.key}: {entry.name[:end]}"
        for entry in catalogue_entries()
        for end in range(len(entry.name))
        if entry.key not in found(entry.name[:end])
    ]
    assert missed == []


@given(st.text(max_size=300))
def test_whatever_is_typed_is_answered_with_a_ranking(query: str) -> None:
    hits = whole_catalogue().search(query).found
    scores = [hit.score for hit in hits]
    keys = [hit.key for hit in hits]
    order = [(hit.match, -hit.score) for hit in hits]
    assert order == sorted(order)
    assert len(keys) == len(set(keys))
    assert all(0 <= score <= 100 for score in scores)


NAMES = st.lists(
    st.text(min_size=1, max_size=60).filter(lambda name: 0 < len(words(name)) <= MOST_QUERY_WORDS),
    min_size=1,
    max_size=12,
    unique_by=lambda name: tuple(words(name)),
)


@given(NAMES)
@example(["00", "00 exercise"])
@example(["00", "0:0"])
def test_an_exact_name_finds_itself_first(names: list[str]) -> None:
    index = SearchIndex([SearchEntry(number, name) for number, name in enumerate(names)])
    assert [index.search(name, 1).keys[0] for name in names] == list(range(len(names)))


def test_swapped_letters_in_a_long_word_still_find_the_entry() -> None:
    missed = [
        f"{entry.key}: {slip}"
        for entry in catalogue_entries()
        for slip in slips(entry.name)
        if entry.key not in found(slip)
    ]
    assert missed == []


def slips(name: str) -> list[str]:
    """Long words of a name with two neighbouring letters the wrong way round."""
    return [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for word in words(name)
        if len(word) >= 6
        for at in range(len(word) - 2)
    ]


def test_stop_words_are_in_the_form_they_are_compared_in() -> None:
    assert {form for word in STOP_WORDS for form in words(word)} == STOP_WORDS
