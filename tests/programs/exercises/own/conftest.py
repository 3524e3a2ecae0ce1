"""What a clinician fills into the form of an exercise, and pictures to send along."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from programs.exercises.models import Exercise
from programs.exercises.own.trait_words import TRAIT_QUESTIONS
from tests.factories import photo

NEW = "/exercises/new/in-full/"
QUICK = "/exercises/new/"


@pytest.fixture(autouse=True)
def _catalogue(shipped_catalogue: None) -> None:
    """The built-in entries are there."""


def typed(**changes: Any) -> dict[str, Any]:
    """A whole exercise as a browser sends it: a heel slide on the back."""
    values: dict[str, Any] = {
        "name": "Heel slide",
        "aliases": "slide\nheel slides",
        "summary": "On the back, one heel slides up and down.",
        "kind": "exercise",
        "phase": "restore_motion",
        "regions": ["hip", "low_back"],
        "muscles": "hamstrings",
        "position": "hooklying",
        "sided": "yes",
        "helper_needed": "no",
        "moves": "yes",
        "spine_load": "unloaded",
        "arm_load": "none",
        "neck_load": "none",
        "leg_load": "none",
        "leg_load_other": "none",
        "balance": "none",
        "external_load": "none",
        "nerve_tension": "none",
        "effort": "active_motion",
        "breathing": "none",
        "pressure": "none",
        "modality": "none",
        "remarks": ["teach_first"],
        "equipment": ["mat"],
        "equipment_optional": ["pillow"],
        "steps": "Lie on your back.\nSlide your {side} heel up.\nSlide it down again.",
        "feel": "Your hip moves with ease.",
        "avoid": "Do not hold your breath.",
        "stop": "Stop if your groin pinches.",
        "transient_rise": "no",
        "transient_when": "",
        "seen": "",
        "token": "0b2f7a52-4c1e-4e0a-9a63-5f4f6f3a8d10",
        **{f"flag_{code}": "no" for code in TRAIT_QUESTIONS},
        "flag_supine_prolonged": "yes",
        "flag_floor_transfer": "yes",
        **rows("movements", [movement()]),
        **rows("presets", [dose()]),
    }
    for prefix in ("movements-", "presets-"):
        if any(name.startswith(prefix) for name in changes):
            values = {n: v for n, v in values.items() if not n.startswith(prefix)}
    return {**values, **changes}


def movement(**changes: Any) -> dict[str, Any]:
    row = {"part": "hip_treated", "direction": "flexion", "range": "mid", "mode": "repeated"}
    return {**row, "degrees": "80", **changes}


def dose(**changes: Any) -> dict[str, Any]:
    return {"label": "Everyday start", "reps": "8 to 10", "times_per_day": "2", **changes}


def rows(prefix: str, filled: list[dict[str, Any]], *, empty: int = 1) -> dict[str, Any]:
    """Rows of a form set, with empty ones behind."""
    out = {f"{prefix}-TOTAL_FORMS": len(filled) + empty, f"{prefix}-INITIAL_FORMS": 0}
    for n, row in enumerate(filled):
        out |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return out


def write(client: Client, practice: Practice, **changes: Any) -> Exercise:
    """Write an exercise through the page, and give its row back."""
    answer = client.post(NEW, typed(**changes))
    assert answer.status_code == 302, answer.context["bundle"].form.errors
    return practice.exercises.latest("pk")


def add(client: Client, exercise: Exercise, content: bytes | None = None, **changes: Any) -> Any:
    """Send a picture as the page does."""
    file = SimpleUploadedFile(changes.pop("filename", "photo.jpg"), content or photo())
    words = {"alt": "On the back, one knee bent.", "caption": "Start", "rights": "on"}
    return client.post(
        reverse("exercise_pictures", args=[exercise.pk]), {"file": file, **words, **changes}
    )
