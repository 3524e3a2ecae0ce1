"""The printed handout: rendered, kept, and the same pages printed by headless Chromium."""

from __future__ import annotations

import base64
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from django.conf import settings
from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.door import patient_at_the_door
from benchmarks.measure import Result, median_ms, medians_ms
from programs import handout
from programs.prescription import Prescription
from tests.programs.samples import ACCESS, sample_prescription

EXERCISES = 8
COLD_GOAL_MS = "< 500"
KEPT_GOAL_MS = "< 10"
TIMES_FASTER = ">= 3"
SMALLEST_PDF = 10_000
"""Bytes; less is no handout."""


def measure(runs: int) -> list[Result]:
    """Milliseconds of one handout with two drawings an exercise, each way in turn."""
    sheets = [_sheet(n) for n in range(runs + 2)]
    html = browser_html(sheets[0])
    with chromium_on_demand(html) as once, chromium_running(html) as again:
        ours, chromium, running = medians_ms(
            lambda n: handout.render(sheets[n], ACCESS), once, again, runs=runs
        )
    client, address = patient_at_the_door()
    kept = median_ms(lambda n: client.get(address).content, runs=runs)
    what = f"handout, {EXERCISES} illustrated exercises"
    return [
        Result(f"{what}, rendered", ours, "ms", COLD_GOAL_MS),
        Result(f"{what}, kept, whole request", kept, "ms", KEPT_GOAL_MS),
        Result(f"{what}, headless Chromium", chromium, "ms"),
        Result("handout, times faster than Chromium", round(chromium / ours, 1), "×", TIMES_FASTER),
        Result(f"{what}, a Chromium that already runs", running, "ms"),
    ]


def _sheet(n: int) -> Prescription:
    """Another patient's copy each time, so that nothing can be remembered."""
    return replace(sample_prescription(EXERCISES), patient_name=f"Patient {n}")


def browser_html(prescription: Prescription) -> str:
    """The handout's own page as one file: its style inside, its pictures as data addresses."""
    caught: list[tuple[str, Mapping[str, tuple[bytes, str]]]] = []

    def catch(html: str, pictures: Mapping[str, tuple[bytes, str]], *rest: object) -> bytes:
        caught.append((html, pictures))
        return b""

    with mock.patch.object(handout, "_pdf", catch):
        handout.render(prescription, ACCESS)
    html, pictures = caught[0]
    sheet = settings.BASE_DIR / "templates" / "prescription" / "handout.css"
    size = f"@page {{ size: {prescription.practice.paper_size} }}"
    style = f"<style>{sheet.read_text(encoding='utf-8')}\n{size}</style></head>"
    return _with_pictures(html.replace("</head>", style, 1), pictures)


def _with_pictures(html: str, pictures: Mapping[str, tuple[bytes, str]]) -> str:
    for address, (body, kind) in pictures.items():
        data = f"data:{kind};base64,{base64.b64encode(body).decode()}"
        assert f'"{address}"' in html
        html = html.replace(f'"{address}"', f'"{data}"')
    return html


@contextmanager
def chromium_on_demand(html: str) -> Iterator[Callable[[int], None]]:
    """As a server without WeasyPrint would do it: the browser prints one file and ends."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")

        def work(n: int) -> None:
            pdf = Path(folder) / f"{n}.pdf"
            subprocess.run(
                [
                    CHROMIUM, "--headless", *FLAGS, f"--user-data-dir={folder}/profile",
                    "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri(),
                ],
                check=True, capture_output=True,
            )  # fmt: skip
            assert pdf.stat().st_size > SMALLEST_PDF

        yield work


@contextmanager
def chromium_running(html: str) -> Iterator[Callable[[int], None]]:
    """The most favourable case for it: a browser kept running for the purpose, a tab a handout."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def work(n: int) -> None:
            tab = browser.new_page()
            tab.set_content(html)
            pdf = tab.pdf(prefer_css_page_size=True, tagged=True, outline=True)
            assert len(pdf) > SMALLEST_PDF
            tab.close()

        yield work
        browser.close()
