"""Every script that people here write in prints as itself, and never as an empty box."""

import pytest

from programs.prescriptions.boxes import boxes_of
from programs.prescriptions.handout.coverage import drawable
from programs.prescriptions.handout.handout import render
from programs.prescriptions.sheet import sheet_of
from tests.programs.pdf import Pdf
from tests.programs.samples import ACCESS, sample_prescription

CORPUS = {
    "latin": "Naïve Ångström, żółć, ő, ș, Ðð, “quotes” … — €",
    "greek": "Αργά και ήρεμα, πάλι",
    "cyrillic": "Медленно, ещё раз, їжак",
    "hebrew": "לאט ובנחת, שָׁלוֹם",
    "arabic": "ببطء وهدوء، مرحبا ٣",
    "devanagari": "धीरे और आराम से, क्षेत्र",
    "bengali and tamil": "ধীরে ধীরে மெதுவாக",
    "thai": "ช้าๆ และสบาย ที่นี่",
    "chinese": "慢慢來,腰背練習。慢慢来,简体",
    "japanese": "ゆっくり、カタカナ、腰痛体操",
    "korean": "천천히 편안하게 운동",
    "emoji": "😀 🦵 🦴 🫀 🧘 🫸 🫁 🩻 🪑 ⏱ ☎",
    "emoji in parts": "👨‍👩‍👧 👍🏽 ❤️ 🧎‍♀️ 🇬🇧 1️⃣",
    "math": "≤ ≥ ± × ÷ ≈ √ ∞ → ← ½ ° ²",
    "bullets": "• ◦ ▪ ■ ● – ‣ ➢ ✓ ✗ ☑ ❖ ◻ ❑ ◆ ☺ ☹",
    "bullets of Word": "\uf0b7 \uf0a7 \uf0d8 \uf0fc \uf076 \uf0a8 \uf071 \uf0e0 \uf0fe \uf06c",
}


@pytest.mark.parametrize("script", CORPUS)
def test_no_box_is_printed(script: str) -> None:
    words = CORPUS[script]
    practice = sample_prescription(1).practice
    prescription = sample_prescription(1, figures=False, note=words, title=words, practice=practice)
    assert boxes_of(sheet_of(prescription), drawable()) == []
    assert Pdf(render(prescription, ACCESS)).boxes == 0


def test_a_sign_that_nobody_has_is_a_box_and_is_told() -> None:
    prescription = sample_prescription(1, figures=False, note="private \uf123")
    assert [box.code for box in boxes_of(sheet_of(prescription), drawable())] == ["U+F123"]
    assert Pdf(render(prescription, ACCESS)).boxes == 1


def test_a_bullet_of_word_is_printed_as_a_bullet() -> None:
    prescription = sample_prescription(1, figures=False, note="\uf0b7 lift \uf0a7 hold")
    assert "• lift ▪ hold" in Pdf(render(prescription, ACCESS)).text
