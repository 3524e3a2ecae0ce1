"""What people type reaches the page as typed, less what no page can hold."""

from hypothesis import given
from hypothesis import strategies as st

from clinic.parsing.printable import direction, printable
from tests.every_row import every

ANY_TEXT = st.text(st.characters(categories=None))


@every(
    ("typed", "printed"),
    [
        ('<b>bold</b> & "quotes"', '<b>bold</b> & "quotes"'),
        ("naïve Ångström Αργά Медленно", "naïve Ångström Αργά Медленно"),
        ("👨‍👩‍👧 ❤️ 👍🏽", "👨‍👩‍👧 ❤️ 👍🏽"),
        ("one\r\ntwo\rthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\tstays", "tab\tstays"),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("\ufeffmark \ufffe\uffff\U0001ffff", "mark "),
        ("name \u202ecod.exe", "name cod.exe"),
        ("\uf0b7 lift \uf0a7 hold \uf0d8 rest \uf0fc done", "• lift ▪ hold ➢ rest ✓ done"),
        ("\uf0e0 \uf06c \uf0b0", "→ ● °"),
        ("\uf123", "\uf123"),
    ],
)
def test_only_the_unprintable_is_taken_out(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@given(ANY_TEXT)
def test_every_text_becomes_printable_and_stays_so(text: str) -> None:
    once = printable(text)
    once.encode()
    assert printable(once) == once


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"])))
def test_letters_numbers_punctuation_and_symbols_are_never_touched(text: str) -> None:
    assert printable(text) == text


@every(
    ("text", "expected"),
    [
        ("Slowly", "ltr"),
        ("לאט", "rtl"),
        ("ببطء", "rtl"),
        ("6. לאט", "rtl"),
        ("(12) then לאט", "ltr"),
        ("123 …", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text: str, expected: str) -> None:
    assert direction(text) == expected
