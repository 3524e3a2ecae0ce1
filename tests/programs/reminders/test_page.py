"""The patient asks for reminders, confirms, changes and stops them; the calendar likewise."""

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings as site
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from textstat import textstat

from clinic.models import AuditEntry, User
from patients.models import ScreenAnswer
from programs.access_actions import renew_access, revoke_access
from programs.dosage import Dosage
from programs.models import CalendarFeed, PatientAccess, Program, Reminder
from tests.programs.portal.conftest import days_ago, issue_for, minutes_pass, open_door
from tests.programs.portal.test_words import GRADE, sentences
from tests.programs.reminders.conftest import reminder_for
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db
ADDRESS = "margaret@example.org"
CLICK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1", "Sec-Fetch-Dest": "document"}
FORM = {"do": "email", "email": ADDRESS, "at": "08:15", "days": ["0", "2", "4"]}


@pytest.fixture
def reminders(page: str) -> str:
    return f"{page}reminders/"


def text_of(answer: Any) -> str:
    content = answer.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def link_in_mail() -> str:
    (found,) = re.findall(rf"{re.escape(site.PUBLIC_URL)}(/p/reminders/\S+)", mail.outbox[-1].body)
    return str(found)


# --- Asking -----------------------------------------------------------------------------------


def test_nothing_is_on_until_it_is_asked_for(phone: Client, reminders: str) -> None:
    text = text_of(phone.get(reminders))
    assert text.count("Off.") == 2
    assert (Reminder.objects.count(), CalendarFeed.objects.count()) == (0, 0)


def test_from_asking_to_the_first_reminder(phone: Client, reminders: str) -> None:
    answer = phone.post(reminders, FORM, follow=True)
    assert "One more step. We sent an e-mail to m…@e….org ." in text_of(answer)
    reminder = Reminder.objects.get()
    assert (reminder.at, reminder.days, reminder.is_on) == (dt.time(8, 15), [0, 2, 4], False)
    confirm = link_in_mail()
    # Looking is not agreeing, not even a person's look.
    assert "Turn the reminders on?" in text_of(Client().get(confirm, headers=CLICK))
    assert not Reminder.objects.get().is_on
    said = text_of(Client().post(confirm))
    assert "The reminders are on" in said
    assert "Monday, Wednesday and Friday at 08:15 , London time." in said
    assert Reminder.objects.get().is_on
    assert "On. An e-mail goes to m…@e….org Monday" in text_of(phone.get(reminders))
    assert "The reminders are on" in text_of(Client().get(confirm))
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


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"email": ""}, "Type your e-mail address."),
        ({"email": "margaret@"}, "Type a whole e-mail address, like ann@example.org."),
        ({"email": "a" * 300 + "@example.org"}, "Type a whole e-mail address"),
        ({"at": "25:00"}, "Type a time like 9:00 or 17:30."),
        ({"at": ""}, "Type a time like 9:00 or 17:30."),
        ({"days": []}, "Choose at least one day."),
        ({"days": ["7"]}, "Choose at least one day."),
    ],
)
def test_a_slip_is_told_and_what_was_typed_stays(
    phone: Client, reminders: str, change: dict[str, Any], error: str
) -> None:
    page = phone.post(reminders, {**FORM, **change}).content.decode()
    assert error in page
    assert f'value="{change.get("at", "08:15")}"' in page
    assert f'value="{change.get("email", ADDRESS)}"' in page
    assert (Reminder.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize("typed", ["8:15", "08.15", "8:15 am", "08:15:00"])
def test_a_time_may_be_typed_in_more_than_one_way(
    phone: Client, reminders: str, typed: str
) -> None:
    phone.post(reminders, {**FORM, "at": typed})
    assert Reminder.objects.get().at == dt.time(8, 15)


def test_not_too_many_letters_are_sent(phone: Client, reminders: str) -> None:
    phone.post(reminders, FORM)
    for _ in range(3):
        phone.post(reminders, {"do": "again"})
    assert len(mail.outbox) == 4
    assert "Please try again in 24 hours." in text_of(phone.post(reminders, {"do": "again"}))
    said = text_of(phone.post(reminders, {**FORM, "email": "else@example.org"}))
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
    said = text_of(second.post(other, {**FORM, "email": ADDRESS.upper()}))
    assert "Please try again in 24 hours." in said
    assert len(mail.outbox) == 4


def test_a_mail_server_that_is_away_is_told(phone: Client, reminders: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = text_of(phone.post(reminders, FORM))
    assert "The e-mail did not go out. Please try again in a while." in said
    assert "Send it again" in said


def test_a_site_without_a_mail_server_offers_the_calendar_only(
    phone: Client, reminders: str, settings: Any
) -> None:
    settings.DEVELOPMENT, settings.EMAIL_HOST = False, ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "This practice sends no e-mail yet." in text_of(phone.get(reminders))
    phone.post(reminders, FORM)
    assert Reminder.objects.count() == 0


# --- The link to confirm ----------------------------------------------------------------------


def test_an_old_link_confirms_nothing(phone: Client, reminders: str) -> None:
    phone.post(reminders, FORM)
    Reminder.objects.update(asked_at=days_ago(3.1))
    assert "This link is too old" in text_of(Client().get(link_in_mail()))
    assert "This link is too old" in text_of(Client().post(link_in_mail()))
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
    assert "Off." in text_of(phone.get(reminders))


# --- Stopping ---------------------------------------------------------------------------------


@pytest.fixture
def stop(access: PatientAccess) -> str:
    return f"/p/reminders/{reminder_for(access).stop_token}/stop/"


def test_a_click_stops_at_once_and_offers_the_way_back(stop: str, access: PatientAccess) -> None:
    answer = Client().get(stop, headers=CLICK)
    assert "The e-mails have stopped" in text_of(answer)
    assert Reminder.objects.get().stopped_at is not None
    assert "Turn on again" in text_of(answer)
    back = stop.replace("/stop/", "/start/")
    assert Client().get(back).status_code == 405
    assert "every day at 09:00 , London time." in text_of(Client().post(back))
    assert Reminder.objects.get().is_on
    # Nothing that fell due while it was off is sent late.
    assert timezone.now() - Reminder.objects.get().since < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-User": "?1"},
        {**CLICK, "Sec-Purpose": "prefetch"},
        {"User-Agent": "a mail scanner"},
    ],
)
def test_a_scanner_stops_nothing(stop: str, headers: dict[str, str]) -> None:
    answer = Client().get(stop, headers=headers)
    assert answer.content.decode().count("<button") == 1
    assert "Stop the e-mails?" in text_of(answer)
    assert Client().head(stop, headers=CLICK).status_code == 200
    assert Reminder.objects.get().is_on


