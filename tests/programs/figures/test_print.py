"""The handout's printer takes every figure without a complaint."""

import logging
from base64 import b64encode

import pytest
import weasyprint

from programs.figures import draw
from tests.programs.shipped import shipped_definitions


def test_every_figure_prints(caplog: pytest.LogCaptureFixture) -> None:
    pictures = [b64encode(d.svg.encode()).decode() for e in shipped_definitions() for d in draw(e)]
    page = "".join(f'<img alt="" src="data:image/svg+xml;base64,{p}">' for p in pictures)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = weasyprint.HTML(string=page).write_pdf()
    assert pdf.startswith(b"%PDF")
    assert [r.getMessage() for r in caplog.records if r.name.startswith("weasyprint")] == []
