"""What hangs on a case and is read with it: conditions, operations, current answers.

Every page and every form of a case reads them, and some of it twice: the queries are put together
once. The models are named, not imported: the case, which they lead to, reads them through this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.apps import apps

from clinic.said_once import ANY_KEY, ANY_KEYS, SaidOnce


def _of_cases(model: str, cases: list[Any]) -> Any:
    return apps.get_model("patients", model)._default_manager.filter(case__any_of=cases)


def _answers(cases: list[Any]) -> Any:
    return _of_cases("ScreenAnswer", cases).current().with_nerve_sign()


_CONDITIONS: Final = SaidOnce(lambda cases: _of_cases("CaseCondition", cases), ANY_KEYS)
_SURGERIES: Final = SaidOnce(lambda cases: _of_cases("CaseSurgery", cases), ANY_KEYS)
_ANSWERS: Final = SaidOnce(lambda cases: _answers(cases).select_related("clearance"), ANY_KEYS)
_ANSWERS_AND_WHO: Final = SaidOnce(
    lambda cases: _answers(cases).select_related("answered_by", "clearance__cleared_by"), ANY_KEYS
)


def _case(pk: UUID) -> Any:
    return apps.get_model("patients", "Case")._default_manager.with_facts().filter(pk=pk)


_CASE: Final = SaidOnce(_case, ANY_KEY)


def case_as_it_is(pk: UUID) -> Any:
    """The case with its facts, as ``with_facts`` gives it; ``DoesNotExist`` where there is none."""
    found = _CASE.objects(pk)
    if not found:
        raise apps.get_model("patients", "Case").DoesNotExist
    give_facts(found)
    return found[0]


def conditions_of(case: Any) -> list[Any]:
    """In the order they were entered."""
    return _by_case(_CONDITIONS, [case])[case.pk]


def surgeries_of(case: Any) -> list[Any]:
    """The latest first."""
    return _by_case(_SURGERIES, [case])[case.pk]


def answers_of(case: Any, *, who: bool = True) -> list[Any]:
    """The latest to each question, each with ``nerve_sign``; ``who``: with who gave it."""
    return _by_case(_ANSWERS_AND_WHO if who else _ANSWERS, [case])[case.pk]


def give_facts(cases: Sequence[Any]) -> None:
    """Fill ``condition_rows``, ``surgery_rows`` and ``answer_rows`` of each, in three queries."""
    kinds = (
        ("condition_rows", _CONDITIONS),
        ("surgery_rows", _SURGERIES),
        ("answer_rows", _ANSWERS_AND_WHO),
    )
    for name, asked in kinds:
        rows = _by_case(asked, cases)
        for case in cases:
            setattr(case, name, rows[case.pk])


def _by_case(asked: SaidOnce, cases: Sequence[Any]) -> dict[Any, list[Any]]:
    """Rows in their order by the key of their case, each of which knows its case."""
    whose = {case.pk: case for case in cases}
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in asked.objects(list(whose)):
        # What assigning it would come to, without asking whether the two belong together.
        row._state.fields_cache["case"] = whose[row.case_id]
        found[row.case_id].append(row)
    return found
