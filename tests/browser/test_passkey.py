"""A passkey in a real browser, with an authenticator that the browser plays itself."""

from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.models import User
from tests.browser.conftest import Open
from tests.factories import PASSWORD


def plug_in(tab: Page) -> None:
    """Give the browser a fingerprint reader that always says yes."""
    line = tab.context.new_cdp_session(tab)
    line.send("WebAuthn.enable", {"enableUI": False})
    line.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_added_and_signs_in_by_itself(anybody: Open, alice: User) -> None:
    with anybody() as tab:
        plug_in(tab)
        tab.goto(reverse("sign_in"))
        tab.get_by_label("E-mail address").fill(alice.email)
        tab.get_by_label("Password").fill(PASSWORD)
        tab.get_by_role("button", name="Sign in", exact=True).click()
        tab.wait_for_url(re.compile(r"://[^/]+/$"))
        tab.goto(reverse("mfa_add_webauthn"))
        tab.get_by_label("Password").fill(PASSWORD)
        tab.get_by_role("button", name="Go on").click()
        tab.get_by_label("Name").fill("My laptop")
        tab.get_by_label("It signs me in by itself").check()
        tab.get_by_role("button", name="Add the passkey").click()
        expect(tab.get_by_role("heading", name="Recovery codes")).to_be_visible()
        assert Authenticator.objects.filter(type="webauthn").count() == 1
        tab.goto(reverse("account"))
        tab.locator("summary", has_text="Alice Archer").click()
        tab.get_by_role("button", name="Sign out", exact=True).first.click()
        tab.wait_for_url("**/sign-in/**")
        tab.get_by_role("button", name="Sign in with a passkey").click()
        tab.wait_for_url(re.compile(r"://[^/]+/$"))
        tab.goto(reverse("mfa_index"))
        expect(tab.get_by_text("My laptop").first).to_be_visible()


def test_without_scripts_only_what_works_is_offered(anybody: Open, alice: User) -> None:
    with anybody(java_script_enabled=False) as tab:
        tab.goto(reverse("sign_in"))
        expect(tab.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(tab.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
