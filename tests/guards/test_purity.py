"""Clinical judgement knows no framework: imported alone, it loads no Django."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = [
    "patients.response",
    "patients.vocabulary",
    "programs.assessment",
    "programs.composition",
    "programs.content",
    "programs.definitions",
    "programs.dosage",
    "programs.followup.adherence",
    "programs.followup.changes",
    "programs.followup.drawing",
    "programs.followup.sentence",
    "programs.followup.words",
    "programs.own.words",
    "programs.plain_grade",
    "programs.prescription",
    "programs.reading",
    "programs.reminding",
    "programs.response_contract",
    "programs.rules.engine",
    "programs.rules_page",
    "programs.search",
    "programs.starters",
    "programs.strict_json",
    "programs.traits",
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
