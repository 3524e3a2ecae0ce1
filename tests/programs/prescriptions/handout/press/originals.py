"""What the press takes the place of, and what its parts lean on: digests of what was read."""

from typing import Any

from cssselect2 import Matcher
from weasyprint import css
from weasyprint.css import validation
from weasyprint.draw import text
from weasyprint.layout import percent, preferred
from weasyprint.pdf import fonts, stream
from weasyprint.text import fonts as text_fonts
from weasyprint.text import line_break

REPLACED = {
    "weasyprint.layout.percent.resolve_percentages": "71673078096fcf87",
    "weasyprint.layout.background.layout_box_backgrounds": "617a870678c82755",
    "weasyprint.layout.preferred.adjust": "20ef5faa8188ca2c",
    "weasyprint.draw.border.draw_border": "8ba918f30893929f",
    "weasyprint.anchors.gather_anchors": "373f8c676f27da3b",
    "Box.is_in_normal_flow": "48030cd968cb59be",
    "weasyprint.pdf.fonts.TTFont": "ef5bea11dfd8e6b5",
    "weasyprint.text.line_break.split_first_line": "39ad1016863ca34d",
    "weasyprint.text.line_break.strut": "b57885b70dd08efe",
    "weasyprint.text.line_break.can_break_text": "4f3fb5ef1c239df9",
    "Layout.setup": "14d4deae06744b59",
    "Layout.reactivate": "da7444193c929a55",
    "weasyprint.css.StyleFor": "d60656cf202d3e3b",
    "weasyprint.draw.text.draw_first_line": "1bb8eae6d88e71b1",
    "pydyf._to_bytes": "1cefd02c285d3aee",
    "Dictionary.data": "07bc5d6a3799304b",
    "Array.data": "245b6337e2ca2543",
}
"""By the place of each; of a class, how it is made."""
LEANT_ON: dict[str, tuple[Any, str]] = {
    "Style.anonymous_style": (css.Style.anonymous_style.func, "c09541374eca9047"),
    "ComputedStyle.copy": (css.ComputedStyle.copy, "1253dbb0ff0f9e75"),
    "AnonymousStyle.copy": (css.AnonymousStyle.copy, "019a0e256ea83103"),
    "Layout.set_text": (line_break.Layout.set_text, "cfe290e5cf742d88"),
    "Layout.deactivate": (line_break.Layout.deactivate, "8c456c897e79b97b"),
    "draw_text": (text.draw_text, "ebaf96239c6ca363"),
    "Stream._fonts": (stream.Stream.add_font, "c3d55912c67dae5a"),
    "get_pango_font_key": (text_fonts.get_pango_font_key, "74cbeff1fac3860c"),
    "font_features": (text_fonts.font_features, "e35741064c068852"),
    "get_font_description": (text_fonts.get_font_description, "85734b8947b9bf64"),
    "Font.__init__": (fonts.Font.__init__, "0d1bfc9d42300793"),
    "Font.clean": (fonts.Font.clean, "cf6c698470f6a849"),
    "min_max": (preferred.min_max, "17066583f5c14957"),
    "margin_width": (preferred.margin_width, "f1c631288fc1aedf"),
    "StyleFor._cascaded_styles": (css.StyleFor.get_cascaded_styles, "5370e12f7feed7a3"),
    "StyleFor._computed_styles": (css.StyleFor.get_computed_styles, "ae13d85d7232bb84"),
    "StyleFor._sheets": (css.StyleFor.add_page_declarations, "1eae5c635d06a22a"),
    "find_style_attributes": (css.find_style_attributes, "c5b4eb4d3c008b07"),
    "declaration_precedence": (css.declaration_precedence, "510a33df7059e753"),
    "preprocess_declarations": (validation.preprocess_declarations, "4db5fa5a1b14194b"),
    "Matcher.match": (Matcher.match, "38c9590f583d7466"),
    "adjust_box_sizing": (percent.adjust_box_sizing, "88f3351db0280d16"),
}
"""What a style is copied by, what a layout is set up by, and where a page keeps its fonts."""
