"""What draws a chart is read by a worker before its first one, and by no start."""

import subprocess
import sys

from django.conf import settings

_ASKED = """
import sys
import django
django.setup()
import programs.followup.progress.drawing
before = "matplotlib" in sys.modules
from programs.followup.progress.warming import warm_up
warm_up()
known = set(sys.modules)
from programs.followup.progress.charts import svg_of
from programs.followup.progress.warming import _DAY, _DAYS
from programs.followup.progress.series import chart_of
svg_of(chart_of(_DAYS[:1], (), _DAY), "narrow")
print(before, sorted(name for name in set(sys.modules) - known if name[0] != "_"))
"""


def test_nothing_is_loaded_before_it_warms_up_or_left_to_load_afterwards() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _ASKED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split(maxsplit=1) == ["False", "[]\n"]
