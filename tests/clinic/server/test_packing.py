"""What goes to a browser packed, and what goes as it is."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from clinic.server.packing import PackingMiddleware
from tests.every_row import every

BODY = b"The same words again and again. " * 200


def answered(kind: str, *, takes: str = "gzip, deflate, br") -> HttpResponse:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse(BODY, content_type=kind)

    answer = PackingMiddleware(view)(RequestFactory().get("/", headers={"Accept-Encoding": takes}))
    assert isinstance(answer, HttpResponse)
    return answer


@every("kind", ["text/html; charset=utf-8", "application/json", "image/svg+xml"])
def test_words_are_packed(kind: str) -> None:
    answer = answered(kind)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == BODY


@every("kind", ["application/pdf", "image/jpeg", "Image/PNG", "application/zip"])
def test_papers_and_photographs_are_packed_already(kind: str) -> None:
    answer = answered(kind)
    assert "Content-Encoding" not in answer
    assert answer.content == BODY


def test_nothing_is_packed_for_whoever_cannot_take_it() -> None:
    assert answered("text/html", takes="identity").content == BODY
