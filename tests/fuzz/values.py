"""What is put into fields: things that have broken pages somewhere, and things made up."""

from hypothesis import strategies as st

ODD = (
    "",
    " ",
    "a\x00b",
    "\ufeff\u200b\u200e",
    "x" * 20_000,
    "9" * 30,
    "9" * 5000,
    "-1",
    "0",
    "1e309",
    "NaN",
    "٣",
    "２０２６-１１-２０",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-11-20T25:61",
    "00000000-0000-4000-8000-000000000000",
    "<script>alert(1)</script>'\"&{{7*7}}{%x%}%s%(a)s${7*7}",
    "\u202e\u2066\U0010ffff\ufffe" + "ﷺ" * 150,
    "a\r\nBcc: b@example.org\r\n\r\n\u2028c",
    '=HYPERLINK("//example.org")',
    "../../etc/passwd",
    "//example.org/\\@x",
    "javascript:alert(1)",
    "'; DROP TABLE clinic_user; --",
    "[]",
    '{"a": [1, null]}',
    "on",
    "None",
)
"""Each has a kind: nothing, invisible, long, a number or day at the edge, mark-up, a header, a
formula, a path, an address, a statement."""

made_up = st.text(
    # Half a character cannot be sent in UTF-8 at all.
    st.characters(exclude_categories=("Cs",)),
    max_size=40,
)
odd = st.one_of(st.sampled_from(ODD), made_up, st.integers().map(str), st.dates().map(str))
names = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)

json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | odd,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
FILES = (
    b"",
    b"GIF89a\xff\xff\xff\xff\xf7",
    PNG + b"\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\x00\x00\x00",
    PNG + b"\x00\x00\x00\x00\x00\x00\x00\x00\x10\x06\x00\x00\x00",
    b"\xff\xd8\xff\xe0\x00\x10JFIF",
    b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"%PDF-1.7",
)
"""Beginnings of pictures, their sizes a lie or missing, and what only looks like one."""
files = st.one_of(st.sampled_from(FILES), st.binary(max_size=200))
file_names = st.one_of(
    st.sampled_from(("a.png", "../../a.jpg", "a.svg", "\u202egnp.a", "a" * 300, ".htaccess")),
    made_up.filter(lambda text: bool(text.strip())),
)
