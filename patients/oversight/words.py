"""What a page or an action is called in the record of access, as its own heading calls it. Pure.

A code without a line here is read as it stands: ``visit.sign`` is "Visit: sign".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAGE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "access_record": "Who did what",
        "access_record_csv": "Who did what, as a table",
        "access_record_fhir": "Who did what, as FHIR",
        "alert_acknowledge": "An alert, to acknowledge",
        "alert_snooze": "An alert, to put off",
        "barriers_note": "What gets in the way",
        "case": "Case",
        "case_chart": "Chart of the reports",
        "case_create": "Open a case",
        "case_edit": "Edit case",
        "case_goals": "What the patient wants to do",
        "case_handouts": "Print several versions",
        "case_history": "Who changed what",
        "case_log": "Every report",
        "case_log_csv": "Every report, as a table",
        "case_looks": "Who looked",
        "case_measures": "Measures",
        "case_measures_chart": "Chart of the measures",
        "case_review": "Review",
        "case_timeline": "Timeline",
        "dashboard": "Dashboard",
        "exercise_reinstate": "A paused exercise, to go on with",
        "find": "Find",
        "handout_options": "Print another way",
        "handouts": "Print handouts",
        "inbox": "Inbox",
        "patient": "Patient",
        "patient_access": "Patient link",
        "patient_edit": "Edit patient",
        "patient_erase": "Erase this record",
        "patient_export": "The whole record",
        "patient_helpers": "People who help",
        "patient_list": "Patients",
        "patient_merge": "Two records, to make one",
        "patient_merge_find": "Search for the same person",
        "patient_merge_return": "A merge, to take back",
        "practice_export": "Everything of the practice",
        "practice_overview": "How the practice stands",
        "practice_overview_csv": "How the practice stands, as a table",
        "prescription_handout": "Handout",
        "program": "Program",
        "program_choice": "Add to a program",
        "program_copy_from": "Copy another program",
        "program_issue": "Program, to issue",
        "program_item": "Program, one exercise",
        "program_item_against": "Program, an exercise against the rules",
        "program_item_swap": "Program, to swap an exercise",
        "program_phase": "Next phase",
        "program_search": "Program, to find an exercise",
        "program_versions": "Versions",
        "progress_report": "Progress report",
        "red_flag_clear": "A red flag, to clear",
        "safety_screen": "Safety screen",
        "sign_clear": "A warning sign, to clear",
        "visit": "Visit note",
        "visit_as_text": "Visit note, as text",
        "visit_create": "Visit note, to write",
        "visits": "Visit notes",
    }
)
"""Pages that show something of a record, by the name of their address."""

DONE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alert.acknowledge": "Alert acknowledged",
        "alert.put_away": "Alert put away",
        "alert.snooze": "Alert put off",
        "alert.wake": "Alert brought back",
        "case.archive": "Case archived",
        "case.change": "Case changed",
        "case.close": "Case closed",
        "case.open": "Case opened",
        "case.patient_report": "Warning sign reported by the patient",
        "case.reopen": "Case opened again",
        "case.restore": "Case brought back",
        "case.review": "Review put on record",
        "case.screen": "Safety screen answered",
        "exercise.change": "Own exercise changed",
        "exercise.create": "Own exercise written",
        "exercise.restore": "Own exercise brought back",
        "exercise.retire": "Own exercise retired",
        "goal.add": "Activity added",
        "goal.end": "Activity taken off",
        "goal.score": "Activities scored",
        "helper_access.added": "Link for somebody who helps",
        "measure.add": "Measure written down",
        "own_starter.change": "Template renamed, shared or no longer shared",
        "own_starter.import": "Template brought in from a file",
        "own_starter.keep": "Template made of a program",
        "own_starter.phase": "Phase added to a template",
        "own_starter.restore": "Template brought back",
        "own_starter.retire": "Template removed",
        "patient.archive": "Patient archived",
        "patient.change": "Patient changed",
        "patient.erase": "Record erased",
        "patient.import": "Patient registered from a table",
        "patient.merge": "Two records made one",
        "patient.merge_return": "Merge taken back",
        "patient.register": "Patient registered",
        "patient.restore": "Patient brought back",
        "patient_access.locked": "Patient’s page locked after wrong tries",
        "patient_access.opened": "Patient’s page opened",
        "patient_access.renewed": "New link and code",
        "patient_access.revoked": "Link closed",
        "patient_access.sent": "Link sent",
        "prescription.handout": "Handout made",
        "program.amend": "Draft of a new version opened",
        "program.copy": "Program copied",
        "program.create": "Program started",
        "program.details": "Title, note or review day changed",
        "program.discard": "Draft discarded",
        "program.doses": "Doses set",
        "program.end": "Program ended",
        "program.issue": "Program issued",
        "program.item.accept": "Caution accepted",
        "program.item.add": "Exercise added",
        "program.item.change": "Dose or note changed",
        "program.item.move": "Exercise moved",
        "program.item.override": "Exercise given against a rule",
        "program.item.preset": "Dose chosen",
        "program.item.remove": "Exercise taken out",
        "program.item.restore": "Exercise put back",
        "program.item.revoke": "Override taken back",
        "program.item.swap": "Exercise swapped",
        "program.phase": "Next phase begun",
        "program.phase.leave": "Plan left",
        "program.phase.stay": "Next phase put off",
        "program.reorder": "Exercises put in order",
        "program.review": "Review day set",
        "program.screen_changed": "Said that something has changed",
        "program.starter": "Template used",
        "program.version.restore": "Draft like an earlier version",
        "red_flag.clear": "Red flag cleared",
        "report.print": "Progress report made",
        "visit.amend": "Visit note added to",
        "visit.discard": "Draft of a note discarded",
        "visit.save": "Draft of a note saved",
        "visit.sign": "Visit note signed",
        "visit.start": "Visit note begun",
    }
)
"""What was changed, by the code of its line in the trail."""


def words_of(code: str) -> str:
    """A page or an action in words."""
    known = PAGE_WORDS.get(code) or DONE_WORDS.get(code)
    if known:
        return known
    if code.startswith("program_"):
        return "Program, while it was changed"
    words = code.replace("_", " ").replace(".", ": ")
    return words[:1].upper() + words[1:]
