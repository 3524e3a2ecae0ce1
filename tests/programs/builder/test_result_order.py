"""In which order a search lists what it found for a patient."""

from programs.builder.results import by_verdict
from programs.exercises.search import SearchEntry, SearchIndex
from programs.rules.book import SEVERITY
from programs.verdicts.assessments import speaking_against


def test_what_is_preferred_for_something_else_does_not_come_first() -> None:
    index = SearchIndex(
        [
            SearchEntry("pose", "Sit back on your heels", regions=["Low back", "Shoulder"]),
            SearchEntry("press", "Press up", regions=["Shoulder"], helps=["shoulder pain"]),
            SearchEntry("swing", "Arm swing", regions=["Shoulder"], helps=["shoulder pain"]),
        ]
    )
    verdicts = {"pose": "preferred", "press": "caution", "swing": "ok"}
    severity = {key: SEVERITY[verdict] for key, verdict in verdicts.items()}
    found = by_verdict(index.search("shoulder pain"), speaking_against(severity))
    assert found == ["swing", "pose", "press"]
