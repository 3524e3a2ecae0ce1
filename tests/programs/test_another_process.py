"""Drawings, charts and handouts come out byte for byte alike, whichever process makes them."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from typing import Any

from programs.figures import draw
from tests.clock import NOW
from tests.paths import ROOT
from tests.programs.shipped import shipped_definitions


def drawn() -> dict[str, str]:
    """Every exercise's drawings, in one digest."""
    drawings = [d for entry in shipped_definitions() for d in draw(entry, "left")]
    assert len(drawings) > 80
    return {"drawings": _digest("".join(d.svg + d.alt for d in drawings).encode())}


def charted() -> dict[str, str]:
    """Four weeks of reports."""
    from programs.followup.progress.drawing import draw as draw_chart
    from tests.programs.followup.progress.test_chart import history

    return {"chart": _digest(draw_chart(history(28)))}


def printed() -> dict[str, str]:
    """A handout, and one in large print."""
    from programs.prescriptions.handout.handout import render
    from programs.prescriptions.handout.options import PrintOptions
    from tests.programs.samples import ACCESS, sample_prescription

    prescription = sample_prescription(3)
    return {
        f"handout, large {large}": _digest(render(prescription, ACCESS, PrintOptions(large=large)))
        for large in (False, True)
    }


def _digest(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()


NEXT_YEAR = """
import json, sys, time
time.time = lambda: float(sys.argv[1])
import django
django.setup()
from tests.programs.test_another_process import charted, drawn, printed
print(json.dumps(drawn() | charted() | printed()))
"""
WITHOUT_FRAMEWORK = """
import json, sys
from tests.programs.test_another_process import charted, drawn
made = drawn()
loaded = sorted({"django", "numpy"} & set(sys.modules))
print(json.dumps([made | charted(), loaded]))
"""


def elsewhere(script: str, *arguments: str, **ours: str) -> Any:
    """What a process says that differs from this one in these of its environment."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | ours,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_another_process_next_year_makes_the_same_bytes() -> None:
    """Whatever the order in which it keeps sets, its clock, zone and language."""
    here = drawn() | charted() | printed()
    next_year = str((NOW + dt.timedelta(days=400)).timestamp())
    zone = {"PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    assert elsewhere(NEXT_YEAR, next_year, **zone) == here
    made, loaded = elsewhere(WITHOUT_FRAMEWORK, PYTHONHASHSEED="0")
    assert made == {name: here[name] for name in ("drawings", "chart")}
    # A page reads the drawings that are kept: what draws is not even loaded.
    assert loaded == []
