"""The layers of the code, and the modules that must stay free of any framework."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PURE = (
    "patients.vocabulary",
    "patients.response",
    "programs.exercises.definition",
    "programs.exercises.dosage",
    "programs.prescriptions.prescription",
    "programs.rules.engine",
    "programs.rules.facts",
    "programs.figures",
)

PROBE = """
import importlib, sys
importlib.import_module(sys.argv[1])
loaded = {name.split(".")[0] for name in sys.modules}
print(" ".join(sorted(loaded & {"django", "psycopg", "weasyprint"})))
"""


@pytest.mark.parametrize("module", PURE)
def test_clinical_judgement_loads_no_framework(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, module],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""


def test_imports_point_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