def test_a_mail_program_stops_by_posting_without_a_form_token(stop: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, Reminder.objects.get().is_on) == (200, False)
    assert client.post(stop).status_code == 200
    assert AuditEntry.objects.filter(action="reminder.stopped").count() == 1
    # Turning on again is a form of ours.
    assert client.post(stop.replace("/stop/", "/start/")).status_code == 403


def test_stopping_works_after_the_link_is_closed_and_there_is_no_way_back(
    stop: str, access: PatientAccess, alice: User
) -> None:
    revoke_access(case=access.case, actor=alice)
    said = text_of(Client().post(stop))
    assert "The e-mails have stopped" in said
    assert "Turn on again" not in said
    assert Client().post(stop.replace("/stop/", "/start/")).status_code == 404
    assert not Reminder.objects.get().is_on


def test_a_secret_nobody_has_is_the_closed_door(access: PatientAccess) -> None:
    closed = Client().get("/p/x/").content
    for address in (
        "/p/reminders/x/stop/",
        "/p/reminders/x/confirm/",
        f"/p/reminders/{access.token}/stop/",
        f"/p/calendar/{access.token}.ics",
        "/p/calendar/x.ics",
    ):
        answer = Client().get(address)
        assert (answer.status_code, answer.content) == (404, closed)


def test_off_and_on_again_on_the_page(phone: Client, reminders: str, access: PatientAccess) -> None:
    reminder_for(access)
    assert "Turn on again" in text_of(phone.post(reminders, {"do": "email_off"}, follow=True))
    assert "On." in text_of(phone.post(reminders, {"do": "email_on"}, follow=True))
    assert Reminder.objects.get().is_on


# --- The calendar -----------------------------------------------------------------------------

WHEN = {"do": "calendar", "days": ["0", "3"], "time0": "07:00"}


def events(answer: Any) -> Any:
    calendar: Any = Calendar.from_ical(answer.content)
    return calendar.walk("VEVENT")


@pytest.fixture
def feed(phone: Client, reminders: str) -> CalendarFeed:
    phone.post(reminders, WHEN)
    return CalendarFeed.objects.get()


def ics(feed: CalendarFeed) -> str:
    return f"/p/calendar/{feed.token}.ics"


def test_the_calendar_is_made_and_opens_in_a_calendar_program(
    phone: Client, reminders: str, feed: CalendarFeed, access: PatientAccess
) -> None:
    page = phone.get(reminders).content.decode()
    root = site.PUBLIC_URL.partition("://")[2]
    assert f'href="webcal://{root}{ics(feed)}"' in page
    assert f'value="{site.PUBLIC_URL}{ics(feed)}"' in page
    answer = Client().get(ics(feed))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = events(answer)
    assert event["url"] == f"{site.PUBLIC_URL}/p/{access.token}/"
    assert event["rrule"]["byday"] == ["MO", "TH"]
    assert event["dtstart"].dt.time() == dt.time(7)


def test_the_times_suit_the_program_unless_others_are_chosen(
    phone: Client, reminders: str, access: PatientAccess, alice: User
) -> None:
    dose = Dosage.from_dict({"reps": 10, "times_per_day": [2, 3], "days_per_week": 3})
    issue_for(access.case, alice, sample_prescription(items=(sample_exercise(dosage=dose),)))
    page = phone.get(reminders).content.decode()
    assert re.findall(r'name="time\d" type="time" value="([\d:]+)"', page) == ["09:00", "18:00"]
    ticked = re.findall(r'value="(\d)" id="calendar-id_days_\d" checked', page)
    assert ticked == ["0", "2", "4"]
    phone.post(reminders, {**WHEN, "time1": ""})
    assert CalendarFeed.objects.get().times == [dt.time(7)]
    phone.post(reminders, {**WHEN, "time0": "19:00", "time1": "06:00", "days": ["6"]})
    kept = CalendarFeed.objects.get()
    assert (kept.times, kept.days) == ([dt.time(6), dt.time(19)], [6])


