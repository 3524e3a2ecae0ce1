"""The settings page: owners change the practice, bad input stays on the page."""

import io
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from clinic.models import AuditEntry, Practice, PracticeLogo
from clinic.models.practice_choices import known_time_zones, validate_time_zone
from clinic.practice.forms import PracticeForm, time_zone_choices

URL = reverse("practice_settings")
pytestmark = pytest.mark.django_db


def typed(practice: Practice, **changes: Any) -> dict[str, Any]:
    return {**model_to_dict(practice, PracticeForm.Meta.fields), **changes}


def picture(
    kind: str = "PNG", size: tuple[int, int] = (1200, 300), mode: str = "RGB", **options: Any
) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 1).save(target, kind, **options)
    return target.getvalue()


def upload(client: Client, content: bytes, name: str = "logo.png") -> Any:
    return client.post(reverse("change_logo"), {"logo": SimpleUploadedFile(name, content)})


def test_an_owner_changes_the_practice(alice_client: Client, practice: Practice) -> None:
    changes = {"phone": "01947 111111", "paper_size": "Letter", "fusion_weeks": 16,
               "alert_email": "desk@example.org"}  # fmt: skip
    response = alice_client.post(URL, typed(practice, **changes), follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert [str(m) for m in response.context["messages"]] == ["The practice has been saved."]
    practice.refresh_from_db()
    assert {name: getattr(practice, name) for name in changes} == changes
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details) == (
        "practice.change",
        {"fields": ["alert_email", "fusion_weeks", "paper_size", "phone"], "fusion_weeks": 16},
    )


def test_saving_without_a_change_writes_nothing(alice_client: Client, practice: Practice) -> None:
    alice_client.post(URL, typed(practice))
    assert not AuditEntry.objects.exists()


BAD: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
    (
        {"name": "", "time_zone": "Mars/Olympus", "paper_size": "A3", "pain_amber_max": "a lot",
         "review_weeks_min": 6, "fusion_weeks": -1, "pacemaker_weeks": 10**12,
         "pregnancy_caution_week": 30, "out_of_hours": "x" * 301,
         "alert_email": "desk at example.org"},
        {
            "name": "This field is required.",
            "time_zone": "Select a valid choice. Mars/Olympus is not one of the available choices.",
            "paper_size": "Select a valid choice. A3 is not one of the available choices.",
            "pain_amber_max": "Choose a whole number from 1 to 9.",
            "review_weeks_max": "This must be no earlier than the first review week, which is 6.",
            "fusion_weeks": "Choose a whole number from 1 to 104.",
            "pacemaker_weeks": "Choose a whole number from 1 to 104.",
            "pregnancy_adapt_week": "This must be no earlier than the care week, which is 30.",
            "out_of_hours": "Ensure this value has at most 300 characters (it has 301).",
            "alert_email": "Enter a valid email address.",
        },
    ),
    (
        {"pain_green_max": 9, "name": "A\x00B"},
        {
            "pain_green_max": "Choose a whole number from 0 to 8.",
            "name": "Null characters are not allowed.",
        },
    ),
    (
        {"pain_green_max": 5},
        {"pain_amber_max": "This must be more than the pain to carry on with, which is 5."},
    ),
)  # fmt: skip
"""What is typed, and what is said at which field."""


def test_bad_input_is_told_at_the_field_and_stays_typed(
    alice_client: Client, practice: Practice
) -> None:
    before = model_to_dict(practice)
    for changes, said in BAD:
        response = alice_client.post(URL, typed(practice, phone="typed", **changes))
        form = response.context["form"]
        assert response.status_code == 200, changes
        assert form.errors == {field: [message] for field, message in said.items()}
        kept = {name: form[name].value() for name in ("phone", *changes)}
        assert kept == {"phone": "typed"} | {name: str(value) for name, value in changes.items()}
        assert response.context["practice"].name == "Harbour Physiotherapy"
        practice.refresh_from_db()
        assert model_to_dict(practice) == before, changes


