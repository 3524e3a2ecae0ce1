"""Dates in templates are written as Django itself writes them."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.template import Context, Template, defaultfilters
from django.utils import timezone

from clinic.templatetags.dates import date

FORMS = (None, "DATE_FORMAT", "DATETIME_FORMAT", "j M Y", "j M Y, H:i", "D j M Y", "Ymd", "Y")


def test_every_form_is_that_of_django() -> None:
    first = dt.datetime(1999, 12, 31, 23, 59, 59, tzinfo=ZoneInfo("Europe/London"))
    moments = [first + dt.timedelta(days=n * 37, minutes=n * 61) for n in range(60)]
    days, others = [at.date() for at in moments], [None, "", "odd"]
    for form in FORMS:
        # Django has no hours of a day without any: a template that asks for them is a mistake.
        with_hours = form is not None and (":" in form or "TIME" in form)
        for value in [*moments, *others, *([] if with_hours else days)]:
            assert date(value, form) == defaultfilters.date(value, form), (form, value)


def test_a_moment_is_shown_in_the_zone_that_is_open() -> None:
    page = Template("{{ at|date:'DATETIME_FORMAT' }} {{ at|date }} {{ none|date }}.")
    at = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Europe/London"):
        assert page.render(Context({"at": at, "none": None})) == "2 Jul 2026, 00:30 2 Jul 2026 ."