def test_the_calendar_ends_when_every_dose_has_ended(
    feed: CalendarFeed, access: PatientAccess, alice: User
) -> None:
    doses = [Dosage.from_dict({"reps": 10, "weeks": weeks}) for weeks in (4, [4, 6])]
    items = tuple(sample_exercise(n, dosage=dose) for n, dose in enumerate(doses))
    today = timezone.now().astimezone(access.case.practice.zone).date()
    issue_for(access.case, alice, sample_prescription(items=items, issued_on=today))
    (event,) = events(Client().get(ics(feed)))
    (until,) = event["rrule"]["until"]
    assert until.astimezone(access.case.practice.zone).date() == today + dt.timedelta(weeks=6)


def test_a_slip_in_the_calendar_form_is_told(phone: Client, reminders: str) -> None:
    page = phone.post(reminders, {**WHEN, "time0": "", "days": []}).content.decode()
    assert "Choose at least one day." in page
    assert "Type a time like 9:00 or 17:30." in page
    assert CalendarFeed.objects.count() == 0


def test_the_file_is_a_copy_that_ends(phone: Client, reminders: str, feed: CalendarFeed) -> None:
    answer = phone.get(f"{reminders}calendar/")
    assert answer["Content-Disposition"] == 'attachment; filename="home-program.ics"'
    (until,) = events(answer)[0]["rrule"]["until"]
    assert until - timezone.now() < dt.timedelta(weeks=12)
    phone.post(reminders, {"do": "calendar_off"})
    assert phone.get(f"{reminders}calendar/").status_code == 302


def test_turned_off_the_address_is_the_closed_door_for_good(
    phone: Client, reminders: str, feed: CalendarFeed
) -> None:
    phone.post(reminders, {"do": "calendar_off"})
    answer = Client().get(ics(feed))
    assert (answer.status_code, answer.content) == (404, Client().get("/p/x/").content)
    phone.post(reminders, WHEN)
    fresh = CalendarFeed.objects.get()
    assert fresh.token != feed.token
    assert (Client().get(ics(feed)).status_code, Client().get(ics(fresh)).status_code) == (404, 200)


def test_the_calendar_of_a_closed_or_renewed_link_is_the_closed_door(
    feed: CalendarFeed, access: PatientAccess, alice: User
) -> None:
    renew_access(case=access.case, actor=alice)
    answer = Client().get(ics(feed))
    assert (answer.status_code, answer.content) == (404, Client().get("/p/x/").content)
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive, nosnippet"


def test_the_calendar_ends_with_the_program_and_at_a_warning_sign(
    feed: CalendarFeed, alice: User, access: PatientAccess
) -> None:
    CalendarFeed.objects.update(changed_at=days_ago(20))
    assert len(events(Client().get(ics(feed)))) == 1
    stop = ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    (until,) = events(Client().get(ics(feed)))[0]["rrule"]["until"]
    assert until == stop.answered_at.replace(microsecond=0)
    Program.objects.update(ended_at=days_ago(2), draft_open=False)
    (until,) = events(Client().get(ics(feed)))[0]["rrule"]["until"]
    assert timezone.now() - until > dt.timedelta(days=1)


def test_the_calendar_says_nothing_about_health(feed: CalendarFeed, access: PatientAccess) -> None:
    said = Client().get(ics(feed)).content.decode().replace("\r\n ", "")
    items = [i.name for i in access.case.programs.get().prescriptions.get().prescription().items]
    names = ["Margaret", "Ellison", "Alice", "Bob", "Harbour", access.case.title, *items]
    assert [name for name in names if name.lower() in said.lower()] == []


# --- The page as a whole ------------------------------------------------------------------------


def test_the_page_of_a_program_that_is_stopped_says_so_and_lets_one_stop(
    phone: Client, reminders: str, access: PatientAccess, alice: User
) -> None:
    reminder_for(access)
    ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    assert "No reminders come until it is." in text_of(phone.get(reminders))
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
    page = alice_client.get(address).content.decode()
    assert "E-mail Monday and Friday at 09:00, and a calendar" in page
    assert "margaret@example.org" not in page
    CalendarFeed.objects.update(stopped_at=timezone.now())
    Reminder.objects.update(stopped_at=timezone.now())
    assert "None. The patient can turn them on." in alice_client.get(address).content.decode()


def test_what_is_typed_beside_a_known_address_is_what_counts(
    phone: Client, reminders: str, access: PatientAccess
) -> None:
    reminder_for(access)
    page = phone.post(reminders, {**FORM, "email": "wrong@", "to": "current"}).content.decode()
    assert re.findall(r'value="(\w+)"[^>]*checked', page)[0] == "other"
