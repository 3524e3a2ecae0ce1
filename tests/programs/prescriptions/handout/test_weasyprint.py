"""What we override and call inside WeasyPrint is as it was when we read it.

The handout takes the place of private parts of WeasyPrint. No promise of its authors covers them:
each is named here with what it asks for and a digest of how it is written.
"""

import ast
import hashlib
import inspect
import textwrap
from types import ModuleType
from typing import Any

import pydyf
import weasyprint
from weasyprint import css, document, images, layout, urls
from weasyprint.pdf import stream, tags
from weasyprint.svg import SVG

from programs.prescriptions.handout import drawings, pdf, styles, tagging
from programs.prescriptions.handout.press.parts import PRESS_PARTS, replaced
from tests.every_row import every
from tests.programs.prescriptions.handout.press.originals import LEANT_ON, REPLACED

READ = "70.0"
STYLE_FOR = replaced()["weasyprint.css.StyleFor"]
"""The original, whose place ours has taken."""
OVERRIDDEN: dict[str, tuple[Any, str, str]] = {
    "HTML.__init__": (
        weasyprint.HTML.__init__,
        "(self, guess=None, filename=None, url=None, file_obj=None, string=None, "
        "encoding=None, base_url=None, url_fetcher=None, media_type='print')",
        "5215d4ebca63891d",
    ),
    "HTML.render": (
        weasyprint.HTML.render,
        "(self, font_config=None, counter_style=None, color_profiles=None, **options)",
        "d7f59988cf0f3f34",
    ),
    "HTML._ua_stylesheets": (
        weasyprint.HTML._ua_stylesheets,
        "(self, forms=False)",
        "526847dde288da71",
    ),
    "StyleFor.__init__": (
        STYLE_FOR.__init__,
        "(self, html, sheets, presentational_hints, font_config, target_collector)",
        "d60656cf202d3e3b",
    ),
    "URLFetcher.__init__": (
        urls.URLFetcher.__init__,
        "(self, timeout=10, ssl_context=None, http_headers=None, "
        "allowed_protocols=None, allow_redirects=True, fail_on_errors=False, **kwargs)",
        "8f91a614f5ea7af9",
    ),
    "URLFetcher.fetch": (
        urls.URLFetcher.fetch,
        "(self, url, headers=None)",
        "2923720eb2d1a16a",
    ),
}
"""What stands in our own classes in its place: signature, and digest of its source."""
CALLED: dict[str, tuple[Any, str, str]] = {
    "Document._render": (
        document.Document._render,
        "(html, font_config, counter_style, color_profiles, options)",
        "564166c67116315a",
    ),
    "Document.write_pdf": (
        document.Document.write_pdf,
        "(self, target=None, zoom=1, finisher=None, **options)",
        "c3e79139ad6c5a5f",
    ),
    "LayoutContext.__init__": (
        layout.LayoutContext.__init__,
        "(self, style_for, get_image_from_uri, font_config, counter_style, target_collector)",
        "1fb6033661ed0b1b",
    ),
    "StyleFor.get_computed_styles": (
        STYLE_FOR.get_computed_styles,
        "(self)",
        "ae13d85d7232bb84",
    ),
    "ComputedStyle.__init__": (
        css.ComputedStyle.__init__,
        "(self, parent_style, cascaded, pseudo_type, root_style, "
        "base_url, font_config, initial_page_sizes)",
        "1c8d3e9e4f84ff15",
    ),
    "ComputedStyle.__missing__": (
        css.ComputedStyle.__missing__,
        "(self, key)",
        "5b34f190d6dc227f",
    ),
    "get_image_from_uri": (
        images.get_image_from_uri,
        "(cache, url_fetcher, options, url, forced_mime_type=None, "
        "context=None, orientation='from-image')",
        "07bdb0c0e3fd5b83",
    ),
    "Stream.marked": (
        stream.Stream.marked,
        "(self, box, tag)",
        "63ad2e4d99aa0059",
    ),
    "_build_box_tree": (
        tags._build_box_tree,
        "(box, parent, pdf, page_number, nums, annotations, tags)",
        "f716251a83e7096e",
    ),
    "add_tags": (
        tags.add_tags,
        "(pdf, document, pdf_version, page_streams)",
        "f0e74575b0bafaf3",
    ),
    "pydyf.Stream.begin_marked_content": (
        pydyf.Stream.begin_marked_content,
        "(self, tag, property_list=None)",
        "52f91247d323b2cc",
    ),
    "Stream.add_image": (
        stream.Stream.add_image,
        "(self, image, interpolate, ratio)",
        "6db372d62348c750",
    ),
    "Stream.set_alpha": (
        stream.Stream.set_alpha,
        "(self, alpha, stroke=False, fill=None)",
        "2bdf74d9cd74e32b",
    ),
    "SVG.__init__": (
        SVG.__init__,
        "(self, tree, url, font_config, url_fetcher=None)",
        "447225825c6673bf",
    ),
    "SVG.draw": (
        SVG.draw,
        "(self, stream, concrete_width, concrete_height, base_url, context)",
        "168c80f9cb7d3cac",
    ),
    "pydyf.Stream.__init__": (
        pydyf.Stream.__init__,
        "(self, stream=None, extra=None, compress=False)",
        "c3d61380b5d0b5ec",
    ),
    "pydyf.Stream.data": (
        pydyf.Stream.data,
        "(self)",
        "3236aa16a8f266f1",
    ),
}
"""What is called, or calls us, or decides what a shared style may hold."""
EVERYTHING = {**OVERRIDDEN, **CALLED}
MODULES: tuple[ModuleType, ...] = (drawings, pdf, styles, tagging, *PRESS_PARTS)
LIBRARIES = ("weasyprint", "pydyf")


