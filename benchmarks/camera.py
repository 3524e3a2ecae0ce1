"""What is on the pictures, and how they are taken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.door import an_access
from benchmarks.start import free_port, wait_for_page
from clinic import demo
from programs.access.models import PatientAccess
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import Program

DESKTOP = ViewportSize(width=1280, height=860)
PHONE = ViewportSize(width=390, height=780)
PATIENCE_S = 60
COLOURS = 128
HANDOUT_DPI = 110
_PICTURES_ARE_THERE = """() => [...document.images].every((image) => {
    const box = image.getBoundingClientRect();
    const inSight = image.checkVisibility() && box.top < innerHeight && box.bottom > 0;
    return image.complete || !inSight;
})"""


def take_all(folder: Path) -> Iterator[Path]:
    """Every picture, as a small PNG."""
    access = an_access()
    drafts = Program.objects.filter(draft_open=True).select_related("case")
    draft = drafts.get(case__patient__full_name="Kwame Antobam")
    screen = reverse("safety_screen", args=[draft.case_id])
    builder = reverse("program", args=[draft.pk])
    yield _shrink(_handout(access, folder / "handout.png"))
    with _site() as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        clinician = browser.new_page(base_url=root, viewport=DESKTOP)
        _sign_in(clinician)
        clinician.goto("/")
        yield _picture(clinician, folder / "dashboard.png")
        clinician.goto(screen)
        yield _picture(clinician, folder / "safety-screen.png")
        clinician.goto(f"{builder}?q=stretch")
        yield _picture(clinician, folder / "builder.png")
        patient = browser.new_page(base_url=root, viewport=PHONE, device_scale_factor=2)
        patient.goto(reverse("portal_door", args=[access.token]))
        patient.get_by_role("textbox").fill(str(access.case.patient.date_of_birth.year))
        patient.get_by_role("button", name="Open").click()
        patient.locator("article").first.wait_for()
        yield _picture(patient, folder / "patient.png")
        browser.close()


@contextmanager
def _site() -> Iterator[str]:
    """The site on a free port, served as in production."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "python:clinic.server.gunicorn_config",
            "clinic.wsgi",
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"},
    )
    try:
        wait_for_page(f"http://127.0.0.1:{port}/sign-in/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=PATIENCE_S)


def _sign_in(tab: Page) -> None:
    tab.goto(reverse("sign_in"))
    tab.get_by_label("E-mail address").fill(demo.EMAIL)
    tab.get_by_label("Password").fill(demo.PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_url("**/")


def _picture(tab: Page, path: Path) -> Path:
    # Pictures in sight are fetched when the page is there already.
    tab.wait_for_function(_PICTURES_ARE_THERE)
    tab.screenshot(path=path, animations="disabled")
    return _shrink(path)


def _handout(access: PatientAccess, path: Path) -> Path:
    """The first page of the newest handout in normal print."""
    newest = Handout.objects.filter(access=access, large_print=False).latest("rendered_at")
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(HANDOUT_DPI), "-singlefile", "-", str(path.with_suffix(""))],
        input=bytes(newest.pdf),
        check=True,
    )
    return path


def _shrink(path: Path) -> Path:
    """Fewer colours: pictures of pages lose nothing that one sees."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS)
    small.save(path, optimize=True)
    return path
