"""What the first chart of a process would wait for, done before anybody asks: matplotlib, fonts."""

from __future__ import annotations

import datetime as dt

from programs.followup.progress.charts import svg_of
from programs.followup.progress.series import ChartDay, chart_of

_DAY = dt.date(2026, 11, 20)
_DAYS = (
    ChartDay(_DAY - dt.timedelta(days=1), before=5, after=4, left=4, right=0, pains=(5, 4)),
    ChartDay(_DAY, before=4, after=3, left=3, right=0, pains=(4, 3)),
)


def warm_up() -> None:
    """Draw a chart about nobody, which is kept as any other and never asked for."""
    svg_of(chart_of(_DAYS, (), _DAY), "wide")