def told(name: str, what: str) -> str:
    return (
        f"WeasyPrint {weasyprint.__version__} has another {name} than {READ}: {what}. Read what "
        "changed, see to programs/prescriptions/handout, print two demo handouts before and after "
        "and compare them, then write the new figures here and the version into docs/adr/0007."
    )


def source(thing: Any) -> str:
    plain = thing.fget if isinstance(thing, property) else inspect.unwrap(thing)
    return textwrap.dedent(inspect.getsource(plain))


def signature(thing: Any) -> str:
    return str(inspect.signature(thing.fget if isinstance(thing, property) else thing))


def digest(thing: Any) -> str:
    thing = thing.__init__ if inspect.isclass(thing) else thing
    return hashlib.sha256(source(thing).encode()).hexdigest()[:16]


@every("name", EVERYTHING)
def test_it_is_as_it_was_when_we_read_it(name: str) -> None:
    thing, asked, written = EVERYTHING[name]
    assert signature(thing) == asked, told(name, f"it asks for {signature(thing)}, not {asked}")
    assert digest(thing) == written, told(name, f"it is written otherwise ({digest(thing)})")


def test_what_the_press_takes_the_place_of_is_as_it_was() -> None:
    written = {name: digest(thing) for name, thing in replaced().items()}
    assert written == REPLACED, told("part", "one that programs/.../handout/press replaces")


def test_what_those_parts_lean_on_is_as_it_was() -> None:
    written = {name: digest(thing) for name, (thing, _) in LEANT_ON.items()}
    assert written == {name: read for name, (_, read) in LEANT_ON.items()}, told(
        "part", "one that programs/.../handout/press leans on"
    )


def test_the_version_is_the_one_that_was_read() -> None:
    assert weasyprint.__version__.startswith(READ), told("version", "a minor version")


def test_everything_that_we_override_is_named_above() -> None:
    found = {
        f"{base.__name__}.{name}"
        for module in MODULES
        for ours in vars(module).values()
        if inspect.isclass(ours) and ours.__module__ == module.__name__
        for base in ours.__mro__[1:]
        if base.__module__.split(".")[0] in LIBRARIES
        for name in vars(ours)
        if callable(vars(base).get(name)) or isinstance(vars(base).get(name), classmethod)
    }
    assert found == set(OVERRIDDEN)


def test_every_private_name_that_we_use_is_named_above() -> None:
    ours = {name for module in MODULES for name in vars(module)}
    used = {
        node.attr
        for module in MODULES
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute) and node.attr.startswith("_")
        if not node.attr.endswith("__")
    } - ours
    named = {name.rpartition(".")[2] for name in (*EVERYTHING, *REPLACED, *LEANT_ON)}
    assert used <= named
    assert {"_render", "_computed_styles"} <= used
