"""Addresses of the patient's pages, below ``/p/``. None of them speaks of health."""

from django.urls import URLPattern, URLResolver, path

from programs.portal.app import views as app_views
from programs.portal.diary import views as diary_views
from programs.portal.door import views
from programs.portal.goals import views as goal_views
from programs.portal.reminders import mailbox_views
from programs.portal.reminders import views as reminder_views
from programs.portal.session import log_views, picture_views
from programs.portal.session import views as session_views
from programs.portal.today import check_views
from programs.portal.today import views as day_views
from programs.portal.warning_signs import views as wrong_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.portal_code, name="portal_code"),
    path("sw.js", app_views.portal_worker, name="portal_worker"),
    path("words/<str:kind>/", app_views.portal_words, name="portal_words"),
    path("today/", views.portal_today, name="portal_today"),
    path("today/<uuid:device>/", day_views.portal_program, name="portal_program"),
    path("today/<uuid:device>/log/", log_views.portal_log, name="portal_log"),
    path("today/<uuid:device>/session/", session_views.portal_session, name="portal_session"),
    path(
        "today/<uuid:device>/session/<uuid:run>/",
        session_views.portal_session_end,
        name="portal_session_end",
    ),
    path(
        "today/<uuid:device>/check/<str:phase>/<uuid:session>/",
        check_views.portal_check,
        name="portal_check",
    ),
    path("today/<uuid:device>/diary/", diary_views.portal_diary, name="portal_diary"),
    path(
        "today/<uuid:device>/diary/<str:kind>/<uuid:log>/",
        diary_views.portal_correct,
        name="portal_correct",
    ),
    path("today/<uuid:device>/goals/", goal_views.portal_goals, name="portal_goals"),
    path("today/<uuid:device>/print/", views.portal_handout, name="portal_handout"),
    path(
        "today/<uuid:device>/print-large/", views.portal_handout_large, name="portal_handout_large"
    ),
    path(
        "today/<uuid:device>/pictures/<int:version>-<int:exercise>-<int:picture>/",
        picture_views.portal_picture,
        name="portal_picture",
    ),
    path(
        "today/<uuid:device>/moving/<int:version>-<int:exercise>/",
        picture_views.portal_motion,
        name="portal_motion",
    ),
    path("today/<uuid:device>/app.webmanifest", app_views.portal_manifest, name="portal_manifest"),
    path("today/<uuid:device>/stopped/", app_views.portal_stopped, name="portal_stopped"),
    path(
        "today/<uuid:device>/reminders/", reminder_views.portal_reminders, name="portal_reminders"
    ),
    path(
        "today/<uuid:device>/reminders/calendar/",
        reminder_views.portal_calendar_copy,
        name="portal_calendar_copy",
    ),
    path(
        "reminders/<str:token>/stop/",
        mailbox_views.portal_reminder_stop,
        name="portal_reminder_stop",
    ),
    path(
        "reminders/<str:token>/start/",
        mailbox_views.portal_reminder_start,
        name="portal_reminder_start",
    ),
    path(
        "reminders/<str:token>/confirm/",
        mailbox_views.portal_reminder_confirm,
        name="portal_reminder_confirm",
    ),
    path("calendar/<str:token>.ics", mailbox_views.portal_calendar, name="portal_calendar"),
    path("today/<uuid:device>/wrong/", wrong_views.portal_wrong, name="portal_wrong"),
    path("today/<uuid:device>/forget/", views.portal_forget, name="portal_forget"),
    path("forgotten/", views.portal_forgotten, name="portal_forgotten"),
    path("<str:token>/", views.portal_door, name="portal_door"),
    path("<path:rest>/", views.portal_closed, name="portal_closed"),
]
