"""The patient asks for reminders, confirms, changes and stops them; the calendar likewise."""

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings as site
from django.core import mail
from django.test import Client
from django.utils import timezone
from textstat import textstat

from clinic.models import AuditEntry, User
from patients.models import ScreenAnswer
from programs.access.actions import revoke_access
from programs.access.models import PatientAccess
from programs.prescriptions.models import Program
from programs.reminders.models import CalendarFeed, Reminder
from tests.patients.pages import main_text
from tests.programs.portal.conftest import days_ago, minutes_pass, open_door
from tests.programs.portal.test_words import GRADE, sentences
from tests.programs.reminders.conftest import CLICK, WHEN, reminder_for
from tests.undone import undone

pytestmark = pytest.mark.django_db
ADDRESS = "margaret@example.org"
FORM = {"do": "email", "email": ADDRESS, "at": "08:15", "days": ["0", "2", "4"]}


def link_in_mail() -> str:
    (found,) = re.findall(rf"{re.escape(site.PUBLIC_URL)}(/p/reminders/\S+)", mail.outbox[-1].body)
    return str(found)


# --- Asking -----------------------------------------------------------------------------------


def test_nothing_is_on_until_it_is_asked_for(phone: Client, reminders: str) -> None:
    text = main_text(phone.get(reminders))
    assert text.count("Off.") == 2
    assert (Reminder.objects.count(), CalendarFeed.objects.count()) == (0, 0)


def test_from_asking_to_the_first_reminder(phone: Client, reminders: str) -> None:
    answer = phone.post(reminders, FORM, follow=True)
    assert "One more step. We sent an e-mail to m…@e….org ." in main_text(answer)
    reminder = Reminder.objects.get()
    assert (reminder.at, reminder.days, reminder.is_on) == (dt.time(8, 15), [0, 2, 4], False)
    confirm = link_in_mail()
    # Looking is not agreeing, not even a person's look.
    assert "Turn the reminders on?" in main_text(Client().get(confirm, headers=CLICK))
    assert not Reminder.objects.get().is_on
    said = main_text(Client().post(confirm))
    assert "The reminders are on" in said
    assert "Monday, Wednesday and Friday at 08:15 , London time." in said
    assert Reminder.objects.get().is_on
    assert "On. An e-mail goes to m…@e….org Monday" in main_text(phone.get(reminders))
    assert "The reminders are on" in main_text(Client().get(confirm))
    actions = list(AuditEntry.objects.filter(action__startswith="reminder").order_by("pk"))
    assert [(a.action, a.actor_label, a.details) for a in actions] == [
        ("reminder.asked", "patient", {}),
        ("reminder.confirmed", "patient", {}),
    ]


def test_the_address_on_record_is_offered_masked_and_confirmed_too(
    phone: Client, reminders: str, access: PatientAccess
) -> None:
    patient = access.case.patient
    patient.email = "mags.ellison@mail.example.com"
    patient.save()
    page = phone.get(reminders).content.decode()
    assert "m…@m….com" in page
    assert "mags.ellison" not in page
    phone.post(reminders, {**FORM, "email": "", "to": "record"})
    assert mail.outbox[-1].to == ["mags.ellison@mail.example.com"]
    assert not Reminder.objects.get().is_on


def test_a_new_time_needs_no_new_confirmation_and_a_new_address_does(
    phone: Client, reminders: str, access: PatientAccess
) -> None:
    before = reminder_for(access)
    phone.post(reminders, {**FORM, "email": "", "to": "current", "at": "17.30"})
    changed = Reminder.objects.get()
    assert (changed.at, changed.is_on, mail.outbox) == (dt.time(17, 30), True, [])
    phone.post(reminders, {**FORM, "email": "other@example.org", "to": "current"})
    moved = Reminder.objects.get()
    assert (moved.email, moved.is_on) == ("other@example.org", False)
    assert moved.stop_token != before.stop_token
    assert [m.to for m in mail.outbox] == [["other@example.org"]]


SLIPS: list[tuple[dict[str, Any], str]] = [
    ({"email": ""}, "Type your e-mail address."),
    ({"email": "margaret@"}, "Type a whole e-mail address, like ann@example.org."),
    ({"email": "a" * 300 + "@example.org"}, "Type a whole e-mail address"),
    ({"at": "25:00"}, "Type a time like 9:00 or 17:30."),
    ({"at": ""}, "Type a time like 9:00 or 17:30."),
    ({"days": []}, "Choose at least one day."),
    ({"days": ["7"]}, "Choose at least one day."),
]


def test_a_slip_is_told_and_what_was_typed_stays(phone: Client, reminders: str) -> None:
    wrong = []
    for change, error in SLIPS:
        page = phone.post(reminders, {**FORM, **change}).content.decode()
        kept = (change.get("at", "08:15"), change.get("email", ADDRESS))
        said = [error, *(f'value="{typed}"' for typed in kept)]
        wrong += [(change, words) for words in said if words not in page]
        assert (Reminder.objects.count(), mail.outbox) == (0, []), change
    assert wrong == []


def test_a_time_may_be_typed_in_more_than_one_way(phone: Client, reminders: str) -> None:
    ways = ("8:15", "08.15", "8:15 am", "08:15:00")
    read = {}
    for typed in ways:
        with undone():
            phone.post(reminders, {**FORM, "at": typed})
            read[typed] = Reminder.objects.get().at
    assert read == dict.fromkeys(ways, dt.time(8, 15))


