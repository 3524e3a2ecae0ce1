"""Who told a report, as another system reads it."""

from programs.exchange.fhir.parts import Resource, performer
from tests.every_row import every


@every(
    ("user", "helper", "said"),
    [
        (None, "", {"reference": "Patient/7"}),
        (None, "Dora (daughter)", {"type": "RelatedPerson", "display": "Dora (daughter)"}),
        (3, "", {"reference": "Practitioner/3"}),
    ],
)
def test_a_report_names_who_told_it(user: int | None, helper: str, said: Resource) -> None:
    assert performer(user, helper, 7) == said
