"""What a clinician is told about two versions."""

import dataclasses
import datetime as dt

from programs.exercises.dosage import Dosage, Span
from programs.prescriptions.differences import Difference, differences
from tests.programs.samples import sample_prescription

OLD = sample_prescription()


def test_nothing_differs_from_itself() -> None:
    assert differences(OLD, dataclasses.replace(OLD, version=OLD.version + 1)) == []


def test_added_and_removed() -> None:
    fewer = dataclasses.replace(OLD, items=OLD.items[1:])
    gone = OLD.items[0]
    name = f"{gone.name} ({gone.side})" if gone.side else gone.name
    assert differences(OLD, fewer) == [Difference("removed", name)]
    assert differences(fewer, OLD) == [Difference("added", name, (gone.dose_words,))]


def test_a_dose_a_note_and_a_side() -> None:
    first = OLD.items[0]
    changed = dataclasses.replace(
        first, dosage=Dosage(reps=Span(9, 9)), dose_words="9 times", note="New."
    )
    found = differences(OLD, dataclasses.replace(OLD, items=(changed, *OLD.items[1:])))
    assert [c.kind for c in found] == ["changed"]
    assert found[0].lines == (
        f"Dose: from “{first.dose_words}” to “9 times”",
        f"Note: from “{first.note or 'nothing'}” to “New.”",
    )


def test_the_order_the_title_and_the_review_day() -> None:
    other = dataclasses.replace(
        OLD, items=OLD.items[::-1], title="Other", review_on=dt.date(2027, 1, 5)
    )
    names = [c.name for c in differences(OLD, other)]
    assert names[:2] == ["Order of the exercises", "Title"]
    assert "Review day" in names
