"""The settings page of a practice, for its owners."""

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from clinic import mailing, post
from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.models import Practice
from clinic.parsing.printable import unlinked
from clinic.permissions import Action, requires
from clinic.practice import actions
from clinic.practice.forms import LogoForm, PracticeForm
from clinic.pulse import DUE, last_beat, stands_still

TEST_MAIL_SECONDS = 30
"""At most one test e-mail of a practice in this time."""


def _settings_page(_request: PracticeRequest) -> str:
    return "practice_settings"


def _test_of(practice: Practice) -> str:
    return f"test-of-practice-{practice.pk}"


def _page(request: PracticeRequest, form: PracticeForm, logo_form: LogoForm) -> HttpResponse:
    context = {
        "form": form,
        "logo_form": logo_form,
        "has_logo": request.practice.has_logo,
        "test_trouble": post.trouble(_test_of(request.practice)),
        "due_at": last_beat(DUE),
        "due_stands_still": stands_still(last_beat(DUE), timezone.now()),
    }
    return render(request, "clinic/practice/practice_settings.html", context)


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def practice_settings(request: PracticeRequest) -> HttpResponse:
    """Letterhead, local habits, limits."""
    form = PracticeForm(request.POST or None, instance=request.practice)
    if request.method == "POST":
        if form.is_valid() and _saved(request, form):
            messages.success(request, "The practice has been saved.")
            return redirect("practice_settings")
        # The form wrote what was typed into the practice; the page's header shows what is true.
        request.practice.refresh_from_db()
    return _page(request, form, LogoForm())


def _saved(request: PracticeRequest, form: PracticeForm) -> bool:
    """Whether it could be saved; else the form says why not."""
    try:
        actions.change_practice(
            practice=form.instance, actor=request.user, fields=form.changed_data
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@requires(Action.MANAGE_PRACTICE)
@posted_from(_settings_page)
def send_test_email(request: PracticeRequest) -> HttpResponse:
    """Post a test e-mail to the alert address that is saved; its page says if it does not go."""
    practice = request.practice
    if not practice.alert_email:
        messages.error(request, "Save an alert address first.")
    elif not mailing.has_server():
        messages.error(request, "This server sends no e-mail: no mail server is set up.")
    elif not cache.add(f"test-mail-{practice.pk}", True, TEST_MAIL_SECONDS):
        messages.info(request, "A test e-mail has just been sent. Wait half a minute.")
    else:
        post.post(
            EmailMessage(
                f"Test: alert e-mails of {unlinked(practice.name)}",
                "This is a test. E-mails about urgent reports come to this address.\n",
                to=[practice.alert_email],
            ),
            about=_test_of(practice),
        )
        messages.success(request, f"A test e-mail is on its way to {practice.alert_email}.")
    return redirect("practice_settings")


@requires(Action.MANAGE_PRACTICE)
@posted_from(_settings_page)
def change_logo(request: PracticeRequest) -> HttpResponse:
    """Put up a new logo."""
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, PracticeForm(instance=request.practice), form)
    actions.set_logo(practice=request.practice, actor=request.user, logo=form.cleaned_data["logo"])
    messages.success(request, "The logo has been saved.")
    return redirect("practice_settings")


@requires(Action.MANAGE_PRACTICE)
@posted_from(_settings_page)
def remove_logo(request: PracticeRequest) -> HttpResponse:
    """Take the logo down."""
    actions.remove_logo(practice=request.practice, actor=request.user)
    messages.success(request, "The logo has been removed.")
    return redirect("practice_settings")


@require_GET
def practice_logo(request: PracticeRequest) -> HttpResponse:
    """The picture itself, for members of this practice."""
    if not request.practice.has_logo:
        raise Http404
    logo = request.practice.logo
    return HttpResponse(bytes(logo.content), content_type=logo.content_type)
