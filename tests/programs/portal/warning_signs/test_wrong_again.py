"""Something is wrong, told twice, cleared, and where the program has stopped."""

import re
import uuid

import pytest
import textstat
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from patients.models import Alert, Case, ScreenAnswer
from patients.screening.actions import clear_red_flag
from patients.vocabulary import RED_FLAGS, Route
from programs.portal.warning_signs import words as sign_words
from tests.patients.pages import main_text
from tests.programs.portal.test_words import GRADE, LONGEST_SENTENCE, sentences
from tests.programs.portal.warning_signs.test_wrong import report, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


def test_sent_twice_it_is_one_report_and_another_answer_is_another(
    phone: Client, wrong: str, case: Case
) -> None:
    for _ in range(2):
        tell(phone, wrong, "rf_foot_drop")
    assert (case.symptom_logs.count(), case.alerts.count()) == (1, 1)
    tell(phone, wrong, "rf_chest_pain_breathless")
    assert case.symptom_logs.count() == 2
    assert phone.get(wrong).status_code == 200


def test_clearing_opens_the_page_again(
    phone: Client, page: str, wrong: str, case: Case, bob: User
) -> None:
    tell(phone, wrong, "rf_foot_drop")
    row = ScreenAnswer.objects.get(code="rf_foot_drop")
    clear_red_flag(answer=row, actor=bob, note="Seen by Dr Hall, an old weakness.")
    assert main_text(phone.get(page)).startswith("Your home programme")
    alert = Alert.objects.get(code="red_flag")
    assert (alert.acknowledged_by, alert.note) == (bob, "Seen by Dr Hall, an old weakness.")
    assert alert.ended_at is not None


def test_new_weakness_stops_the_page_in_its_own_words(phone: Client, page: str, case: Case) -> None:
    report(phone, page, kinds=["weakness"], pain=4, regions=["calf_right"])
    text = main_text(phone.get(page))
    assert "New weakness needs a check today." in text
    assert "You told us about a warning sign" not in text
    assert phone.get(f"{page}print/").status_code == 302


def test_the_practice_stopped_it(phone: Client, page: str, case: Case, alice: User) -> None:
    ScreenAnswer.objects.create(
        case=case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    text = main_text(phone.get(page))
    assert "The practice has asked you to pause." in text
    assert "You told us" not in text


def test_it_opens_where_the_program_is_stopped_or_over(
    phone: Client, page: str, wrong: str, case: Case
) -> None:
    tell(phone, wrong, "rf_foot_drop")
    assert reverse("portal_wrong", args=[uuid.UUID(page.split("/")[3])]) == wrong
    assert wrong in phone.get(page).content.decode()
    Case.objects.update(closed_at=timezone.now())
    assert wrong in phone.get(page).content.decode()
    assert main_text(phone.get(wrong)).startswith("Something is wrong")


def test_no_address_and_no_title_speaks_of_health(phone: Client, page: str, wrong: str) -> None:
    answer = tell(phone, wrong, "rf_saddle_numbness")
    title = re.search(r"<title>(.*?)</title>", answer.content.decode())
    assert title is not None
    assert title[1] == "Your home programme"
    assert answer.request["QUERY_STRING"] == ""


@pytest.mark.parametrize("signs", [[], ["rf_saddle_numbness"], ["rf_dvt_pattern"],
                                   ["rf_weight_loss"], ["none"]])  # fmt: skip
def test_it_reads_easily(phone: Client, page: str, wrong: str, signs: list[str]) -> None:
    if signs == ["none"]:
        answer = tell(phone, wrong, none="on")
    else:
        answer = tell(phone, wrong, *signs) if signs else phone.get(wrong)
    for said in (answer, phone.get(page)):
        text = sentences(said.content.decode())
        assert textstat.flesch_kincaid_grade(" ".join(text)) <= GRADE
        assert [s for s in text if len(s.split()) > LONGEST_SENTENCE] == []


def test_every_sign_that_is_asked_has_words_for_what_to_do() -> None:
    assert sorted(sign_words.ADVICE) == sorted(sign_words.ASKED)
    assert {RED_FLAGS[code].group for code in sign_words.ASKED} == set(sign_words.GROUP_WORDS)
    routes = [RED_FLAGS[c].route for c in ("rf_weight_loss", "rf_foot_drop", "rf_aaa_pattern")]
    assert routes == [Route.SOON, Route.SAME_DAY, Route.EMERGENCY]
    assert sign_words.worst(["rf_weight_loss", "rf_foot_drop"]) is Route.SAME_DAY
    assert sign_words.worst([]) is None
