"""The printed handout: rendered, kept, and the same pages printed by headless Chromium."""

from __future__ import annotations

import base64
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

from benchmarks.browser import FLAGS, kinds
from benchmarks.door import patient_at_the_door
from benchmarks.measure import Result, median_ms, medians_ms, processor_ms
from benchmarks.paper import FIVE
from programs.exercises.catalogue_files import built_in
from programs.exercises.pictures.figure import Figure
from programs.figures import draw
from programs.prescriptions.handout import handout
from programs.prescriptions.prescription import PrescribedExercise, Prescription
from tests.programs.prescriptions.handout.prints import of_catalogue
from tests.programs.samples import ACCESS, SLUGS, sample_exercise, sample_prescription

EXERCISES = 8
COLD_GOAL_MS = "< 500"
FIVE_GOAL_MS = "< 350"
REAL_GOAL_MS = "< 600"
KEPT_GOAL_MS = "< 10"
TIMES_FASTER = ">= 3"
TEN = 10
"""Kept handouts at a time: the clock of processor time ticks in hundredths of a second."""
SMALLEST_PDF = 10_000
"""Bytes; less is no handout."""
Make = Callable[[int], Prescription]


def measure(runs: int) -> list[Result]:
    """Milliseconds of one handout with two drawings an exercise, each way in turn.

    A kept one is asked for as browsers do, who take an answer packed.
    """
    client, address = patient_at_the_door()
    asked = {"Accept-Encoding": "gzip, deflate, br"}

    def ask(n: int) -> bytes:
        return client.get(address, headers=asked).content

    kept = median_ms(ask, runs=runs)
    (kept_worked,) = processor_ms(lambda n: [ask(n) for _ in range(TEN)], runs=runs)
    stand_ins = f"handout, {EXERCISES} illustrated exercises"
    real = f"handout, {2 * EXERCISES} real frames"
    return [
        _five(min(runs, 9)),
        *_against_chromium(stand_ins, _sheet, COLD_GOAL_MS, runs),
        *_against_chromium(real, _real_sheet, REAL_GOAL_MS, runs),
        Result("handout, kept, whole request", kept, "ms", KEPT_GOAL_MS),
        Result(
            "handout, kept, whole request, processor time of the worker",
            round(kept_worked / TEN, 2),
            "ms",
            KEPT_GOAL_MS,
        ),
    ]


def _five(runs: int) -> Result:
    """The commonest handout, for another patient each time."""
    made = of_catalogue((*FIVE, "sit-tall"))
    sheets = [replace(made, patient_name=f"Patient {n}") for n in range(runs + 1)]
    (worked,) = processor_ms(lambda n: handout.render(sheets[n], ACCESS), runs=runs)
    what = "handout, 5 exercises and a tip, rendered, processor time"
    return Result(what, worked, "ms", FIVE_GOAL_MS)


def _against_chromium(what: str, make: Make, goal: str, runs: int) -> list[Result]:
    """Our time, and that of each Chromium here: started for the page, and one that already runs."""
    sheets = [make(n) for n in range(runs + 2)]
    html = browser_html(sheets[0])

    def ours(n: int) -> bytes:
        return handout.render(sheets[n], ACCESS)

    browsers = kinds()
    with ExitStack() as open_:
        started = [open_.enter_context(chromium_on_demand(html, b)) for b in browsers.values()]
        times = medians_ms(ours, *started, runs=runs)
        worked = processor_ms(ours, *started, runs=min(runs, 9))
    running = []
    for browser in browsers.values():
        with chromium_running(html, browser) as again:
            running.append(medians_ms(ours, again, runs=runs))
    return [
        Result(f"{what}, rendered", times[0], "ms", goal),
        Result(f"{what}, rendered, processor time", worked[0], "ms", goal),
        *(
            row
            for name, clock, spent, beside in zip(
                browsers, times[1:], worked[1:], running, strict=True
            )
            for row in _beside(f"{what}, {name}", times[0], worked[0], clock, spent, beside)
        ),
    ]


def _beside(
    what: str, ours: float, we_worked: float, theirs: float, worked: float, running: list[float]
) -> Iterator[Result]:
    """One browser's figures. ``running``: our time beside it while it runs already, and its own."""
    yield Result(f"{what} started for it", theirs, "ms")
    yield Result(f"{what} started for it, times our time", _times(theirs, ours), "×", TIMES_FASTER)
    yield Result(f"{what} started for it, times our processor time", _times(worked, we_worked), "×")
    yield Result(f"{what} that already runs", running[1], "ms")
    yield Result(f"{what} that already runs, times our time", _times(running[1], running[0]), "×")


def _times(theirs: float, ours: float) -> float:
    return round(theirs / ours, 1)


def _sheet(n: int) -> Prescription:
    """Another patient's copy each time, so that no page can be remembered."""
    return replace(sample_prescription(EXERCISES), patient_name=f"Patient {n}")


def _real_sheet(n: int) -> Prescription:
    """The same with the catalogue's own drawings: two frames for each of the exercises.

    Patients share the drawings, and a process keeps those it has translated: so it is in service.
    """
    return replace(_sheet(n), items=_with_real_frames())


@cache
def _with_real_frames() -> tuple[PrescribedExercise, ...]:
    """The first exercises of the sample that have two frames."""
    definitions = built_in().definitions
    items: list[PrescribedExercise] = []
    for i in range(len(SLUGS)):
        item = sample_exercise(i)
        frames = draw(definitions[item.exercise], item.side)[:2]
        if len(frames) == 2 and len(items) < EXERCISES:
            figures = tuple(Figure(d.svg, d.caption, d.alt) for d in frames)
            items.append(replace(item, figures=figures))
    assert len(items) == EXERCISES
    return tuple(items)


def browser_html(prescription: Prescription) -> str:
    """The handout's own page as one file: its style inside, its pictures as data addresses."""
    page = handout.page_of(prescription, ACCESS)
    sheet = settings.BASE_DIR / "templates/programs/prescriptions/handout/handout.css"
    size = f"@page {{ size: {page.paper_size} }}"
    style = f"<style>{sheet.read_text(encoding='utf-8')}\n{size}</style></head>"
    return _with_pictures(page.html.replace("</head>", style, 1), page.pictures)


def _with_pictures(html: str, pictures: Mapping[str, tuple[bytes, str]]) -> str:
    for address, (body, kind) in pictures.items():
        data = f"data:{kind};base64,{base64.b64encode(body).decode()}"
        assert f'"{address}"' in html or address.startswith("circles:")
        html = html.replace(f'"{address}"', f'"{data}"')
    return html


@contextmanager
def chromium_on_demand(html: str, browser: str) -> Iterator[Callable[[int], None]]:
    """As a server without WeasyPrint would do it: the browser prints one file and ends."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")

        def work(n: int) -> None:
            pdf = Path(folder) / f"{n}.pdf"
            subprocess.run(
                [
                    browser, "--headless", *FLAGS, f"--user-data-dir={folder}/profile",
                    "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri(),
                ],
                check=True, capture_output=True,
            )  # fmt: skip
            assert pdf.stat().st_size > SMALLEST_PDF

        yield work


@contextmanager
def chromium_running(html: str, browser: str) -> Iterator[Callable[[int], None]]:
    """The most favourable case for it: a browser kept running for the purpose, a tab a handout."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=FLAGS)

        def work(n: int) -> None:
            tab = running.new_page()
            tab.set_content(html)
            pdf = tab.pdf(prefer_css_page_size=True, tagged=True, outline=True)
            assert len(pdf) > SMALLEST_PDF
            tab.close()

        yield work
        running.close()