def test_one_bad_field_alone_keeps_the_others_from_being_saved(practice: Practice) -> None:
    """Each of them by itself makes the form one that cannot be saved."""
    for changes, said in BAD:
        for name, value in changes.items():
            row = Practice.objects.get()
            form = PracticeForm(typed(practice, **{name: value}), instance=row)
            ((field, messages),) = form.errors.items()
            assert messages == [said[field]], name


def test_each_number_says_its_bounds(alice_client: Client) -> None:
    form = alice_client.get(URL).context["form"]
    assert form.fields["pain_green_max"].help_text == (
        "Up to this much pain (0–10), the patient carries on. From 0 to 8."
    )
    assert form.fields["fusion_weeks"].widget.attrs["max"] == 104


def test_a_clinician_may_not_change_the_practice(bob_client: Client, practice: Practice) -> None:
    assert bob_client.get(URL).status_code == 403
    assert bob_client.post(URL, typed(practice, phone="x")).status_code == 403
    assert upload(bob_client, picture()).status_code == 403


def test_a_logo_is_shrunk_and_stripped(
    alice_client: Client, bob_client: Client, charlie_client: Client
) -> None:
    hidden = PngInfo()
    hidden.add_text("Comment", "<script>alert(1)</script>")
    assert upload(alice_client, picture(pnginfo=hidden)).status_code == 302
    logo = PracticeLogo.objects.get()
    assert (logo.content_type, logo.width, logo.height) == ("image/png", 640, 160)
    assert b"script" not in bytes(logo.content)

    shown = bob_client.get(reverse("practice_logo"))
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert charlie_client.get(reverse("practice_logo")).status_code == 404


def test_a_logo_can_be_removed(alice_client: Client) -> None:
    upload(alice_client, picture("JPEG"), "logo.jpg")
    assert alice_client.get(reverse("practice_logo")).headers["Content-Type"] == "image/jpeg"
    alice_client.post(reverse("remove_logo"))
    assert not PracticeLogo.objects.exists()


NO_LOGOS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a drawing": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "Choose a PNG or JPEG picture.",
    ),
    "another kind": (lambda: picture("GIF"), "Choose a PNG or JPEG picture."),
    "cut short": (
        lambda: picture()[:200],
        "This picture is damaged. Save it again and retry.",
    ),
    "nothing": (lambda: b"", "The submitted file is empty."),
    "large": (
        lambda: b"x" * (24 * 1024 * 1024 + 1),
        "The file is larger than 24 MB. Choose a smaller one.",
    ),
    "many dots": (
        lambda: picture(size=(6400, 6400), mode="1"),
        "The picture has more than 40 million dots. Shrink it first.",
    ),
    "long": (
        lambda: picture(size=(1, 30_000)),
        "The picture is far too long. Trim it first.",
    ),
}


def test_what_is_no_logo_is_refused(alice_client: Client) -> None:
    settings_page = reverse("practice_settings")
    for kind, (content, message) in NO_LOGOS.items():
        response = upload(alice_client, content())
        assert response.context["logo_form"].errors == {"logo": [message]}, kind
        # The settings on the page that comes back are sent to the settings.
        assert f'action="{settings_page}"' in response.content.decode(), kind
        assert not PracticeLogo.objects.exists(), kind
    # Loaded again, it is theirs.
    assert alice_client.get(reverse("change_logo")).headers["Location"] == settings_page


def test_the_zones_of_this_machine_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter([{"Asia/Aden"}])
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: next(looks))
    known_time_zones.cache_clear()
    time_zone_choices.cache_clear()
    try:
        assert {str(PracticeForm()["time_zone"]).count("<option") for _ in range(3)} == {2}
        validate_time_zone("Asia/Aden")
    finally:
        known_time_zones.cache_clear()
        time_zone_choices.cache_clear()