def test_not_too_many_letters_are_sent(phone: Client, reminders: str) -> None:
    phone.post(reminders, FORM)
    for _ in range(3):
        phone.post(reminders, {"do": "again"})
    assert len(mail.outbox) == 4
    assert "Please try again in 24 hours." in main_text(phone.post(reminders, {"do": "again"}))
    said = main_text(phone.post(reminders, {**FORM, "email": "else@example.org"}))
    assert "Please try again in 60 minutes." in said
    assert len(mail.outbox) == 4
    minutes_pass(61)
    phone.post(reminders, {**FORM, "email": "else@example.org"})
    assert [m.to for m in mail.outbox[4:]] == [["else@example.org"]]


def test_one_mailbox_is_not_filled_by_many_patients(
    phone: Client, reminders: str, neighbour: PatientAccess
) -> None:
    for _ in range(4):
        phone.post(reminders, FORM)
    second = Client()
    other = f"{open_door(second, neighbour, 1948)}reminders/"
    said = main_text(second.post(other, {**FORM, "email": ADDRESS.upper()}))
    assert "Please try again in 24 hours." in said
    assert len(mail.outbox) == 4


def test_a_mail_server_that_is_away_is_told(phone: Client, reminders: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = main_text(phone.post(reminders, FORM))
    assert "The e-mail did not go out. Please try again in a while." in said
    assert "Send it again" in said


def test_a_site_without_a_mail_server_offers_the_calendar_only(
    phone: Client, reminders: str, settings: Any
) -> None:
    settings.DEVELOPMENT, settings.EMAIL_HOST = False, ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "This practice sends no e-mail yet." in main_text(phone.get(reminders))
    phone.post(reminders, FORM)
    assert Reminder.objects.count() == 0


# --- The link to confirm ----------------------------------------------------------------------


def test_an_old_link_confirms_nothing(phone: Client, reminders: str) -> None:
    phone.post(reminders, FORM)
    Reminder.objects.update(asked_at=days_ago(3.1))
    assert "This link is too old" in main_text(Client().get(link_in_mail()))
    assert "This link is too old" in main_text(Client().post(link_in_mail()))
    assert not Reminder.objects.get().is_on


def test_a_link_to_confirm_dies_with_the_next_and_with_the_door(
    phone: Client, reminders: str, access: PatientAccess, alice: User
) -> None:
    phone.post(reminders, FORM)
    first = link_in_mail()
    phone.post(reminders, {"do": "again"})
    second = link_in_mail()
    assert (Client().post(first).status_code, Client().get(second).status_code) == (404, 200)
    revoke_access(case=access.case, actor=alice)
    assert Client().post(second).content == Client().get("/p/x/").content
    assert not Reminder.objects.get().is_on


def test_what_was_called_off_before_it_was_confirmed_stays_off(
    phone: Client, reminders: str
) -> None:
    phone.post(reminders, FORM)
    phone.post(reminders, {"do": "email_off"})
    Client().post(link_in_mail())
    assert not Reminder.objects.get().is_on
    assert "Off." in main_text(phone.get(reminders))


# --- The page as a whole ------------------------------------------------------------------------


def test_the_page_of_a_program_that_is_stopped_says_so_and_lets_one_stop(
    phone: Client, reminders: str, access: PatientAccess, alice: User
) -> None:
    reminder_for(access)
    ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    assert "No reminders come until it is." in main_text(phone.get(reminders))
    phone.post(reminders, {"do": "email_off"})
    assert not Reminder.objects.get().is_on


def test_a_post_that_no_button_makes_changes_nothing(phone: Client, reminders: str) -> None:
    assert phone.post(reminders, {"do": "x"}).status_code == 302
    assert phone.post(reminders, {"do": "again"}).status_code == 302
    assert (Reminder.objects.count(), CalendarFeed.objects.count()) == (0, 0)


def test_another_device_sees_nothing(reminders: str) -> None:
    assert Client().get(reminders).status_code == 404
    assert Client().post(reminders, FORM).status_code == 404
    assert Client().get(f"{reminders}calendar/").status_code == 404
    assert Reminder.objects.count() == 0


def test_it_all_reads_easily(phone: Client, reminders: str, access: PatientAccess) -> None:
    pages = [phone.get(reminders), phone.post(reminders, FORM, follow=True)]
    reminder = Reminder.objects.get()
    pages.append(Client().get(f"/p/reminders/{reminder.confirm_token}/confirm/"))
    pages.append(Client().post(f"/p/reminders/{reminder.confirm_token}/confirm/"))
    pages.append(phone.post(reminders, WHEN, follow=True))
    pages.append(Client().get(f"/p/reminders/{reminder.stop_token}/stop/"))
    pages.append(Client().post(f"/p/reminders/{reminder.stop_token}/stop/"))
    for page in pages:
        text = sentences(page.content.decode().replace("Harbour Physiotherapy", "us"))
        assert textstat.flesch_kincaid_grade(" ".join(text)) <= GRADE


def test_the_clinician_sees_that_reminders_are_on(
    alice_client: Client, program: Program, access: PatientAccess, feed: CalendarFeed
) -> None:
    address = f"/programs/{program.pk}/patient-link/"
    assert "A calendar</dd>" in alice_client.get(address).content.decode()
    reminder_for(access, days=[0, 4])
    page = alice_client.get(address)
    assert "E-mail Monday and Friday at 09:00, and a calendar" in main_text(page)
    assert "margaret@example.org" not in page.content.decode()
    CalendarFeed.objects.update(stopped_at=timezone.now())
    Reminder.objects.update(stopped_at=timezone.now())
    assert "None. The patient can turn them on." in alice_client.get(address).content.decode()


def test_what_is_typed_beside_a_known_address_is_what_counts(
    phone: Client, reminders: str, access: PatientAccess
) -> None:
    reminder_for(access)
    page = phone.post(reminders, {**FORM, "email": "wrong@", "to": "current"}).content.decode()
    assert re.findall(r'value="(\w+)"[^>]*checked', page)[0] == "other"
