"""What a form takes for an e-mail address: one that a letter can be written to."""

import pytest
from django.core.exceptions import ValidationError

from clinic.mail_address import MailAddressField
from tests.every_row import every


@every(
    "typed",
    [
        "ann@clinic\ufffd.example",
        f"ann@{'ü' * 62}.example",
        "ann@x\u2488.example",
        '"\x01ann"@clinic.example',
        "ann@clinic.example\nBcc: bob@clinic.example",
        "ann@clinic.example, bob@clinic.example",
    ],
)
def test_an_address_that_no_letter_can_name_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"Enter a valid email address\."):
        MailAddressField().clean(typed)


def test_what_cannot_be_seen_was_not_typed() -> None:
    assert MailAddressField().clean(" ann@\u200fclinic.example\u202c ") == "ann@clinic.example"
    assert MailAddressField().clean("ann@prâxis.example") == "ann@prâxis.example"
    assert MailAddressField(required=False).clean("") == ""
