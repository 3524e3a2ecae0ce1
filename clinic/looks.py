"""Middleware that keeps who looked at which record, in the one place that every page passes.

An address says whose record it shows by what it takes: ``settings.RECORD_ARGUMENTS`` names, for
each argument, a function of an app above this one that is called with the practice and the value,
and gives a query for the patient's id and the case's. ``settings.RECORD_LISTS`` are the pages that
show something of many. So a new page is kept without a word in it; a test walks every address.

It is one insert a page. Where it cannot be written, the page is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string

from clinic.models import Look, LookKind, Membership
from clinic.saves import request_id

#: The practices that somebody was let into in this session.
_ENTERED = "entered"
_NO_RECORD = "SELECT NULL, NULL"


def looks(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep what a member of a practice was shown, and their coming and going."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        member: Membership | None = getattr(request, "membership", None)
        if member is not None:
            _coming_and_going(request, member)
            if response.status_code < 300 or response.status_code == 304:
                _shown(request, member, response)
        return response

    return middleware


def kind_of(response: HttpResponseBase) -> LookKind:
    """A page is read, a PDF is printed, any other file is taken out."""
    if response.headers.get("Content-Type", "").startswith("application/pdf"):
        return LookKind.PRINT
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        return LookKind.EXPORT
    return LookKind.READ


def keep(member: Membership, kind: LookKind, page: str, records: list[Any] | None = None) -> None:
    """One row, or one for each record; a record is a query for a patient's id and a case's."""
    found = [query.query.sql_with_params() for query in records or []]
    source = " UNION ALL ".join(f"({sql})" for sql, _ in found) or _NO_RECORD
    given = [value for _, params in found for value in params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Look._meta.db_table} "  # noqa: S608 - our own names
            '(practice_id, actor_id, kind, page, at, request_id, patient, "case") '
            f"SELECT %s, %s, %s, %s, %s, %s::uuid, seen.patient::uuid, seen.of_case::uuid "
            f"FROM ({source}) AS seen (patient, of_case)",
            [
                member.practice_id,
                member.user_id,
                kind.value,
                page,
                timezone.now(),
                request_id(),
                *given,
            ],
        )


def _coming_and_going(request: HttpRequest, member: Membership) -> None:
    if not request.user.is_authenticated:
        keep(member, LookKind.SIGN_OUT, "sign_out")
        return
    entered = request.session.get(_ENTERED, [])
    if member.practice_id not in entered:
        request.session[_ENTERED] = [*entered, member.practice_id]
        keep(member, LookKind.SIGN_IN, "sign_in")


def _shown(request: HttpRequest, member: Membership, response: HttpResponseBase) -> None:
    match = request.resolver_match
    if match is None:
        return
    whose = [
        _function(name)(member.practice, value)
        for name, value in match.kwargs.items()
        if name in settings.RECORD_ARGUMENTS
    ]
    name, kind = str(match.url_name), kind_of(response)
    if whose:
        keep(member, kind, name, whose)
    if name in settings.RECORD_LISTS:
        keep(member, kind, name)


@cache
def _function(argument: str) -> Callable[..., Any]:
    found: Callable[..., Any] = import_string(settings.RECORD_ARGUMENTS[argument])
    return found
