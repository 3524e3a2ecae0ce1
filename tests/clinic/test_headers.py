"""What every answer tells the browser, and how cookies are set."""

from typing import Any

import pytest
from django.conf import global_settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from clinic.models import User
from tests.clinic.server.processes import settings_with
from tests.clinic.server.test_startup import PRODUCTION

POLICY = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    # Bootstrap's own ticks and arrows are images within its style sheet.
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}

pytestmark = pytest.mark.django_db


def check_headers(headers: Any) -> None:
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/", "/"])
def test_every_page_is_locked_down(client: Client, path: str) -> None:
    check_headers(client.get(path).headers)


def test_signed_in_pages_are_kept_by_no_cache(alice_client: Client) -> None:
    for name in ("practice_settings", "team", "change_password"):
        response = alice_client.get(reverse(name))
        check_headers(response.headers)
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts(client: Client, alice: User, password: str) -> None:
    client.get(reverse("sign_in"))
    client.post(reverse("sign_in"), {"username": alice.email, "password": password})
    for name in ("sessionid", "csrftoken"):
        assert (client.cookies[name]["httponly"], client.cookies[name]["samesite"]) == (True, "Lax")


def test_forms_need_their_token(alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    refused = strict.post(reverse("sign_out"))
    assert (refused.status_code, refused.templates[0].name) == (403, "403_csrf.html")


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/"])
def test_pages_hold_no_inline_script_or_style(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    files = page.count("<script src=") + page.count("<script defer src=")
    assert page.count("<script") == files + page.count('<script type="module" src=')


def test_production_is_strict() -> None:
    production = vars(global_settings) | vars(settings_with(**PRODUCTION))
    expected = {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
        "PUBLIC_URL": "https://physio.example",
    }
    assert {name: production[name] for name in expected} == expected


@pytest.mark.django_db
def test_a_file_in_its_own_tab_has_the_icon_of_the_site(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))
