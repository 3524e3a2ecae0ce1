"""The body is drawn once for each view, and each form gets ids of its own in it."""

import re

from django.template.loader import render_to_string

from patients.vocabulary import Chain
from programs.portal.symptoms.body_picture import pictures_of
from programs.templatetags.symptoms import body
from tests.every_row import every

VIEWS = [picture for chain in Chain for picture in pictures_of(chain)]


@every("picture", VIEWS)
@every("ids", ["id_before-regions", "id_<after>-regions"])
def test_it_is_what_its_template_says(picture: object, ids: str) -> None:
    found = body(picture, ids)
    template = "programs/portal/symptoms/_body.html"
    assert found == render_to_string(template, {"picture": picture, "ids": ids})


def test_two_forms_on_one_page_share_no_id() -> None:
    pages = [body(VIEWS[0], ids) for ids in ("id_before-regions", "id_after-regions")]
    found = [set(re.findall(r' id="([^"]+)"', page)) for page in pages]
    assert all(found)
    assert found[0].isdisjoint(found[1])
