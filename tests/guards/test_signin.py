"""Everything needs a sign-in, except what this list spells out."""

import pytest
from django.test import Client

from tests.guards.addresses import every_address

OPEN = {
    # For whoever keeps the site running.
    # For search engines: nothing here is for them.
    "robots",
    # For browsers, beside a file in its own tab.
    "icon",
    # Drawings of the catalogue as it comes, which are nobody's: no practice's entry, and no people
    # that one chose.
    "shipped_figure",
    # For whoever found a weakness.
    "security_contact",
    # The way in.
    "sign_in",
    "forgot_password",
    "forgot_password_sent",
    "set_password",
    "invitation",
    "account_login",
    "account_reset_password_from_key",
    "account_inactive",
    "account_confirm_email",
    "confirm_new_address",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    # The patient's own door: a link or code, then the year of birth.
    "portal_calendar",
    "portal_calendar_copy",
    "portal_check",
    "portal_closed",
    "portal_code",
    "portal_correct",
    "portal_diary",
    "portal_door",
    "portal_forget",
    "portal_forgotten",
    "portal_goals",
    "portal_handout",
    "portal_handout_large",
    "portal_log",
    "portal_manifest",
    "portal_motion",
    "portal_picture",
    "portal_program",
    "portal_reminder_confirm",
    "portal_reminder_start",
    "portal_reminder_stop",
    "portal_reminders",
    "portal_session",
    "portal_session_end",
    "portal_stopped",
    "portal_today",
    "portal_wrong",
    "portal_words",
    "portal_worker",
}

CLOSED = [address for address in every_address() if address.name not in OPEN]


def test_the_list_of_open_addresses_is_this_one() -> None:
    found = {a.name for a in every_address() if not getattr(a.view, "login_required", True)}
    assert found == OPEN


def test_no_two_addresses_share_a_name() -> None:
    names = [address.name for address in every_address()]
    assert sorted(set(names)) == names


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_sign_in(method: str) -> None:
    let_in = {}
    for address in CLOSED:
        url = address.url()
        answer = getattr(Client(), method)(url)
        if (answer.status_code, answer.headers.get("Location")) != (302, f"/sign-in/?next={url}"):
            let_in[address.name] = answer.status_code
    assert let_in == {}
