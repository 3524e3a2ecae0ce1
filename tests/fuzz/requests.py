"""Making requests up: near to what a page would send, and far from it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.fuzz import values
from tests.fuzz.page_forms import Fields, ShownForm

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "edge"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
CHARSETS = ("utf-7", "utf-16", "utf-32", "idna", "rot13", "no-such", "UTF-8", "latin-1", "\x00")
ASKED = (
    "page", "attention", "q", "archived", "only", "next", "edit", "large", "part", "at_hand",
    "purpose", "region", "position", "kind", "back", "for", "after", "before", "side", "whose",
)  # fmt: skip
"""Names that pages look for in an address."""
HEADERS: dict[str, tuple[str, ...]] = {
    "HTTP_HX_REQUEST": ("true",),
    "HTTP_HX_TARGET": ("x", "<b>"),
    "HTTP_HX_CURRENT_URL": ("http://testserver/", "http://[", "%ff"),
    "HTTP_X_PRACTICE": ("0", "9" * 30, "x", "\x00"),
    "HTTP_ACCEPT": ("application/json", "*/*;q=x"),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Thu, 99 Foo 9999"),
    "HTTP_IF_NONE_MATCH": ("x", '"', "*"),
    "HTTP_RANGE": ("bytes=9-1", "bytes=0-"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4, x", "::1%x"),
    "HTTP_REFERER": ("http://example.org/", "http://[::"),
    "HTTP_COOKIE": ("sessionid=\xff; a", "sessionid=a"),
}


@dataclass(frozen=True)
class Attempt:
    """One request, as the test client takes it."""

    method: str
    query: str
    body: bytes
    kind: str
    headers: tuple[tuple[str, str], ...]

    def options(self) -> dict[str, Any]:
        """What goes along with the address."""
        return {"data": self.body, "content_type": self.kind, **dict(self.headers)}


@st.composite
def attempts(draw: st.DrawFn, forms: list[ShownForm], sent: object = None) -> Attempt:
    """One request to an address that these forms are sent to; ``sent``: JSON that it takes."""
    method = draw(st.sampled_from(("GET", "POST", "POST", "POST", "POST", "HEAD", "PUT", "DELETE")))
    asked = draw(st.dictionaries(st.sampled_from(ASKED), values.odd, max_size=3))
    # The server cuts lines that are longer than this.
    query = urlencode(asked)[:3000]
    body, kind = (b"", "") if method in ("GET", "HEAD") else draw(_bodies(forms, sent))
    if draw(st.integers(0, 9)) == 0:
        kind = f"{kind or FORM}; charset={draw(st.sampled_from(CHARSETS))}"
    chosen = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=2, unique=True))
    headers = tuple((name, draw(st.sampled_from(HEADERS[name]))) for name in chosen)
    return Attempt(method, query, body, kind, headers)


def _bodies(forms: list[ShownForm], sent: object) -> st.SearchStrategy[tuple[bytes, str]]:
    near = st.sampled_from(forms).flatmap(_changed) if forms else _far()
    if sent is not None:
        near = _changed_json(sent).map(_as_json)
    whole = st.sampled_from(forms).flatmap(_all_the_same) if forms else _far()
    return st.one_of(near, near, near, whole, _far(), _json(), _raw())


def _all_the_same(form: ShownForm) -> st.SearchStrategy[tuple[bytes, str]]:
    """Every field of the form holds the same odd thing."""
    return values.odd.map(lambda text: (urlencode(dict.fromkeys(form.fields, text)).encode(), FORM))


@st.composite
def _changed(draw: st.DrawFn, form: ShownForm) -> tuple[bytes, str]:
    """The form of the page, with some fields written over, left out or added."""
    fields: Fields = {name: list(sent) for name, sent in form.fields.items()}
    known = sorted(fields)
    for name in draw(st.lists(st.sampled_from(known), max_size=4)) if known else []:
        what = draw(st.integers(0, 5))
        if what == 0:
            fields.pop(name, None)
        elif what == 1:
            fields[name] = [*fields.get(name, []), draw(values.odd)]
        else:
            fields[name] = [draw(values.odd)]
    for name, text in draw(st.dictionaries(values.names, values.odd, max_size=1)).items():
        fields[name] = [text]
    if form.files or draw(st.integers(0, 7)) == 0:
        return draw(_multipart(fields, form.files)), MULTIPART
    return urlencode(fields, doseq=True).encode(), FORM


@st.composite
def _multipart(draw: st.DrawFn, fields: Fields, file_fields: set[str]) -> bytes:
    parts = []
    for name, sent in fields.items():
        parts += [_part(f'name="{name}"', text.encode()) for text in sent]
    for name in sorted(file_fields):
        called = draw(values.file_names).replace('"', "").replace("\n", "").replace("\r", "")
        disposition = f'name="{name}"; filename="{called}"\r\nContent-Type: image/png'
        parts.append(_part(disposition, draw(values.files)))
    whole = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    # Now and then the connection ended in the middle.
    return whole[: draw(st.integers(0, len(whole)))] if draw(st.integers(0, 5)) == 0 else whole


def _part(disposition: str, content: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + content + b"\r\n"


@st.composite
def _far(draw: st.DrawFn) -> tuple[bytes, str]:
    fields = draw(st.dictionaries(values.names, st.lists(values.odd, max_size=2), max_size=5))
    return urlencode(fields, doseq=True).encode(), FORM


@st.composite
def _changed_json(draw: st.DrawFn, value: Any) -> Any:
    """JSON of the right shape with something wrong in it, anywhere."""
    if draw(st.integers(0, 11)) == 0:
        return draw(values.json_values)
    if isinstance(value, dict):
        kept = {key: draw(_changed_json(inner)) for key, inner in value.items()}
        if kept and draw(st.integers(0, 11)) == 0:
            kept.pop(draw(st.sampled_from(sorted(kept))))
        return kept
    if isinstance(value, list):
        return [draw(_changed_json(inner)) for inner in value]
    return value


def _json() -> st.SearchStrategy[tuple[bytes, str]]:
    return values.json_values.map(_as_json)


def _as_json(value: object) -> tuple[bytes, str]:
    return json.dumps(value, allow_nan=True).encode(), "application/json"


def _raw() -> st.SearchStrategy[tuple[bytes, str]]:
    bodies = st.one_of(
        st.binary(max_size=200),
        st.sampled_from(
            (b"[" * 100_000, b"a=1&" * 2000, b"q=%ff%fe&title=\xff\xfe", b"q=" + b"+2AA-")
        ),
    )
    kinds = st.sampled_from(
        (FORM, MULTIPART, "multipart/form-data", "application/json", "text/x", "")
    )
    return st.tuples(bodies, kinds)
