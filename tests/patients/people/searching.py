"""What the tests of the search share."""

from clinic.models import Practice


def found(practice: Practice, typed: str, region: str = "GB") -> list[str]:
    rows = practice.patients.search(typed, practice=practice, region=region).best_first()
    return list(rows.values_list("full_name", flat=True))
