"""The request as a clinician's view sees it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from clinic.models import Membership, Practice, User


class PracticeRequest(HttpRequest):
    """A signed-in request, after ``PracticeMiddleware``: the practice is there, and checked."""

    user: User
    practice: Practice
    membership: Membership
    #: Every practice this person may switch to, the present one included.
    memberships: list[Membership]
    #: True in a condition when htmx asks for a part of the page.
    htmx: HtmxDetails
