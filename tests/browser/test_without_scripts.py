"""The whole way once more in a browser that runs no script: from sign-in to an issued program."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import expect

from clinic.models import User
from patients.models import Case
from programs.prescriptions.models import IssuedPrescription, Override
from tests.browser.conftest import Open

BENCH = "Take the weight off your back at a bench"


def test_from_signing_in_to_issuing(
    anybody: Open, catalogue: None, alice: User, password: str
) -> None:
    with anybody(java_script_enabled=False) as tab:
        tab.goto("/")
        tab.get_by_label("E-mail address").fill(alice.email)
        tab.get_by_label("Password").fill(password)
        tab.get_by_role("button", name="Sign in", exact=True).click()

        tab.get_by_role("link", name="Register a patient").click()
        tab.get_by_label("Full name").fill("Margaret Hollowell")
        tab.get_by_label("Date of birth").fill("1959-04-18")
        tab.get_by_role("button", name="Register only").click()
        expect(tab.get_by_role("heading", name="Margaret Hollowell")).to_be_visible()

        tab.get_by_role("link", name=re.compile("case$")).first.click()
        tab.get_by_label("Title of the case").fill("Leg pain on standing")
        tab.get_by_role("combobox", name="Condition").first.select_option(
            label="Lumbar foraminal stenosis"
        )
        tab.get_by_role("combobox", name="Side").first.select_option(label="Right")
        tab.get_by_role("button", name="Open the case").click()
        expect(tab.get_by_role("heading", name="Safety screen")).to_be_visible()
        case = Case.objects.get()

        for words in ("arm or hand, or your neck", "shoulder, elbow, wrist or hand"):
            question = tab.get_by_role("group", name=re.compile(words))
            question.get_by_label("Yes").check()
        # Emergencies have an answer each; of the other groups each has a press for the rest.
        for group in tab.locator(".screen__group").all():
            if not group.locator(".screen__rest").count():
                for no in group.get_by_label("No", exact=True).all():
                    no.check()
        for title in ("Other warning signs", "Health"):
            tab.get_by_role("button", name=re.compile(f"^Asked, all no.*{title}")).click()

        tab.get_by_role("button", name="Start a program").click()
        tab.get_by_label("Name, muscle or body part").fill("walking")
        tab.get_by_role("button", name="Find").click()
        tab.get_by_role("button", name=re.compile("^Add ?: Walking$")).click()
        expect(tab.locator("#program .item")).to_have_count(1)

        tab.get_by_label("Name, muscle or body part").fill("bench")
        tab.get_by_role("button", name="Find").click()
        tab.get_by_role("link", name=re.compile(f"^Reasons and override ?: {BENCH}$")).click()
        tab.get_by_label(re.compile("Reason")).fill("Tried here with the good arm, it helped.")
        until = case.today() + dt.timedelta(days=14)
        tab.get_by_label(re.compile("Last day")).fill(until.isoformat())
        tab.get_by_role("button", name="Override and add").click()
        assert Override.objects.get().expires_on == until

        card = tab.locator("#program .item", has_text="Walking").first
        card.get_by_role("link", name=re.compile("^Dose and note")).click()
        tab.locator("#program .item").get_by_label("Note to the patient").fill("Along the quay.")
        tab.get_by_role("button", name="Save", exact=True).click()
        expect(tab.get_by_text("“Along the quay.”")).to_be_visible()

        accept = tab.get_by_role("button", name=re.compile("^Accept"))
        while accept.count():
            accept.first.click()
        tab.get_by_role("link", name="Check and issue").click()
        tab.get_by_role("button", name="Issue version 1").click()
        expect(tab.get_by_text("Version 1, issued")).to_be_visible()
        walking = [
            i for i in IssuedPrescription.objects.get().prescription().items if i.name == "Walking"
        ]
        assert [i.note for i in walking] == ["Along the quay."]
