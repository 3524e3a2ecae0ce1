"""Every form says whose it is, and no post is taken for another practice than its page's."""

import re

from tests.guards.walk import Stop

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


def every_form_says_whose_it_is(stop: Stop) -> list[str]:
    whose = f'name="whose" value="{stop.cast.practice.pk}"'
    return [form[:120] for form in FORM.findall(stop.asked.page) if whose not in form]


def no_post_is_taken_for_another_practice(stop: Stop) -> list[str]:
    if stop.name in ANY_PRACTICE:
        return []
    other = stop.cast.other_practice
    told = stop.sent_for(other, {"title": "Typed words here"})
    wrong = []
    if told.status != 409:
        wrong.append(f"status {told.status}")
    if "Typed words here" not in told.page:
        wrong.append("what was typed is lost")
    if f'name="switch_to" value="{other.pk}"' not in told.page:
        wrong.append("no way to the practice that is meant")
    if told.written:
        wrong.append("something was done all the same")
    return wrong
