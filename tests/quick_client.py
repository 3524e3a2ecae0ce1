"""Django's test client, without work that no test asks of it.

It copies the context at every template that is rendered, and a page of forms renders 1,500: one for
each label, field and choice. Noted here is what a page begins with, which holds what its view gave.
And whoever signs in without a session gets one at once, not one to be thrown away first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.template.base import Template
from django.template.context import Context
from django.test import Client
from django.test.signals import template_rendered

_here = threading.local()
_login = Client._login  # type: ignore[attr-defined]


@contextmanager
def quick_client() -> Iterator[None]:
    """As long as it lasts, for every client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _noted_at_the_top)
        patch.setattr(Client, "_login", _signed_in_at_once)
        yield


def _noted_at_the_top(self: Template, context: Context) -> Any:
    """What Django's tests put in the place of ``Template._render``, for what nothing is around."""
    if getattr(_here, "rendering", False):
        return self.nodelist.render(context)
    template_rendered.send(sender=self, template=self, context=context)
    _here.rendering = True
    try:
        return self.nodelist.render(context)
    finally:
        _here.rendering = False


def _signed_in_at_once(self: Any, user: Any, backend: str | None = None) -> None:
    if self.cookies.get(settings.SESSION_COOKIE_NAME):
        _login(self, user, backend)
        return
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, user, backend)
    request.session.save()
    self._set_login_cookies(request)
