"""The vocabulary's files: what is wrong in one is told by the name of file and key."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from patients import vocabulary
from patients.vocabulary import Route, load
from patients.vocabulary.load import VocabularyError

GROUPS = {"bones": "Bones"}
ROW = '[[finding]]\ncode = "gout"\nlabel = "Gout"\nquestion = "Do you have gout?"\n'
GOOD = ROW + 'group = "bones"\n'


def read(folder: Path, text: str) -> dict[str, vocabulary.Finding]:
    (folder / "findings.toml").write_text(text, encoding="utf-8")
    table = load.VocabularyFile("findings.toml", folder)
    rows = dict(table.rows("finding", partial(load.finding, groups=GROUPS)))
    table.finish()
    return rows


def test_a_file_becomes_words_in_its_own_order(tmp_path: Path) -> None:
    other = GOOD.replace("gout", "flu").replace("Gout", "Flu")
    rows = read(tmp_path, GOOD + other + 'route = "soon"\n')
    assert list(rows) == ["gout", "flu"]
    assert rows["gout"] == vocabulary.Finding("gout", "Gout", "Do you have gout?", "bones")
    assert rows["flu"].route is Route.SOON


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("finding = ", "findings.toml: file: cannot be read as TOML"),
        ("", "findings.toml: finding: is missing"),
        ("finding = [1]", "findings.toml: finding[1]: must be a table"),
        (ROW, "findings.toml: finding[1].group: is missing"),
        (ROW + "group = 3", "findings.toml: finding[1].group: must be of type text"),
        (
            ROW + 'group = "skin"',
            "findings.toml: finding[1].group: 'skin' is not known; allowed: ",
        ),
        (GOOD + 'route = "now"', "findings.toml: finding[1].route: 'now' is not known; allowed: "),
        (GOOD + "sides = 2", "findings.toml: finding[1].sides: is not a known key"),
        (GOOD + GOOD, "findings.toml: finding[2].code: 'gout' is used twice"),
        ("more = 1\n" + GOOD, "findings.toml: more: is not a known key"),
    ],
)
def test_a_fault_names_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(VocabularyError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(message)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"^places.toml: file: cannot be read"):
        load.VocabularyFile("places.toml", tmp_path)


@pytest.mark.parametrize("routes", ['emergency = "Now"', 'x = "X"'])
def test_labels_of_fixed_choices_are_complete(tmp_path: Path, routes: str) -> None:
    (tmp_path / "labels.toml").write_text(f"[route]\n{routes}\n", encoding="utf-8")
    table = load.VocabularyFile("labels.toml", tmp_path)
    with pytest.raises(VocabularyError, match=r"^labels.toml: route: must name each of: emergenc"):
        table.named("route", Route)


def test_every_code_has_its_own_place() -> None:
    codes = [
        *vocabulary.CONDITIONS,
        *vocabulary.FINDINGS,
        *vocabulary.SURGERIES,
        *vocabulary.RED_FLAGS,
    ]
    assert len(codes) == len(set(codes))
    assert {f.group for f in vocabulary.FINDINGS.values()} == set(vocabulary.FINDING_GROUPS)
    assert {f.group for f in vocabulary.RED_FLAGS.values()} == set(vocabulary.RED_FLAG_GROUPS)


TOGETHER = '[[together]]\ncode = "a"\nroute = "same_day"\nsource = "NG234"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TOGETHER, "red_flags.toml: together[1].others: must name at least one code"),
        (TOGETHER + 'others = ["c"]', "red_flags.toml: together[1].others: 'c' is not known; all"),
        (TOGETHER + 'others = "b"', "red_flags.toml: together[1].others: must be of type list"),
        (TOGETHER.replace('"a"', '"x"'), "red_flags.toml: together[1].code: 'x' is not known"),
    ],
)
def test_signs_that_count_together_are_known(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "red_flags.toml").write_text(text, encoding="utf-8")
    table = load.VocabularyFile("red_flags.toml", tmp_path)
    with pytest.raises(VocabularyError) as error:
        table.rows("together", partial(load.together, known=["a", "b"]))
    assert str(error.value).startswith(message)


def test_a_finding_is_doubted_by_one_that_exists(tmp_path: Path) -> None:
    rows = read(tmp_path, GOOD + 'doubted_by = ["flu"]\n')
    with pytest.raises(VocabularyError, match=r"finding\[1\]\.doubted_by: 'flu' is not known"):
        load.check_doubts(rows)
