"""Every form says whose it is, and no post is taken for another practice than its page's."""

import re

import pytest
from django.db import transaction
from django.test import Client

from clinic.models import AuditEntry, Practice, Role, User
from tests.factories import MembershipFactory
from tests.guards.addresses import every_address
from tests.guards.arguments import ARGUMENTS
from tests.guards.world import World

pytestmark = pytest.mark.django_db

#: Posts that mean the same in whichever practice their page was loaded.
ANY_PRACTICE = {
    "switch_practice",
    "sign_out",
    "change_password",
    "change_address",
    "account",
    "end_other_sessions",
    "end_session",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.S)


def ours(name: str) -> bool:
    """Whether a clinician's address: the patient's pages know no practice to choose from."""
    address = next(a for a in every_address() if a.name == name)
    return bool(getattr(address.view, "login_required", True))


CLINICIANS = sorted(a.name for a in every_address() if ours(a.name))


@pytest.mark.long
def test_every_form_of_every_page_says_whose_it_is(
    practice: Practice, alice: User, alice_client: Client
) -> None:
    silent, seen = [], 0
    for address in every_address():
        if address.name not in CLINICIANS:
            continue
        arguments = ARGUMENTS.get(address.name)
        with transaction.atomic():
            world = World(practice, alice)
            answer = alice_client.get(address.url(arguments(world) if arguments else None))
            transaction.set_rollback(True)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in FORM.findall(answer.content.decode()):
            seen += 1
            if f'name="whose" value="{practice.pk}"' not in form:
                silent.append((address.name, form[:120]))
    assert silent == []
    assert seen > 60


@pytest.mark.parametrize("name", [n for n in CLINICIANS if n not in ANY_PRACTICE])
def test_no_post_is_taken_for_another_practice(
    practice: Practice, other_practice: Practice, alice: User, alice_client: Client, name: str
) -> None:
    MembershipFactory(user=alice, practice=other_practice, role=Role.OWNER)
    world = World(practice, alice)
    address = next(a for a in every_address() if a.name == name)
    arguments = ARGUMENTS.get(name)
    url = address.url(arguments(world) if arguments else None)
    told = AuditEntry.objects.count()
    answer = alice_client.post(url, {"whose": other_practice.pk, "title": "Typed words here"})
    assert answer.status_code == 409
    assert "Typed words here" in answer.content.decode()
    assert f'name="switch_to" value="{other_practice.pk}"' in answer.content.decode()
    assert AuditEntry.objects.count() == told
