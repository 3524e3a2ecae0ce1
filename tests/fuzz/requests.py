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


Bodies = st.SearchStrategy[tuple[bytes, str]]
# Made once: making and checking a strategy takes as long as drawing from it.
_METHODS = st.sampled_from(("GET", "POST", "POST", "POST", "POST", "HEAD", "PUT", "DELETE"))
_ASKED = st.dictionaries(st.sampled_from(ASKED), values.odd, max_size=3)
_CHARSET = st.sampled_from(CHARSETS)
_HEADERS = st.lists(st.sampled_from(sorted(HEADERS)), max_size=2, unique=True)
_HEADER = {name: st.sampled_from(known) for name, known in HEADERS.items()}
_ADDED = st.dictionaries(values.names, values.odd, max_size=1)
_ANY_FIELDS = st.dictionaries(values.names, st.lists(values.odd, max_size=2), max_size=5)
_UP_TO = {most: st.integers(0, most) for most in (5, 7, 9, 11)}


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


def attempts(forms: list[ShownForm], sent: object = None) -> st.SearchStrategy[Attempt]:
    """One request to an address that these forms are sent to; ``sent``: JSON that it takes."""
    return _attempts(_bodies(forms, sent))


@st.composite
def _attempts(draw: st.DrawFn, bodies: Bodies) -> Attempt:
    method = draw(_METHODS)
    # The server cuts lines that are longer than this.
    query = urlencode(draw(_ASKED))[:3000]
    body, kind = (b"", "") if method in ("GET", "HEAD") else draw(bodies)
    if draw(_UP_TO[9]) == 0:
        kind = f"{kind or FORM}; charset={draw(_CHARSET)}"
    headers = tuple((name, draw(_HEADER[name])) for name in draw(_HEADERS))
    return Attempt(method, query, body, kind, headers)


def _bodies(forms: list[ShownForm], sent: object) -> Bodies:
    near = _one_of_these([_changed(form) for form in forms]) if forms else _FAR
    if sent is not None:
        near = _changed_json(sent).map(_as_json)
    whole = _one_of_these([_all_the_same(form) for form in forms]) if forms else _FAR
    return st.one_of(near, near, near, whole, _FAR, _JSON, _RAW)


def _one_of_these(made: list[Bodies]) -> Bodies:
    return st.sampled_from(range(len(made))).flatmap(made.__getitem__)


def _all_the_same(form: ShownForm) -> Bodies:
    """Every field of the form holds the same odd thing."""
    return values.odd.map(lambda text: (urlencode(dict.fromkeys(form.fields, text)).encode(), FORM))


def _changed(form: ShownForm) -> Bodies:
    """The form of the page, with some fields written over, left out or added."""
    known = sorted(form.fields)
    return _changed_in(form, st.lists(st.sampled_from(known), max_size=4) if known else st.just([]))


@st.composite
def _changed_in(
    draw: st.DrawFn, form: ShownForm, some: st.SearchStrategy[list[str]]
) -> tuple[bytes, str]:
    fields: Fields = {name: list(sent) for name, sent in form.fields.items()}
    for name in draw(some):
        what = draw(_UP_TO[5])
        if what == 0:
            fields.pop(name, None)
        elif what == 1:
            fields[name] = [*fields.get(name, []), draw(values.odd)]
        else:
            fields[name] = [draw(values.odd)]
    for name, text in draw(_ADDED).items():
        fields[name] = [text]
    if form.files or draw(_UP_TO[7]) == 0:
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
    return whole[: draw(st.integers(0, len(whole)))] if draw(_UP_TO[5]) == 0 else whole


def _part(disposition: str, content: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + content + b"\r\n"


@st.composite
def _far(draw: st.DrawFn) -> tuple[bytes, str]:
    fields = draw(_ANY_FIELDS)
    return urlencode(fields, doseq=True).encode(), FORM


@st.composite
def _changed_json(draw: st.DrawFn, value: Any) -> Any:
    """JSON of the right shape with something wrong in it, anywhere."""
    if draw(_UP_TO[11]) == 0:
        return draw(values.json_values)
    if isinstance(value, dict):
        kept = {key: draw(_changed_json(inner)) for key, inner in value.items()}
        if kept and draw(_UP_TO[11]) == 0:
            kept.pop(draw(st.sampled_from(sorted(kept))))
        return kept
    if isinstance(value, list):
        return [draw(_changed_json(inner)) for inner in value]
    return value


def _as_json(value: object) -> tuple[bytes, str]:
    return json.dumps(value, allow_nan=True).encode(), "application/json"


def _raw() -> Bodies:
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


_FAR = _far()
_JSON: Bodies = values.json_values.map(_as_json)
_RAW = _raw()
