"""Texts that have broken printed pages elsewhere, in every place a person can type."""

import dataclasses

from programs.prescriptions.prescription import Prescription
from tests.programs.samples import PRACTICE, sample_exercise, sample_prescription

MARKUP = '<b>bold</b> & "quotes" <script>alert(1)</script> \'s &amp; {{ p.version }} {% now %}'
HEBREW = "לאט, בלי כאב (עד 5)."
ARABIC = "ببطء، وبدون ألم (حتى 5)."
EMOJI = "Well done 👍🏽 ❤️ 👨‍👩‍👧 😀"
GREEK_AND_CYRILLIC = "Αργά και ήρεμα. Медленно и спокойно. Ångström, žluťoučký kůň, İstanbul."
LONG_WORD = "x" * 2000
BROKEN = (
    "nul\x00 bell\x07 escape\x1b half\ud800 none\uffff bom\ufeff override\u202ekcab next\x85line"
)


def nasty_prescription() -> Prescription:
    """A prescription with one of these texts in every field."""
    items = (
        sample_exercise(0, note=MARKUP, name=f"Knee hug {MARKUP}", figures=False),
        sample_exercise(1, note=LONG_WORD, figures=False),
        sample_exercise(2, note=HEBREW, steps=(HEBREW, ARABIC, "Then rest."), figures=False),
        sample_exercise(3, note=f"{EMOJI}\n{GREEK_AND_CYRILLIC}", figures=False),
        sample_exercise(4, note=BROKEN, modification=f"{LONG_WORD}", figures=False),
        sample_exercise(5, name=HEBREW, side_words="for your left side", figures=False),
    )
    return dataclasses.replace(
        sample_prescription(1, figures=False),
        items=items,
        title="W" * 120,
        patient_name=f"Zoë O'Brien-{MARKUP}",
        clinician_name=ARABIC,
        clinician_credentials="M" * 200,
        note=f"{MARKUP}\n\n{LONG_WORD}",
        practice=dataclasses.replace(
            PRACTICE, name="P" * 120, address_lines=("A" * 120, EMOJI), logo_png="bm8gcGljdHVyZQ=="
        ),
    )
