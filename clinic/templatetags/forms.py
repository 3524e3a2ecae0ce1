"""Every form says whose it is: ``{% csrf_token %}`` carries the practice of its page as well.

Built into every template (see ``TEMPLATES``), so that no form can leave it out.
"""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clinic.typed import WHOSE

register = template.Library()


class _FormMarks(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        practice = getattr(getattr(context, "request", None), "practice", None)
        practice = practice or getattr(context.get("request"), "practice", None)
        if practice is None:
            return SafeString(token)
        mark = format_html('<input type="hidden" name="{}" value="{}">', WHOSE, practice.pk)
        return SafeString(token + mark)


@register.tag
def csrf_token(parser: Parser, token: Token) -> _FormMarks:
    """Django's token, and the practice that the page was loaded for."""
    return _FormMarks()
