"""Names are found without accents, in any case, and with a slip of the key."""

import pytest

from clinic.models import Practice
from patients.models import Case, Patient
from patients.search import fold, ranked
from tests.factories import PatientFactory

pytestmark = pytest.mark.django_db
NAMES = ("Maria Sørensen", "José Álvarez", "Zoë Smith 🙂", "محمد الأحمد", "李小龙", "Peter O’Brien")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("maria", ["Maria Sørensen"]),
        ("SORENSEN", ["Maria Sørensen"]),
        ("sorensen maria", ["Maria Sørensen"]),
        ("sorensn", ["Maria Sørensen"]),
        ("mraia", ["Maria Sørensen"]),
        ("jose alvarez", ["José Álvarez"]),
        ("José  Alvarez", ["José Álvarez"]),
        ("zoe", ["Zoë Smith 🙂"]),
        ("محمد", ["محمد الأحمد"]),
        ("小龙", ["李小龙"]),
        ("brien", ["Peter O’Brien"]),
        ("nobody", []),
        ("100%", []),
        ("\x00", list(NAMES)),
        ("  ", list(NAMES)),
    ],
)
def test_a_patient_is_found(practice: Practice, typed: str, found: list[str]) -> None:
    for name in NAMES:
        PatientFactory(practice=practice, full_name=name)
    rows = practice.patients.search(typed)
    assert sorted(rows.values_list("full_name", flat=True)) == sorted(found)


def test_another_practice_is_not_searched(
    practice: Practice, maria: Patient, foreign_case: Case
) -> None:
    assert [str(row) for row in practice.patients.search("maria")] == ["Maria Sørensen"]
    assert list(practice.patients.search("sørby")) == []


def test_a_renamed_patient_is_found_by_the_new_name(maria: Patient) -> None:
    maria.full_name = "Maria Østergård"
    maria.save(update_fields=["full_name"])
    maria.refresh_from_db()
    assert maria.search_name == "maria ostergard"


def test_folding() -> None:
    assert fold("  Łukasz   ÆGIR\tStraße ") == "lukasz aegir strasse"


def test_the_worst_word_decides() -> None:
    assert ranked("john smyth", [(1, "john smith"), (2, "john baker")]) == [1]
