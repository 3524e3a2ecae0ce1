"""What the first page of a program in a process would wait for, done before anybody asks.

Patterns of addresses, templates and forms are made ready where they are first used, which takes
four times as long as using them again.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from crispy_forms.utils import render_crispy_form

from programs.builder.cards import item_urls
from programs.builder.forms import OverrideForm
from programs.builder.result_cards import card_html
from programs.builder.results import search
from programs.exercises.library import read_ahead
from programs.exercises.query import Wanted
from programs.rules.facts import CaseFacts, RuleSettings
from programs.verdicts.assessments import assess_catalogue

_DAY = dt.date(2026, 11, 20)
_A_SLIP = "strech"
_NOWHERE = {"program": "/", "add": "/", "screen": "/", "entries": "/"}


def warm_up() -> None:
    """Write the first results for a patient of whom nothing is known, and a form."""
    library, facts = read_ahead(), CaseFacts()
    assessed = assess_catalogue(library, facts, RuleSettings())
    found = search(library, facts, assessed, Wanted(), {})
    library.search.search(_A_SLIP)  # the words of the dictionary are read for it
    for card in (*found.shown, *found.closed):
        card_html(card, None, _NOWHERE)
    item_urls(UUID(int=0), UUID(int=1))
    render_crispy_form(OverrideForm(key="none", today=_DAY, weeks=4))
