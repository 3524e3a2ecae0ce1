"""Questions that the exercises of a case's program ask for, whatever the safety screen asks.

The screen asks by the regions of the case; an exercise may need another answer. For
``settings.SCREEN_ADDS``; ``patients.screening.answers`` describes it.
"""

from __future__ import annotations

from patients.models import Case
from patients.questions import QUESTIONS
from programs.exercises.library import library_for
from programs.prescriptions.models import ProgramItem
from programs.rules.engine import relevant_unanswered
from programs.verdicts.assessments import assess_some
from programs.verdicts.case_facts import case_facts, rule_settings


def asked_by_exercises(case: Case) -> tuple[str, ...]:
    """Questions not asked whose answer could make an exercise of the open program worse.

    One query where there is no program, two otherwise; the case comes with its facts.
    """
    rows = ProgramItem.objects.filter(program__case=case, program__ended_at=None).active()
    items = set(rows.order_by().values_list("exercise_id", "side"))
    if not items:
        return ()
    library = library_for(case.practice)
    known = {(library.by_id[pk].slug, side) for pk, side in items if pk in library.by_id}
    slugs = [slug for slug, _ in known]
    found = assess_some(library, case_facts(case), rule_settings(case.practice), slugs)
    asked = relevant_unanswered(found[one] for one in known if one in found)
    return tuple(code for code in asked if code in QUESTIONS)
