"""Middleware that keeps an archived case as it is, in the one place that every form passes.

An address says whose record it is about by what it takes (``settings.RECORD_ARGUMENTS``, see
``clinic.looks``). So a new form about a case is refused here without a word in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string

from clinic.models import Practice
from patients.models import Case

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])
READ_ONLY: Final = "This case is archived. Bring it back to change anything in it."
_OF_A_PATIENT: Final = "patient_id"


def also_archived(view: _View) -> _View:
    """Mark a form that changes nothing in an archived case, or brings it back."""
    view.also_archived = True  # type: ignore[attr-defined]
    return view


def put_away(request: HttpRequest, case: Case) -> Case:
    """The case; where it is archived its page offers nothing that would be refused."""
    request.reads_only = case.archived_at is not None  # type: ignore[attr-defined]
    return case


class ReadOnlyMiddleware:
    """Before a form about an archived case, and before a page that is nothing but one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing is added to the answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Lead to the case, which says that it is archived and can be brought back."""
        practice: Practice | None = getattr(request, "practice", None)
        looks = request.method in ("GET", "HEAD") and getattr(view, "only_for", None) is None
        if practice is None or looks or getattr(view, "also_archived", False):
            return None
        case = _archived(practice, kwargs)
        if case is None:
            return None
        messages.error(request, READ_ONLY)
        page = reverse("case", args=[case])
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": page})
        return redirect(page)


def _archived(practice: Practice, kwargs: dict[str, Any]) -> UUID | None:
    """The archived case that an address is about, if it is about one; one query at the most."""
    about = [
        import_string(settings.RECORD_ARGUMENTS[name])(practice, value)
        for name, value in kwargs.items()
        if name in settings.RECORD_ARGUMENTS and name != _OF_A_PATIENT
    ]
    for query in about:
        sql, params = query.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT c.id FROM ({sql}) AS about (patient, of_case) "  # noqa: S608 - our own
                "JOIN patients_case c ON c.id = about.of_case::uuid "
                "WHERE c.archived_at IS NOT NULL",
                params,
            )
            if found := cursor.fetchone():
                return UUID(str(found[0]))
    return None
