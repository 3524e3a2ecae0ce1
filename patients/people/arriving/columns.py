"""Which column of a table holds what, by what other programs call it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

FIRST_NAME: Final = "first_name"
LAST_NAME: Final = "last_name"
KNOWN_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "full_name": ("full name", "name", "patient", "patient name"),
    FIRST_NAME: ("first name", "firstname", "forename", "given name", "given names"),
    LAST_NAME: ("last name", "lastname", "surname", "family name"),
    "date_of_birth": ("date of birth", "birth date", "birthdate", "dob", "born", "birthday"),
    "sex": ("sex", "gender", "sex at birth", "sex recorded at birth"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail"),
    "phone": ("phone", "phone number", "telephone", "mobile", "mobile phone", "tel", "cell"),
    "clinician_notes": ("notes", "note", "comments", "notes for clinicians"),
}
SAMPLE: Final = ("Full name", "Date of birth", "Sex", "E-mail", "Phone", "Notes")
_FIELD_OF: Final = {name: field for field, names in KNOWN_COLUMNS.items() for name in names}


def fields_of(columns: Iterable[str]) -> dict[str, str]:
    """Field → the first column that holds it."""
    out: dict[str, str] = {}
    for column in columns:
        field = _FIELD_OF.get(column.casefold().replace("_", " "))
        if field and field not in out:
            out[field] = column
    return out


def lacking(found: dict[str, str]) -> str:
    """What a table must have and has not, in words; empty where it is all there."""
    missing = []
    if "full_name" not in found and not {FIRST_NAME, LAST_NAME} <= found.keys():
        missing.append("“Full name” (or “First name” and “Last name”)")
    if "date_of_birth" not in found:
        missing.append("“Date of birth”")
    return " and ".join(missing)
