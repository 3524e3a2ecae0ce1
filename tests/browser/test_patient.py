"""A patient opens the program on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from patients.models import Case
from programs.access.models import PatientAccess
from programs.demo.plan import Changes, ProgramPlan
from programs.demo.prescribing import make_program
from tests.browser.chromium import PHONE, findings
from tests.browser.conftest import MakeCase, Open

KEPT = ("oblique-standing-stretch", "core-breathing", "walking")


@pytest.fixture
def access(make_case: MakeCase) -> PatientAccess:
    """The link of a patient with an issued program."""
    case: Case = make_case()
    plan = ProgramPlan(
        starter="foraminal-stenosis-nine-steps", keep=KEPT, changes=Changes(), issued=True
    )
    make_program(case, case.clinician, plan, today=case.today())
    return PatientAccess.objects.get(case=case)


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_code_to_the_program(anybody: Open, access: PatientAccess, scripts: bool) -> None:
    with anybody(width=PHONE, java_script_enabled=scripts) as tab:
        tab.goto("/p/")
        tab.get_by_label("code").fill(f"{access.code[:4]} {access.code[4:]}".lower())
        tab.get_by_role("button", name="Next").click()
        tab.get_by_role("textbox").fill("1960")
        tab.get_by_role("button", name="Open").click()
        expect(tab.locator("#year-error")).to_contain_text("not the one we have")
        tab.get_by_role("textbox").fill("1959")
        tab.get_by_role("button", name="Open").click()
        expect(tab.locator("article")).to_have_count(len(KEPT))
        stretch = tab.locator("article", has_text="Standing side stretch, held")
        expect(stretch).to_contain_text("for your right side")
        stretch.locator("summary").click()
        expect(stretch.get_by_text("What to do")).to_be_visible()
        assert tab.title() == "Your home programme"
        assert access.token not in tab.url
        if scripts:
            assert findings(tab) == []


def test_the_link_remembers_the_device(anybody: Open, access: PatientAccess) -> None:
    with anybody(width=PHONE) as tab:
        tab.goto(f"/p/{access.token}/")
        tab.get_by_role("textbox").fill("1959")
        tab.get_by_role("button", name="Open").click()
        expect(tab.locator("article")).to_have_count(len(KEPT))
        tab.goto(f"/p/{access.token}/")
        expect(tab.locator("article")).to_have_count(len(KEPT))
