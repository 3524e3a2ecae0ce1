"""One page of a list. Every list is shown through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

_PAGE_SIZE = 20


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    *,
    param: str = "page",
    size: int = _PAGE_SIZE,
) -> Page[Any]:
    """The page that ``?param=`` asks for; the first or last where there is no such page."""
    page = Paginator(rows, size).get_page(request.GET.get(param))
    page.param = param  # type: ignore[attr-defined]
    return page
