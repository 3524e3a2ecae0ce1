"""What a reader sees of a page, and how a reader fills its forms."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template.base import Template
from django.template.context import Context
from django.test import Client
from django.test.signals import template_rendered

from patients.models import Case
from patients.record import trail
from tests.clock import TODAY

_TAG = re.compile(r"<[^>]*>")


def days_ago(days: int) -> date:
    """A day before (or, with a negative number, after) today."""
    return TODAY - timedelta(days=days)


def said(response: Any) -> list[str]:
    """The messages at the top of the page."""
    return [str(message) for message in response.context["messages"]]


def main_text(response: Any) -> str:
    """The words of the page's main part, with single spaces."""
    body = response.content.decode()
    main = re.search(r"<main.*?</main>", body, re.S)
    text = _TAG.sub(" ", main.group(0) if main else body)
    return " ".join(html.unescape(text).split())


def texts(response: Any, css_class: str) -> list[str]:
    """The words of each element with this class that holds no element of its own kind."""
    pattern = rf'<(\w+)[^>]*class="[^"]*\b{re.escape(css_class)}\b[^"]*"[^>]*>(.*?)</\1>'
    found = re.findall(pattern, response.content.decode(), re.S)
    return [" ".join(html.unescape(_TAG.sub(" ", inner)).split()) for _tag, inner in found]


def errors(response: Any) -> list[str]:
    """Every error that stands at a field."""
    return texts(response, "invalid-feedback")


def _not_printed(self: Template, context: Context) -> str:
    """In the place of ``Template._render``: only what the page is given is noted.

    Its messages count as read, as they do where they are printed.
    """
    template_rendered.send(sender=self, template=self, context=context)
    for _ in context.get("messages") or ():
        pass
    return ""


def given(client: Client, url: str, data: dict[str, str] | None = None) -> Any:
    """The answer to a page of which only what its view gives it is looked at: it is not printed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _not_printed)
        return client.get(url, data)


def filled(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back from the forms of a page when nothing is touched."""
    page = given(client, url)
    assert page.status_code == 200
    bundle = page.context.get("bundle")
    forms = [page.context["form"]] if bundle is None else [bundle.form]
    for rows in [] if bundle is None else [bundle.conditions, bundle.surgeries]:
        forms += [rows.management_form, *rows.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            data[field.html_name] = field.field.prepare_value(value)
            if isinstance(value, date):
                data[field.html_name] = value.isoformat()
    return data


def settle(case: Case) -> None:
    """Record the rows that a factory added, as the app does after each change."""
    before = case.revisions.get(number=fresh(case).revision).snapshot
    trail.keep_change(case, before=before, actor=case.clinician, action="case.change")


def fresh(case: Case) -> Case:
    """The case as it is in the database now, with its facts."""
    return Case.objects.with_facts().get(pk=case.pk)
