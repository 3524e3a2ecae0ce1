"""Clinical judgement knows no framework: imported alone, it loads no Django."""

import subprocess
import sys

import pytest

from tests.paths import ROOT

PURE = [
    "patients.response",
    "patients.vocabulary",
    "programs.rules.assess_json",
    "programs.verdicts.hints",
    "programs.exercises.catalogue_files",
    "programs.exercises.definition",
    "programs.exercises.dosage",
    "programs.followup.progress.adherence",
    "programs.followup.goals.changes",
    "programs.followup.progress.drawing",
    "programs.followup.progress.sentence",
    "programs.followup.progress.words",
    "programs.exercises.own.trait_words",
    "programs.exercises.own.reading_grade",
    "programs.prescriptions.prescription",
    "programs.parsing.reader",
    "programs.reminders.plan",
    "programs.sessions.respond_json",
    "programs.rules.engine",
    "programs.exercises.rules_document",
    "programs.exercises.search",
    "programs.exercises.starters",
    "programs.parsing.voices",
    "programs.rules.traits",
]


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_loads_no_django(module: str) -> None:
    code = (
        f"import sys, {module}; "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
