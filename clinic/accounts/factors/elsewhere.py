"""The pages between this site and a practice's directory, whatever the directory does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Final

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from requests.exceptions import RequestException

logger = logging.getLogger(__name__)
_Page = Callable[..., HttpResponseBase]
MOST_WAITING: Final = 2
"""Of a worker's threads so many wait for directories at a time: the others serve the site."""
_PATIENCE_SECONDS: Final = 1.0
_waiting: Final = BoundedSemaphore(MOST_WAITING)
_TROUBLES: Final = (
    *(RequestException, OAuth2Error),
    # An answer that is JSON and yet not what the protocol says, such as a list or half of it.
    *(AttributeError, LookupError, TypeError, ValueError),
)


def calmly(page: _Page) -> _Page:
    """The page, or one that says that it did not work where the directory is away or talks odd."""

    @login_not_required
    @wraps(page)
    def asked(request: HttpRequest, provider_id: str) -> HttpResponseBase:
        if not _waiting.acquire(timeout=_PATIENCE_SECONDS):
            return did_not_work(request)
        try:
            return page(request, provider_id)
        except _TROUBLES as error:
            logger.warning("A directory could not be asked: %s", type(error).__name__)
            return did_not_work(request)
        finally:
            _waiting.release()

    return asked


def did_not_work(request: HttpRequest) -> HttpResponse:
    """In our words, and with nothing of what the directory said."""
    return render(request, "clinic/accounts/factors/directory_error.html", status=403)
