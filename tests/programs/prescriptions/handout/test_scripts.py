"""Every script that people here write in prints as itself, and never as an empty box."""

from programs.prescriptions.boxes import boxes_of
from programs.prescriptions.handout.coverage import drawable
from programs.prescriptions.handout.handout import render
from programs.prescriptions.prescription import Prescription
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


def written(words: str) -> Prescription:
    """One exercise without pictures, with these words as its title and its note."""
    practice = sample_prescription(1).practice
    return sample_prescription(1, figures=False, note=words, title=words, practice=practice)


def test_no_box_is_printed() -> None:
    """All scripts in one print; where one of them has a box, each alone, to name it."""
    told = {s: boxes_of(sheet_of(written(words)), drawable()) for s, words in CORPUS.items()}
    assert {script: boxes for script, boxes in told.items() if boxes} == {}
    whole = Pdf(render(written("\n".join(CORPUS.values())), ACCESS))
    assert whole.boxes == 0, [
        script for script, words in CORPUS.items() if Pdf(render(written(words), ACCESS)).boxes
    ]
    letters = whole.text.replace(" ", "")
    told_letters = ("慢慢來", "천천히", "Ångström", "Медленно", "Αργά")
    assert [words for words in told_letters if words not in letters] == []


def test_a_sign_that_nobody_has_is_a_box_and_is_told() -> None:
    prescription = sample_prescription(1, figures=False, note="private \uf123")
    assert [box.code for box in boxes_of(sheet_of(prescription), drawable())] == ["U+F123"]
    assert Pdf(render(prescription, ACCESS)).boxes == 1


def test_a_bullet_of_word_is_printed_as_a_bullet() -> None:
    prescription = sample_prescription(1, figures=False, note="\uf0b7 lift \uf0a7 hold")
    assert "• lift ▪ hold" in Pdf(render(prescription, ACCESS)).text
