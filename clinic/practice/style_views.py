"""The page that shows what every page is made of."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from clinic.practice.style import by_kind

TOKENS_SHEET = Path(settings.BASE_DIR, "static", "clinic", "tokens.css")
SHOWN_VERDICTS = {
    "preferred": "Preferred",
    "ok": "Suitable",
    "caution": "Take care",
    "adapt": "Adapt first",
    "contraindicated": "Not for this patient",
}


@requires(Action.MANAGE_PRACTICE)
@require_GET
def style(request: PracticeRequest) -> HttpResponse:
    """Colours, letters, spaces and parts, as they are where this is read: by day or by night."""
    kinds = by_kind(TOKENS_SHEET.read_text(encoding="utf-8"))
    return render(
        request, "clinic/practice/style.html", {"kinds": kinds, "verdicts": SHOWN_VERDICTS}
    )
