"""Odd texts by their kind, and bodies that no browser sends, for tests that try each of them."""

from django.test import Client

ODD = {
    "null byte": "a\x00b",
    "very long": "x" * 20_000,
    "huge number": "9" * 30,
    "number beyond conversion": "9" * 5000,
    "mark-up": "<script>alert(1)</script>'\"&{{7*7}}%s",
    "odd letters": "٣\u202e\u2066\U0010ffff\ufffe" + "ﷺ" * 150,
    "lines": "a\r\nBcc: b@example.org\u2028c",
}
# In this charset, text can hold half a character, which no database takes.
HALF = b"+2AA-"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
_NAMES = ("full_name", "title", "note", "email", "year", "code", "q")


def raw(client: Client, url: str) -> dict[str, tuple[int, int]]:
    """What a page answers to bodies and types that no browser sends, posted and asked."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    halves = b"".join(part % (name.encode(), HALF) for name in _NAMES) + b"--x--\r\n"
    bodies = {
        "half a character": (halves, f"{MULTIPART}; charset=utf-7"),
        "another charset": (b"q=" + HALF, f"{FORM}; charset=utf-7"),
        "a wide charset": ("q=a".encode("utf-16"), f"{FORM}; charset=utf-16"),
        "an unknown charset": (b"q=a", f"{FORM}; charset=no-such"),
        "not UTF-8": (b"q=%ff%fe&full_name=%ed%a0%80&title=\xff\xfe", FORM),
        "a cut multipart": (b"--x\r\nContent-Disposition: form-data; name=", MULTIPART),
        "a multipart without a boundary": (b"a", "multipart/form-data"),
        "deep JSON": (b"[" * 100_000, "application/json"),
        "too many fields": (b"a=1&" * 2000, FORM),
    }
    return {
        what: (
            client.generic("POST", url, body, content_type=kind).status_code,
            client.get(f"{url}?q=+2AA-&next=%FF", CONTENT_TYPE=kind).status_code,
        )
        for what, (body, kind) in bodies.items()
    }


def broken(found: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Those among the answers that are errors of the server."""
    return {what: pair for what, pair in found.items() if max(pair) >= 500}
