"""One page of a list. Every list is shown through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

ROWS_A_PAGE = 20


class CappedPaginator(Paginator):
    """Pages over the first ``most`` rows; of more, only that there are some is counted."""

    def __init__(self, rows: Any, size: int, *, most: int) -> None:
        super().__init__(rows, size)
        self.rows, self.most = rows, most

    @cached_property
    def _counted(self) -> int:
        # The keys alone: what else a page shows of each row is worked out for its rows only.
        return int(self.rows.order_by().values("pk")[: self.most + 1].count())

    @property
    def count(self) -> int:
        """How many rows are on the pages."""
        return min(self._counted, self.most)

    @property
    def has_more(self) -> bool:
        """Whether there are more than are shown."""
        return self._counted > self.most


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    *,
    param: str = "page",
    size: int = ROWS_A_PAGE,
    most: int | None = None,
) -> Page[Any]:
    """The page that ``?param=`` asks for; the first or last where there is no such page.

    ``most``: no more rows than these are counted and shown.
    """
    paginator = Paginator(rows, size) if most is None else CappedPaginator(rows, size, most=most)
    return page_in(request, paginator, param=param)


def page_in(request: HttpRequest, paginator: Paginator, *, param: str = "page") -> Page[Any]:
    """The same of a paginator that is at hand."""
    page = paginator.get_page(request.GET.get(param))
    page.param = param  # type: ignore[attr-defined]
    return page
